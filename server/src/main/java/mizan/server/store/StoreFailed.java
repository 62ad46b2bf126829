package mizan.server.store;

/// The database refused or failed: a broken machine or a bug, never bad input.
public final class StoreFailed extends RuntimeException {
    public StoreFailed(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
