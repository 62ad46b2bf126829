package mizan.server.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import mizan.core.receipt.DecisionRecord;
import mizan.server.accounting.Fact;
import mizan.server.journal.Journal;
import mizan.server.serve.record.DecisionCodec;

/// The journal as facts. A decision that was appended a moment ago is folded as it was made, neither read nor
/// decoded again: that took a tenth of the CPU time of a decision. After a restart everything is decoded, and
/// [DecisionCodec] keeps all that folding reads.
public final class FactLog {
    /// Above this, decisions are decoded when they are folded: folding is behind, and memory has an end.
    private static final int MAX_RECENT = 4_096;
    /// Events of one page come together: its decision is decoded once for them.
    private static final int MAX_FOUND = 512;

    private final Journal journal;
    private final Map<Long, Recent> recent = new ConcurrentHashMap<>();
    private final Map<Long, Fact.Decided> found = new LinkedHashMap<>();

    private record Recent(Fact.Decided fact, long end) {}

    public FactLog(Journal journal) {
        this.journal = journal;
    }

    /// Durable together with the first event that refers to it: the journal keeps their order.
    ///
    /// @return where it stands
    long append(DecisionRecord record) {
        var appended = journal.append(FactCodec.DECISION, DecisionCodec.write(record));
        if (recent.size() < MAX_RECENT) {
            var fact = new Fact.Decided(appended.start(), record);
            recent.put(appended.start(), new Recent(fact, appended.end()));
        }
        return appended.start();
    }

    /// Reads durable facts from a position on, until the visitor answers false or the end known at the call is
    /// reached.
    ///
    /// @return the position behind the last of them
    public long read(long from, Predicate<Fact> visitor) {
        long until = journal.durableEnd();
        long at = from;
        boolean more = true;
        while (more && at < until) {
            var known = recent.get(at);
            if (known != null) {
                at = known.end();
                more = visitor.test(known.fact());
            } else {
                long missing = at;
                var entry = journal.at(at)
                        .orElseThrow(() -> new IllegalStateException("the journal has no record at " + missing));
                at = entry.end();
                more = FactCodec.read(entry, this::decision).map(visitor::test).orElse(true);
            }
        }
        long read = at;
        // Also one that was read between its appending and its remembering.
        recent.keySet().removeIf(position -> position < read);
        return at;
    }

    /// The decision that stands here; empty when something else does.
    private Optional<Fact.Decided> decision(long position) {
        var known = recent.get(position);
        if (known != null) {
            return Optional.of(known.fact());
        }
        synchronized (found) {
            var before = found.get(position);
            if (before != null) {
                return Optional.of(before);
            }
            var read = journal.at(position).flatMap(FactCodec::decision);
            read.ifPresent(decided -> found.put(position, decided));
            if (found.size() > MAX_FOUND) {
                found.remove(found.keySet().iterator().next());
            }
            return read;
        }
    }
}
