package mizan.server.accounting;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Lease;
import mizan.core.receipt.ImpressionId;

/// Where the ledger is kept.
public interface LedgerStore extends AutoCloseable {
    /// What the accountant starts from.
    State load();

    /// Writes a batch in one transaction; durable when it returns.
    ///
    /// @throws IllegalStateException changing nothing, when `from` is not the stored position
    /// @throws RuntimeException changing nothing, when a transfer's id was written before or is there twice
    void commit(LedgerBatch batch);

    Optional<ImpressionState> impression(ImpressionId id);

    /// Whether a transfer of this id was written.
    boolean holds(String transferId);

    @Override
    void close();

    /// @param position journal position up to which facts are in the ledger
    /// @param use the used part of every budget
    /// @param nextLease greater than every lease id ever given
    record State(
            long position,
            Map<AccountId, Long> balances,
            List<Lease> openLeases,
            Map<LedgerBatch.BudgetKey, Long> use,
            long nextLease) {}
}
