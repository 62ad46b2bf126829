package mizan.server.store;

import java.sql.SQLException;

/// The database refused or failed: a broken machine, one that is away, or a bug; never bad input.
public final class StoreFailed extends RuntimeException {
    /// PostgreSQL's word for a transaction that would not fit to another one which was first, and for two that wait for
    /// each other.
    private static final String SERIALIZATION = "40";

    public StoreFailed(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }

    /// Whether nothing was written because another transaction was first.
    boolean outrun() {
        return getCause() instanceof SQLException e
                && e.getSQLState() != null
                && e.getSQLState().startsWith(SERIALIZATION);
    }
}
