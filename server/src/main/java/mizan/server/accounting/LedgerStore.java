package mizan.server.accounting;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.ImpressionId;

/// Where the ledger is kept. Each writing method is one transaction: wholly done and durable, or not done.
public interface LedgerStore {
    /// Writes a batch of facts; throws [IllegalStateException], changing nothing, when `from` is not [#position].
    void commit(LedgerBatch batch);

    /// Money in, or a credit. Repeating an id changes nothing and answers false.
    boolean transfer(Transfer.Direct transfer);

    /// Takes leases out of the budgets, in order; the sums are read in the transaction that writes the leases.
    List<Granted> grant(List<LeaseRequest> requests);

    /// @param lease absent when not even one impression can be paid
    /// @param limit the level that limits first
    record Granted(LeaseRequest request, Optional<Lease> lease, String limit) {}

    /// The journal position up to which facts are in the ledger.
    long position();

    Optional<Lease> lease(long id);

    List<Lease> openLeases();

    Optional<ImpressionState> impression(ImpressionId id);

    Map<AccountId, Long> balances();
}
