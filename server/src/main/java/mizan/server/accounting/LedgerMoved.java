package mizan.server.accounting;

/// Another writer's batch was taken first: nothing was written. Look again and make the batch anew.
public final class LedgerMoved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerMoved() {
        super("another writer of the ledger was first");
    }
}
