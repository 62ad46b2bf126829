package mizan.sim.market;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.ImpressionId;
import mizan.server.accounting.ImpressionState;
import mizan.server.accounting.LedgerBatch;
import mizan.server.accounting.LedgerStore;
import mizan.server.accounting.Turn;
import mizan.sim.store.MemoryLedgerStore;

/// A ledger in memory that also adds up what the reports of a database would: a simulated day must not wait for a
/// real disk.
final class TalliedLedger implements LedgerStore {
    private final MemoryLedgerStore ledger = new MemoryLedgerStore();
    private final Map<String, Long> losses = new TreeMap<>();
    private final Map<String, LedgerBatch.Counts> byCampaign = new HashMap<>();

    @Override
    public State load() {
        return ledger.load();
    }

    @Override
    public long begin(Role role) {
        return ledger.begin(role);
    }

    @Override
    public long version() {
        return ledger.version();
    }

    @Override
    public long written(long writer) {
        return ledger.written(writer);
    }

    @Override
    public void commit(Turn turn, LedgerBatch batch) {
        ledger.commit(turn, batch);
        batch.reasons().forEach((reason, times) -> losses.merge(reason.code(), times, Long::sum));
        batch.counts().forEach((what, counts) -> byCampaign.merge(what.campaign(), counts, LedgerBatch.Counts::plus));
    }

    /// How often a campaign lost, by reason.
    Map<String, Long> losses() {
        var lost = new TreeMap<>(losses);
        lost.remove("won");
        return lost;
    }

    LedgerBatch.Counts counts(String campaign) {
        return byCampaign.getOrDefault(campaign, LedgerBatch.Counts.NONE);
    }

    /// Whether what was charged is what the leases settled, none of them more than it held.
    boolean addsUp() {
        long charged = ledger.transfers().stream()
                .filter(Transfer.Posted.class::isInstance)
                .mapToLong(Transfer::micros)
                .sum();
        return charged
                == ledger.leases().stream().mapToLong(Lease::settledMicros).sum();
    }

    @Override
    public Optional<ImpressionState> impression(ImpressionId id) {
        return ledger.impression(id);
    }

    @Override
    public boolean holds(String transferId) {
        return ledger.holds(transferId);
    }

    @Override
    public void close() {}
}
