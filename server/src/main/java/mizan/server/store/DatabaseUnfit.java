package mizan.server.store;

/// A database cannot be used as it is. The message says why and what to do next; it is for the operator.
public final class DatabaseUnfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseUnfit(String why) {
        super(why);
    }

    DatabaseUnfit(String why, Throwable cause) {
        super(why, cause);
    }
}
