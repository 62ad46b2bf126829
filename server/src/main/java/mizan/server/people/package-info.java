/// People who use the console: who they are, what their role lets them do, how they come in, and what they did.
///
/// Start at [mizan.server.people.People]. Nobody has a password that came with the program; the first owner comes in by
/// a
/// link that works once.
@NullMarked
package mizan.server.people;

import org.jspecify.annotations.NullMarked;
