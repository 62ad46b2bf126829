package mizan.core.frequency;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mizan.core.receipt.ImpressionId;

/// The renders of one scope to one viewer, in the order of their instants. Used under the stripe's lock.
final class Renders {
    private final List<Render> byTime = new ArrayList<>(2);

    int size() {
        return byTime.size();
    }

    int within(Duration window, Instant now) {
        var oldest = now.minus(window);
        int count = 0;
        // Newest first: a window is usually much shorter than what is kept.
        for (int i = byTime.size() - 1; i >= 0 && byTime.get(i).at().isAfter(oldest); i--) {
            if (!byTime.get(i).lapsed(now)) {
                count++;
            }
        }
        return count;
    }

    boolean knows(ImpressionId impression) {
        return byTime.stream().anyMatch(r -> r.impression().equals(impression));
    }

    /// Adds a render, or replaces the reservation of the same impression by it.
    void add(Render render) {
        for (int i = byTime.size() - 1; i >= 0; i--) {
            var known = byTime.get(i);
            if (known.impression().equals(render.impression())) {
                if (!known.provisional() || render.provisional()) {
                    return;
                }
                byTime.remove(i);
                break;
            }
        }
        int place = byTime.size();
        while (place > 0 && byTime.get(place - 1).at().isAfter(render.at())) {
            place--;
        }
        byTime.add(place, render);
        if (byTime.size() > FrequencyCounts.MAX_PER_SCOPE) {
            byTime.removeFirst();
        }
    }

    /// @return how many were dropped
    int dropBefore(Instant oldest, Instant now) {
        int before = byTime.size();
        byTime.removeIf(r -> !r.at().isAfter(oldest) || r.lapsed(now));
        return before - byTime.size();
    }

    /// @return how many were dropped, 0 or 1
    int release(ImpressionId impression) {
        return byTime.removeIf(r -> r.provisional() && r.impression().equals(impression)) ? 1 : 0;
    }
}
