package mizan.server.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.ImpressionId;

/// How often each event of an impression was told lately. Repeats are evidence, so some of them are written; whoever
/// replays one token without end must not fill the disk, so the rest are not. They are acknowledged all the same: what
/// they say is in the journal.
///
/// Safe from any thread.
final class Repeats {
    private static final int IMPRESSIONS = 100_000;
    /// What counts once counts at the first; clients that retry send two or three.
    private static final int WRITTEN = 8;
    /// Readers may change their minds.
    private static final int CHOICES_WRITTEN = 100;

    private final Map<Told, Times> lately = new LinkedHashMap<>(1_024, 0.75f, true);

    /// @param invalid by whom no reader's event can be crowded out
    private record Told(ImpressionId impression, AdEvent.Kind kind, boolean invalid) {}

    private static final class Times {
        private int written;
        private long end;
    }

    /// Writes the event unless it was told too often.
    ///
    /// @param write answers where the event ends in the journal
    /// @return where it ends, or the last one like it
    long endOf(AdEvent event, LongSupplier write) {
        var times =
                times(new Told(event.impression(), event.kind(), event.invalid().isPresent()));
        synchronized (times) {
            if (times.written < (event.kind().isChoice() ? CHOICES_WRITTEN : WRITTEN)) {
                times.end = write.getAsLong();
                times.written++;
            }
            return times.end;
        }
    }

    private synchronized Times times(Told told) {
        var times = lately.computeIfAbsent(told, _ -> new Times());
        if (lately.size() > IMPRESSIONS) {
            var eldest = lately.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        return times;
    }
}
