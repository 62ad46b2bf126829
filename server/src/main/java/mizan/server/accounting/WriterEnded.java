package mizan.server.accounting;

/// A newer writer has taken the ledger over, for good: this one writes nothing any more.
public final class WriterEnded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WriterEnded() {
        super("another Mizan was started on this ledger and has taken it over; this one folds and leases nothing any"
                + " more. Next: stop this one");
    }
}
