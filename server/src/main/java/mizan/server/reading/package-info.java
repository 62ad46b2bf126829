/// Posts as real servers write them: ActivityStreams, ATProto records, RSS, Atom and JSON Feed become one
/// [ReadPost]. Start at [PostReaders].
///
/// Senders get things wrong, so little is demanded (an id, an author, an audience) and the rest is taken as
/// it comes; what was wrong and overlooked is noted in the post. What cannot be read becomes a
/// [Reading.Broken] that names the field and what was expected, never an exception.
@NullMarked
package mizan.server.reading;

import org.jspecify.annotations.NullMarked;
