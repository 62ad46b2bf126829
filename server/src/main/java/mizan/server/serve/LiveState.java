package mizan.server.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Placement;
import mizan.core.decision.Bounds;
import mizan.core.decision.Live;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedRequest;
import mizan.core.frequency.FrequencyCounts;
import mizan.core.prediction.ClickEstimate;
import mizan.core.prediction.ClickPredictor;
import mizan.server.accounting.Leases;

/// What this node knows from moment to moment.
///
/// @param learned the journal position up to which click rates were learned
public record LiveState(
        Leases leases,
        FrequencyCounts counts,
        Pace pace,
        ClickPredictor clicks,
        ClickDelays delays,
        Snapshots snapshots,
        Signals signals,
        AtomicReference<Optional<Step>> step,
        AtomicLong learned) {
    /// How long what was promised of click rates holds.
    private static final Duration PROMISED = Duration.ofMinutes(5);

    public LiveState(Leases leases, FrequencyCounts counts, Pace pace, ClickPredictor clicks, Snapshots snapshots) {
        this(
                leases,
                counts,
                pace,
                clicks,
                new ClickDelays(),
                snapshots,
                new Signals(),
                new AtomicReference<>(Optional.empty()),
                new AtomicLong());
    }

    /// The facts for one decision, which sees one book and one step of the pace whatever changes meanwhile.
    ///
    /// @param seed of the decision: hardly known ads are drawn from it
    public Live at(Snapshot snapshot, Instant now, long seed) {
        var current = step.get().orElseGet(() -> next(now));
        return new At(this, snapshot, current, clicks.on(Signals.NO_PAGE, now, seed), Optional.empty(), now, seed);
    }

    /// Takes up a new step of the pace, and every few minutes what was learned of click rates. Decisions go on
    /// with the step before until its bounds are made, so nobody waits for them. Keeps the snapshot in an order
    /// that suits them. Call it after each step.
    public void refresh(Instant now) {
        if (step.get().filter(s -> s.isOf(pace.multipliers(), now)).isEmpty()) {
            next(now);
            snapshots.reorder(snapshot -> at(snapshot, now, 0).bounds(snapshot));
        }
        snapshots.tidy(snapshot -> at(snapshot, now, 0).bounds(snapshot));
    }

    private Step next(Instant now) {
        var snapshot = snapshots.current().snapshot();
        var next = new Step(pace.multipliers(), now.plus(PROMISED));
        next.begin(
                snapshot, new At(this, snapshot, next, clicks.on(Signals.NO_PAGE, now, 0), Optional.empty(), now, 0));
        step.set(Optional.of(next));
        return next;
    }

    /// A step of the pace and the bounds that follow from it: made once for many decisions, and anew for the
    /// blocks that changed when only the book did.
    ///
    /// Those of the last few snapshots are kept: the ones in another order are made before decisions meet them,
    /// while decisions still ask for the ones before.
    static final class Step {
        private static final int KEPT = 3;
        private final Map<AdGroupId, Double> multipliers;
        private final Instant until;
        /// Newest first.
        private volatile List<Bounds> made = List.of();

        private Step(Map<AdGroupId, Double> multipliers, Instant until) {
            this.multipliers = multipliers;
            this.until = until;
        }

        private void begin(Snapshot snapshot, Live facts) {
            made = List.of(Bounds.of(snapshot, facts));
        }

        @SuppressWarnings("ReferenceEquality") // Each step of the pace makes a map of its own.
        private boolean isOf(Map<AdGroupId, Double> wanted, Instant now) {
            return multipliers == wanted && now.isBefore(until);
        }

        private Bounds bounds(Snapshot snapshot, Live facts) {
            return known(snapshot).orElseGet(() -> following(snapshot, facts));
        }

        private Optional<Bounds> known(Snapshot snapshot) {
            for (var bounds : made) {
                if (bounds.isOf(snapshot)) {
                    return Optional.of(bounds);
                }
            }
            return Optional.empty();
        }

        private synchronized Bounds following(Snapshot snapshot, Live facts) {
            var known = known(snapshot);
            if (known.isPresent()) {
                return known.get();
            }
            var next = made.getFirst().following(snapshot, facts);
            made = Stream.concat(Stream.of(next), made.stream()).limit(KEPT).toList();
            return next;
        }
    }

    /// @param viewer of the request that it was prepared for
    private record At(
            LiveState live,
            Snapshot snapshot,
            Step step,
            ClickPredictor.ForPage rates,
            Optional<FrequencyCounts.OfViewer> viewer,
            Instant now,
            long seed)
            implements Live {
        @Override
        public Live prepared(FeedRequest request) {
            var page = Signals.page(request.placement(), request.viewer(), request.posts(), now);
            var counted = request.viewer().key().map(live.counts::of);
            return new At(live, snapshot, step, live.clicks.on(page, now, seed), counted, now, seed);
        }

        @Override
        public Available available(AdGroupId group) {
            return live.leases.available(group);
        }

        @Override
        public int shown(String viewerKey, String scope, Duration window, Instant at) {
            return viewer.isPresent()
                    ? viewer.get().shown(scope, window, at)
                    : live.counts.shown(viewerKey, scope, window, at);
        }

        @Override
        public double multiplier(AdGroup group) {
            return step.multipliers.getOrDefault(group.id(), 1.0);
        }

        @Override
        public ClickEstimate clickEstimate(Ad ad, Placement placement) {
            return rates.estimate(live.signals.ad(snapshot.book(), ad));
        }

        @Override
        public double maxClickRate(AdGroup group) {
            var entry = snapshot.entry(group.id()).orElseThrow();
            var advertiser = entry.advertiser().id().value();
            double highest = 0;
            for (var ad : entry.ads()) {
                highest = Math.max(
                        highest,
                        rates.promise(
                                advertiser, group.campaign().value(), ad.id().value()));
            }
            return highest;
        }

        @Override
        public Bounds bounds(Snapshot of) {
            return step.bounds(of, this);
        }
    }
}
