package mizan.server.reading.pull;

import java.net.URI;
import java.time.Instant;

/// Where posts are pulled from.
public record Source(String id, Kind kind, URI address, Instant createdAt) {
    /// What `id` begins with.
    public static final String PREFIX = "src";

    /// How it is read.
    public enum Kind {
        /// The address of an actor, or of an outbox.
        ACTIVITYPUB,
        /// RSS, Atom or JSON Feed.
        FEED,
        /// Events of the AT protocol, over a WebSocket (`ws`, `wss`) or as lines of JSON (`http`, `https`).
        JETSTREAM
    }
}
