package mizan.server.reporting;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many people a campaign reached, by day and merged over any days. Fed by the thread that folds, asked by any.
public final class Reach {
    /// Campaign-days in memory; beyond it all are kept and let go. At most 0.25 MB each, most often a few KB.
    private static final int MAX_OPEN = 256;

    private static final long SECONDS = Duration.ofDays(1).toSeconds();
    private final LearnedStore store;
    private final Map<Key, ReachSketch> open = new HashMap<>();

    private record Key(String campaign, long day) {}

    public Reach(LearnedStore store) {
        this.store = store;
    }

    /// @param position of this render in the journal
    /// @param viewer a pseudonymous key; only its hash is used, and not kept
    public synchronized void seen(long position, String campaign, String viewer, Instant at) {
        var key = new Key(campaign, Math.floorDiv(at.getEpochSecond(), SECONDS));
        if (!open.containsKey(key) && open.size() >= MAX_OPEN) {
            keep(position);
        }
        open.computeIfAbsent(
                        key,
                        k -> store.reach(k.campaign(), k.day())
                                .map(ReachSketch::new)
                                .orElseGet(ReachSketch::new))
                .seen(viewer);
    }

    /// Keeps all that changed.
    ///
    /// @param position up to which renders were told
    public synchronized void keep(long position) {
        if (open.isEmpty()) {
            return;
        }
        var days = new ArrayList<LearnedStore.Day>();
        open.forEach((key, sketch) -> days.add(sketch.kept(key.campaign(), key.day())));
        store.keepReach(position, days);
        open.clear();
    }

    /// @param to the first day that is not asked for (days are UTC)
    public synchronized ReachSketch.Merged of(String campaign, LocalDate from, LocalDate to) {
        var days = new HashMap<Long, ReachSketch>();
        store.reach(campaign, from.toEpochDay(), to.toEpochDay())
                .forEach(day -> days.put(day.day(), new ReachSketch(day)));
        open.forEach((key, sketch) -> {
            if (key.campaign().equals(campaign) && key.day() >= from.toEpochDay() && key.day() < to.toEpochDay()) {
                days.put(key.day(), sketch);
            }
        });
        return ReachSketch.Merged.of(List.copyOf(days.values()));
    }
}
