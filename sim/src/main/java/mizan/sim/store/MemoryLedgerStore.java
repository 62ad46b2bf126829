package mizan.sim.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.ImpressionId;
import mizan.server.accounting.ImpressionState;
import mizan.server.accounting.LedgerBatch;
import mizan.server.accounting.LedgerFailed;
import mizan.server.accounting.LedgerMoved;
import mizan.server.accounting.LedgerStore;
import mizan.server.accounting.Turn;
import mizan.server.accounting.WriterEnded;

/// A ledger in memory with the promises of a database: a batch is there wholly or not at all, and survives
/// whoever wrote it. Safe from any thread.
public final class MemoryLedgerStore implements LedgerStore {
    /// How the next commit goes wrong.
    public enum Fault {
        NONE,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    private final List<Transfer> transfers = new ArrayList<>();
    private final Set<String> transferIds = new HashSet<>();
    private final Map<Long, Lease> leases = new LinkedHashMap<>();
    private final Map<ImpressionId, ImpressionState> impressions = new HashMap<>();
    private final Map<LedgerBatch.BudgetKey, Long> use = new HashMap<>();
    private final Map<Long, Long> writers = new HashMap<>();
    private long folding;
    private long begun;
    private long version;
    private long invalid;
    private long position;
    private Fault next = Fault.NONE;
    private boolean away;
    private boolean takesOneMore;

    /// The power goes at the next commit.
    public synchronized void failNext(Fault fault) {
        next = fault;
    }

    /// The database cannot be reached until it comes back.
    ///
    /// @param takingOneMore whether the next commit is still made, and only its answer is lost
    public synchronized void leave(boolean takingOneMore) {
        away = true;
        takesOneMore = takingOneMore;
    }

    public synchronized void comeBack() {
        away = false;
    }

    private void reached() {
        if (away) {
            throw new LedgerFailed("the ledger is away");
        }
    }

    @Override
    public synchronized long begin(Role role) {
        begun++;
        if (role == Role.FOLDS) {
            writers.remove(folding);
            folding = begun;
        }
        writers.put(begun, 0L);
        return begun;
    }

    @Override
    public synchronized long written(long writer) {
        reached();
        return writers.getOrDefault(writer, 0L);
    }

    @Override
    public synchronized long version() {
        reached();
        return version;
    }

    @Override
    public synchronized State load() {
        reached();
        var balances = new HashMap<AccountId, Long>();
        for (var transfer : transfers) {
            balances.merge(transfer.debit(), -transfer.micros(), Math::addExact);
            balances.merge(transfer.credit(), transfer.micros(), Math::addExact);
        }
        var open = leases.values().stream().filter(l -> !l.closed()).toList();
        long nextLease =
                leases.keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
        return new State(version, position, balances, open, Map.copyOf(use), nextLease);
    }

    @Override
    public synchronized void commit(Turn turn, LedgerBatch batch) {
        if (!takesOneMore) {
            reached();
        }
        var fault = next;
        next = Fault.NONE;
        if (fault == Fault.BEFORE_COMMIT) {
            throw new PowerCut();
        }
        if (!writers.containsKey(turn.writer())) {
            throw new WriterEnded();
        }
        if (turn.version() != version) {
            throw new LedgerMoved();
        }
        if (batch.from() != position) {
            throw new IllegalStateException(
                    "the ledger stands at " + position + ", the batch starts at " + batch.from());
        }
        var inBatch = new HashSet<String>();
        for (var transfer : batch.transfers()) {
            if (transferIds.contains(transfer.id()) || !inBatch.add(transfer.id())) {
                throw new IllegalStateException("the transfer " + transfer.id() + " was written before");
            }
        }
        transferIds.addAll(inBatch);
        transfers.addAll(batch.transfers());
        batch.leases().forEach(l -> leases.put(l.id(), l));
        batch.impressions().forEach(s -> impressions.put(s.impression().id(), s));
        batch.use().forEach((key, change) -> use.merge(key, change, Math::addExact));
        invalid += batch.invalid().values().stream().mapToLong(n -> n).sum();
        position = batch.to();
        version++;
        writers.put(turn.writer(), version);
        takesOneMore = false;
        reached();
        if (fault == Fault.AFTER_COMMIT) {
            throw new PowerCut();
        }
    }

    /// Everything ever moved, oldest first.
    public synchronized List<Transfer> transfers() {
        return List.copyOf(transfers);
    }

    /// Events that no reader sent.
    public synchronized long invalid() {
        return invalid;
    }

    /// Every lease, open and closed.
    public synchronized List<Lease> leases() {
        return List.copyOf(leases.values());
    }

    @Override
    public synchronized Optional<ImpressionState> impression(ImpressionId id) {
        reached();
        return Optional.ofNullable(impressions.get(id));
    }

    @Override
    public synchronized boolean holds(String transferId) {
        reached();
        return transferIds.contains(transferId);
    }

    @Override
    public void close() {}

    /// The machine is gone in the middle of a commit.
    public static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PowerCut() {
            super("power cut");
        }
    }
}
