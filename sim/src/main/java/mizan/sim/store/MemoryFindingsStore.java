package mizan.sim.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.receipt.ImpressionId;
import mizan.server.findings.Finding;
import mizan.server.findings.FindingsStore;

/// Findings in memory that outlive whoever wrote them.
public final class MemoryFindingsStore implements FindingsStore {
    private final List<Beside> beside = new ArrayList<>();
    private final Map<String, Changed> changes = new HashMap<>();
    private final Map<ImpressionId, Finding> findings = new LinkedHashMap<>();
    private long position;
    private boolean failing;

    /// Whether the next commit fails, so that nothing of it is kept.
    public synchronized void failNext(boolean fails) {
        failing = fails;
    }

    @Override
    public synchronized long position() {
        return position;
    }

    @Override
    public synchronized void commit(Batch batch) {
        if (failing) {
            failing = false;
            throw new MemoryLedgerStore.PowerCut();
        }
        if (batch.from() != position) {
            throw new IllegalStateException("the findings stand at " + position + ", not at " + batch.from());
        }
        position = batch.to();
        beside.addAll(batch.served());
        batch.changes().forEach(c -> changes.put(c.post(), c));
        batch.findings().forEach(f -> findings.put(f.impression(), f));
    }

    @Override
    public synchronized List<Long> beside(String post, Instant since) {
        return beside.stream()
                .filter(b -> b.post().equals(post) && !b.last().isBefore(since))
                .flatMap(b -> b.positions().stream())
                .sorted()
                .toList();
    }

    @Override
    public synchronized List<Changed> newestChanges(int limit) {
        return changes.values().stream()
                .sorted(Comparator.comparingLong(Changed::position).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<Finding> finding(ImpressionId impression) {
        return Optional.ofNullable(findings.get(impression));
    }

    @Override
    public synchronized List<Finding> open() {
        return findings.values().stream().filter(Finding::open).toList();
    }

    @Override
    public synchronized List<Numbered> newest(Optional<String> advertiser, long below, int limit) {
        var numbered = new ArrayList<Numbered>();
        for (var finding : findings.values()) {
            numbered.add(new Numbered(numbered.size() + 1L, finding));
        }
        return numbered.reversed().stream()
                .filter(n -> n.number() < below)
                .filter(n -> advertiser
                        .map(a -> n.finding().advertiser().value().equals(a))
                        .orElse(true))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void prune(Instant before) {
        beside.removeIf(b -> b.last().isBefore(before));
        changes.values().removeIf(c -> c.at().isBefore(before));
    }

    @Override
    public void close() {}
}
