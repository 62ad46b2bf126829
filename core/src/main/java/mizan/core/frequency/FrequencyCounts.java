package mizan.core.frequency;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Renders by viewer and scope (an ad, ad group or campaign), with exact rolling windows. Safe from any
/// thread.
///
/// A decision reserves at once, so that two pages loaded together cannot both show the last ad that a cap
/// allows; the reservation lapses after two minutes unless the ad is rendered.
public final class FrequencyCounts {
    /// How long a decided ad counts without having been rendered.
    public static final Duration RESERVED = Duration.ofMinutes(2);

    private static final int STRIPES = 64;
    private static final int MAX_TIMES = 1_000;
    private final List<Stripe> stripes = new ArrayList<>();

    /// @param maxViewers how many viewers are remembered; beyond it the one unseen for longest is forgotten
    public FrequencyCounts(int maxViewers) {
        for (int i = 0; i < STRIPES; i++) {
            stripes.add(new Stripe(Math.max(1, maxViewers / STRIPES)));
        }
    }

    /// Counts a decided ad for a while.
    public void reserve(String viewer, String scope, String impression, Instant at) {
        stripe(viewer).put(viewer, scope, new Seen(impression, at, false));
    }

    /// Counts a rendered ad in place of its reservation. Repeating it changes nothing.
    public void count(String viewer, String scope, String impression, Instant at) {
        stripe(viewer).put(viewer, scope, new Seen(impression, at, true));
    }

    /// Renders within `(now - window, now]`, and reservations that have not lapsed.
    public int shown(String viewer, String scope, Duration window, Instant now) {
        return stripe(viewer).shown(viewer, scope, now.minus(window), now);
    }

    private Stripe stripe(String viewer) {
        return stripes.get(Math.floorMod(viewer.hashCode(), STRIPES));
    }

    private record Seen(String impression, Instant at, boolean rendered) {}

    private static final class Stripe {
        private final Map<String, Map<String, List<Seen>>> viewers;

        Stripe(int max) {
            viewers = new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Map<String, List<Seen>>> eldest) {
                    return size() > max;
                }
            };
        }

        synchronized void put(String viewer, String scope, Seen seen) {
            var list = viewers.computeIfAbsent(viewer, _ -> new LinkedHashMap<>())
                    .computeIfAbsent(scope, _ -> new ArrayList<>());
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i).impression().equals(seen.impression())) {
                    if (!list.get(i).rendered()) {
                        list.set(i, seen);
                    }
                    return;
                }
            }
            if (list.size() >= MAX_TIMES) {
                list.removeFirst();
            }
            list.add(seen);
        }

        synchronized int shown(String viewer, String scope, Instant after, Instant now) {
            var scopes = viewers.get(viewer);
            var list = scopes == null ? null : scopes.get(scope);
            if (list == null) {
                return 0;
            }
            int shown = 0;
            for (var seen : list) {
                boolean lives = seen.rendered() || now.isBefore(seen.at().plus(RESERVED));
                if (lives && seen.at().isAfter(after)) {
                    shown++;
                }
            }
            return shown;
        }
    }
}
