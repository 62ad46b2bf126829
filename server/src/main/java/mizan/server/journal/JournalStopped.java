package mizan.server.journal;

/// The disk failed to keep a record. Nothing is acknowledged from here on; what was acknowledged is still
/// there.
///
/// A failed fsync may have dropped the very bytes it was asked to keep, and a later one can report success
/// without them, so the journal never tries again (Rebello et al., "Can Applications Recover from fsync
/// Failures?", USENIX ATC 2020).
public final class JournalStopped extends RuntimeException {
    public JournalStopped(Throwable cause) {
        super(
                "The journal stopped: the disk could not keep a record (" + cause.getMessage()
                        + "). Nothing after it was acknowledged. Look at the disk (space, health), then restart Mizan.",
                cause);
    }
}
