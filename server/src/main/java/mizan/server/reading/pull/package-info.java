/// Posts that are fetched: from the outbox of an ActivityPub actor, from RSS, Atom and JSON Feed, from a
/// stream of events. Start at [Sources].
///
/// Addresses come from strangers, so all of them go through [Outbound], which reaches no private network.
@NullMarked
package mizan.server.reading.pull;

import org.jspecify.annotations.NullMarked;
