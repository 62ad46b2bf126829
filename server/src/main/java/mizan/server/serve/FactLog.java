package mizan.server.serve;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import mizan.core.receipt.DecisionRecord;
import mizan.server.accounting.Fact;
import mizan.server.journal.Journal;

/// The journal as facts. A decision that was appended a moment ago is folded as it was made, not decoded
/// again from what was written: decoding took a tenth of the CPU time of a decision. After a restart
/// everything is decoded, and [DecisionCodec] keeps all that folding reads.
public final class FactLog {
    /// Above this, decisions are decoded when they are folded: folding is behind, and memory has an end.
    private static final int MAX_RECENT = 4_096;

    private final Journal journal;
    private final ConcurrentNavigableMap<Long, Fact.Decided> recent = new ConcurrentSkipListMap<>();
    private final AtomicInteger remembered = new AtomicInteger();

    public FactLog(Journal journal) {
        this.journal = journal;
    }

    /// Durable together with the first event that refers to it: the journal keeps their order.
    void append(DecisionRecord record) {
        long start =
                journal.append(FactCodec.DECISION, DecisionCodec.write(record)).start();
        if (remembered.get() < MAX_RECENT) {
            recent.put(start, new Fact.Decided(start, record, Map.of()));
            remembered.incrementAndGet();
        }
    }

    /// Reads durable facts from a position on; see [Journal#read].
    long read(long from, Predicate<Fact> visitor) {
        long to = journal.read(from, entry -> {
            Optional<Fact> fact = Optional.ofNullable(recent.get(entry.start()));
            return fact.or(() -> FactCodec.read(entry)).map(visitor::test).orElse(true);
        });
        forget(to);
        return to;
    }

    /// Also one that was read between its appending and its remembering goes here.
    private void forget(long before) {
        for (var first = recent.firstEntry(); first != null && first.getKey() < before; first = recent.firstEntry()) {
            recent.remove(first.getKey());
            remembered.decrementAndGet();
        }
    }
}
