package mizan.core.frequency;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import mizan.core.campaign.FrequencyCap;
import mizan.core.receipt.ImpressionId;

/// Renders of each viewer, for frequency caps: exact, in rolling windows, safe to use from any thread.
///
/// A decision reserves, a render counts. A reservation that is not rendered lapses after [#RESERVATION], so an
/// ad below the fold costs the advertiser no turn. Asking and reserving are one step: however many threads
/// decide for one viewer at once, no more are under way than the caps allow. A render that comes after its
/// reservation lapsed counts all the same, because it was seen; this is the only way past a cap.
///
/// Memory is bounded. When it is used up, nothing is forgotten before its time: new renders are refused
/// instead ([Reserved.Full]), because a forgotten render would break a promise and an unsold slot does not.
/// A scope keeps its newest [#MAX_PER_SCOPE] renders, which decides every cap, since no cap is that large.
///
/// Keys are pseudonymous, and [#forget] erases one. Nothing here reads a clock: instants are arguments. They
/// may arrive out of order; a render later than the instant asked for counts too, on the safe side.
public final class FrequencyCounts {
    /// How long a decision keeps its turn before the ad must be rendered.
    public static final Duration RESERVATION = Duration.ofMinutes(2);

    /// Twice the largest cap, so that even if as many reservations lapse as a cap allows, it is still decided.
    static final int MAX_PER_SCOPE = 2_000;

    private static final int STRIPES = 64;

    private final List<Stripe> stripes;

    /// @param retention the longest window of any cap; older renders are dropped
    /// @param maxRenders how many renders are remembered, at about 200 bytes each; spread evenly over 64 parts
    public FrequencyCounts(Duration retention, int maxRenders) {
        if (retention.compareTo(FrequencyCap.LONGEST) > 0 || retention.compareTo(RESERVATION) < 0) {
            throw new IllegalArgumentException("renders are kept for two minutes to " + FrequencyCap.LONGEST);
        }
        if (maxRenders < STRIPES) {
            throw new IllegalArgumentException("room for at least " + STRIPES + " renders is needed");
        }
        stripes = IntStream.range(0, STRIPES)
                .mapToObj(_ -> new Stripe(retention, maxRenders / STRIPES))
                .toList();
    }

    /// Renders of this scope to this viewer within the window that ends now, those under way included. One
    /// exactly a window ago no longer counts.
    public int shown(String viewerKey, String scope, Duration window, Instant now) {
        return stripe(viewerKey).shown(viewerKey, scope, window, now);
    }

    /// Counts one more render under way under every limit, or under none when one is reached.
    ///
    /// Repeating an impression that is counted already changes nothing.
    public Reserved reserve(String viewerKey, ImpressionId impression, Collection<Limit> limits, Instant now) {
        return stripe(viewerKey).reserve(viewerKey, impression, limits, now);
    }

    /// The ad was not shown after all; what was rendered stays counted.
    public void release(String viewerKey, ImpressionId impression) {
        stripe(viewerKey).release(viewerKey, impression);
    }

    /// The ad was rendered: it counts from now on, reserved or not. Repeating it changes nothing.
    ///
    /// Also the way to rebuild the counts from the journal after a restart.
    ///
    /// @param scopes the capped ad, ad group and campaign
    /// @return false when there is no room to remember it
    public boolean rendered(String viewerKey, ImpressionId impression, Collection<String> scopes, Instant at) {
        return stripe(viewerKey).rendered(viewerKey, impression, scopes, at);
    }

    /// Erases everything known of a viewer.
    public void forget(String viewerKey) {
        stripe(viewerKey).forget(viewerKey);
    }

    /// How many renders are remembered, lapsed ones that nobody has asked for since included.
    public long size() {
        return stripes.stream().mapToLong(Stripe::size).sum();
    }

    private Stripe stripe(String viewerKey) {
        int hash = viewerKey.hashCode();
        return stripes.get((hash ^ (hash >>> 16)) & (STRIPES - 1));
    }

    /// The viewers that share one lock.
    private static final class Stripe {
        private final Duration retention;
        private final int room;
        private final Map<String, Map<String, Renders>> viewers = new HashMap<>();
        private int size;
        private Instant nextSweep = Instant.MIN;

        Stripe(Duration retention, int room) {
            this.retention = retention;
            this.room = room;
        }

        synchronized int shown(String viewer, String scope, Duration window, Instant now) {
            var scopes = viewers.get(viewer);
            var renders = scopes == null ? null : scopes.get(scope);
            return renders == null ? 0 : renders.within(window, now);
        }

        synchronized Reserved reserve(String viewer, ImpressionId impression, Collection<Limit> limits, Instant now) {
            for (var limit : limits) {
                int shown = shown(viewer, limit.scope(), limit.cap().window(), now);
                if (shown >= limit.cap().max() && !knows(viewer, limit.scope(), impression)) {
                    return new Reserved.Capped(limit, shown);
                }
            }
            var scopes = limits.stream().map(Limit::scope).distinct().toList();
            return add(viewer, impression, scopes, now, true) ? new Reserved.Made() : new Reserved.Full();
        }

        private boolean knows(String viewer, String scope, ImpressionId impression) {
            var scopes = viewers.get(viewer);
            var renders = scopes == null ? null : scopes.get(scope);
            return renders != null && renders.knows(impression);
        }

        synchronized boolean rendered(String viewer, ImpressionId impression, Collection<String> scopes, Instant at) {
            return add(viewer, impression, scopes, at, false);
        }

        private boolean add(
                String viewer, ImpressionId impression, Collection<String> scopes, Instant at, boolean provisional) {
            if (scopes.isEmpty()) {
                return true;
            }
            if (size + scopes.size() > room && !at.isBefore(nextSweep)) {
                dropOld(at);
                // A sweep visits everything, so a full stripe must not cause one with each decision.
                nextSweep = at.plus(RESERVATION);
            }
            if (size + scopes.size() > room) {
                return false;
            }
            var byScope = viewers.computeIfAbsent(viewer, _ -> new HashMap<>());
            for (var scope : scopes) {
                var renders = byScope.computeIfAbsent(scope, _ -> new Renders());
                int before = renders.size();
                renders.dropBefore(at.minus(retention), at);
                renders.add(new Render(impression, at, provisional));
                size += renders.size() - before;
            }
            return true;
        }

        synchronized void release(String viewer, ImpressionId impression) {
            var scopes = viewers.getOrDefault(viewer, Map.of());
            for (var renders : scopes.values()) {
                size -= renders.release(impression);
            }
            dropEmpty(viewer, scopes);
        }

        synchronized void forget(String viewer) {
            var scopes = viewers.remove(viewer);
            if (scopes != null) {
                size -= scopes.values().stream().mapToInt(Renders::size).sum();
            }
        }

        synchronized long size() {
            return size;
        }

        private void dropOld(Instant now) {
            for (var viewer : List.copyOf(viewers.keySet())) {
                var scopes = viewers.getOrDefault(viewer, Map.of());
                for (var renders : scopes.values()) {
                    size -= renders.dropBefore(now.minus(retention), now);
                }
                dropEmpty(viewer, scopes);
            }
        }

        private void dropEmpty(String viewer, Map<String, Renders> scopes) {
            scopes.values().removeIf(renders -> renders.size() == 0);
            if (scopes.isEmpty()) {
                viewers.remove(viewer);
            }
        }
    }
}
