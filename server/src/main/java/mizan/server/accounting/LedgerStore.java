package mizan.server.accounting;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Lease;
import mizan.core.receipt.ImpressionId;

/// Where the ledger is kept.
public interface LedgerStore extends AutoCloseable {
    /// What a writer does.
    enum Role {
        /// Folds a journal, and takes leases. There is one: whoever begins ends the one before, for good.
        FOLDS,
        /// Takes leases. There may be many.
        LEASES
    }

    /// Begins the life of a writer.
    ///
    /// @return its number, which no other has or had
    /// @throws LedgerMoved when another one began first
    long begin(Role role);

    /// What the accountant starts from: all of one moment.
    State load();

    /// How many batches it has taken: what a writer beside others asks before it believes what it knows.
    long version();

    /// Writes a batch in one transaction; durable when it returns.
    ///
    /// @throws LedgerMoved changing nothing, when the ledger has another version than the turn builds upon
    /// @throws WriterEnded changing nothing, when the writer was ended
    /// @throws IllegalStateException changing nothing, when `from` is not the stored position
    /// @throws LedgerFailed when it may or may not have been written; [#written] will say
    /// @throws RuntimeException changing nothing, when a transfer's id was written before or is there twice
    void commit(Turn turn, LedgerBatch batch);

    /// The version that this writer's newest batch made; 0 when it wrote none.
    long written(long writer);

    Optional<ImpressionState> impression(ImpressionId id);

    /// Whether a transfer of this id was written.
    boolean holds(String transferId);

    @Override
    void close();

    /// @param version how many batches it has taken
    /// @param position journal position up to which facts are in the ledger
    /// @param use the used part of every budget
    /// @param nextLease greater than every lease id ever given
    record State(
            long version,
            long position,
            Map<AccountId, Long> balances,
            List<Lease> openLeases,
            Map<LedgerBatch.BudgetKey, Long> use,
            long nextLease) {}
}
