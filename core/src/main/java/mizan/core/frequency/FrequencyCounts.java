package mizan.core.frequency;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.FrequencyCap;

/// Renders by viewer and scope (an ad, creative, ad group, campaign or advertiser), with exact rolling windows.
/// Safe from any thread.
///
/// A decision checks and reserves in one step, so that two pages loaded together cannot both show the last ad
/// that a cap allows; the reservation lapses after two minutes unless the ad is rendered.
public final class FrequencyCounts {
    /// How long a decided ad counts without having been rendered.
    public static final Duration RESERVED = Duration.ofMinutes(2);

    private static final int STRIPE_BITS = 6;
    private static final int STRIPES = 1 << STRIPE_BITS;
    private static final int MAX_TIMES = 1_000;
    private static final int MAX_SCOPES = 1_000;
    /// So many renders of one scope most viewers have.
    private static final int FEW = 2;

    private final List<Stripe> stripes = new ArrayList<>();

    /// @param maxViewers how many viewers are remembered; beyond it the one unseen for longest is forgotten
    public FrequencyCounts(int maxViewers) {
        for (int i = 0; i < STRIPES; i++) {
            stripes.add(new Stripe(Math.max(1, maxViewers / STRIPES)));
        }
    }

    /// At most `max` of this scope within any span of `window`.
    public record Limit(String scope, int max, Duration window) {}

    /// Counts a decided ad for a while if every limit allows one more; otherwise changes nothing and answers the
    /// limit that does not. No other decision about this viewer comes in between.
    public Optional<Limit> reserve(String viewer, List<Limit> limits, String impression, Instant now) {
        return stripe(viewer).reserve(viewer, limits, new Seen(impression, now, false));
    }

    /// Gives back a reservation whose ad will not be shown. A render stays.
    public void release(String viewer, String impression) {
        stripe(viewer).release(viewer, impression);
    }

    /// Counts a rendered ad in place of its reservation. Repeating it changes nothing.
    public void count(String viewer, String scope, String impression, Instant at) {
        stripe(viewer).count(viewer, scope, new Seen(impression, at, true));
    }

    /// Forgets all that was counted of a viewer.
    public void forget(String viewer) {
        stripe(viewer).forget(viewer);
    }

    /// Renders within `(now - window, now]`, and reservations that have not lapsed.
    public int shown(String viewer, String scope, Duration window, Instant now) {
        return of(viewer).shown(scope, window, now);
    }

    /// What is counted of one viewer, for a decision that asks for many scopes.
    public OfViewer of(String viewer) {
        return stripe(viewer).of(viewer);
    }

    /// What was counted of one viewer when it was asked for, and what has been since of a viewer that was known then.
    public static final class OfViewer {
        private final Stripe stripe;
        private final Map<String, List<Seen>> scopes;

        private OfViewer(Stripe stripe, Map<String, List<Seen>> scopes) {
            this.stripe = stripe;
            this.scopes = scopes;
        }

        /// Renders within `(now - window, now]`, and reservations that have not lapsed.
        public int shown(String scope, Duration window, Instant now) {
            return stripe.shown(scopes, scope, window, now);
        }
    }

    /// By other bits of the hash than the stripe's own map goes by: viewers whose last bits agree would share its
    /// buckets, and looking them up took an eighth of the time of a decision.
    private Stripe stripe(String viewer) {
        int mixed = viewer.hashCode() * 0x9E37_79B9; // 2^32 over the golden ratio: its first bits depend on all
        return stripes.get(mixed >>> (Integer.SIZE - STRIPE_BITS));
    }

    private record Seen(String impression, Instant at, boolean rendered) {
        boolean lives(Instant now) {
            return rendered || now.isBefore(at.plus(RESERVED));
        }
    }

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

        synchronized Optional<Limit> reserve(String viewer, List<Limit> limits, Seen seen) {
            for (var limit : limits) {
                if (shown(scopes(viewer), limit.scope(), limit.window(), seen.at()) >= limit.max()) {
                    return Optional.of(limit);
                }
            }
            // A scope with several limits is put once more, which changes nothing.
            limits.forEach(limit -> put(viewer, limit.scope(), seen));
            return Optional.empty();
        }

        synchronized void release(String viewer, String impression) {
            var scopes = viewers.get(viewer);
            if (scopes != null) {
                scopes.values()
                        .forEach(list -> list.removeIf(
                                s -> !s.rendered() && s.impression().equals(impression)));
                scopes.values().removeIf(List::isEmpty);
            }
        }

        synchronized void forget(String viewer) {
            viewers.remove(viewer);
        }

        synchronized void count(String viewer, String scope, Seen seen) {
            put(viewer, scope, seen);
        }

        private void put(String viewer, String scope, Seen seen) {
            var scopes = viewers.computeIfAbsent(viewer, _ -> new LinkedHashMap<>());
            var list = scopes.computeIfAbsent(scope, _ -> new ArrayList<>(FEW));
            var oldest = seen.at().minus(FrequencyCap.LONGEST);
            list.removeIf(s -> !s.lives(seen.at()) || !s.at().isAfter(oldest));
            if (scopes.size() > MAX_SCOPES) {
                scopes.remove(scopes.keySet().iterator().next());
            }
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

        synchronized OfViewer of(String viewer) {
            return new OfViewer(this, scopes(viewer));
        }

        private Map<String, List<Seen>> scopes(String viewer) {
            var scopes = viewers.get(viewer);
            return scopes == null ? Map.of() : scopes;
        }

        private synchronized int shown(Map<String, List<Seen>> scopes, String scope, Duration window, Instant now) {
            var list = scopes.get(scope);
            if (list == null) {
                return 0;
            }
            var after = now.minus(window);
            int shown = 0;
            for (var seen : list) {
                if (seen.lives(now) && seen.at().isAfter(after)) {
                    shown++;
                }
            }
            return shown;
        }
    }
}
