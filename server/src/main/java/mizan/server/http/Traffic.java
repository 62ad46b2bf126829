package mizan.server.http;

/// What requests are for, as far as it matters when there are more than can be answered: each kind is worked on
/// beside the others, so that none can take all the room, and each has its own [Lane].
public enum Traffic {
    /// What readers saw and pressed, and signs of life: small, waits for the disk, refused last.
    SIGNALS,
    /// A page of posts that a reader waits for.
    DECISIONS,
    /// People who come in: hashing passwords is slow on purpose, and nobody's change should wait for it.
    ENTRANCE,
    /// Changes by people and programs: they wait for the disk, and for each other.
    CHANGES,
    /// Lists, reports, pages and files: they may take long.
    READS
}
