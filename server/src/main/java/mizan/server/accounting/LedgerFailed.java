package mizan.server.accounting;

/// The ledger cannot be asked or written now, because its database or disk is away or failed. A batch that was under
/// way may have been written all the same.
public final class LedgerFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerFailed(String what) {
        super(what);
    }

    public LedgerFailed(String what, Throwable cause) {
        super(what, cause);
    }
}
