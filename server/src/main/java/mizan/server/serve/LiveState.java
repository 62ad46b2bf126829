package mizan.server.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.CampaignId;
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
public record LiveState(
        Leases leases,
        FrequencyCounts counts,
        Pace pace,
        ClickPredictor clicks,
        Snapshots snapshots,
        Signals signals,
        KnownBounds known) {
    public LiveState(Leases leases, FrequencyCounts counts, Pace pace, ClickPredictor clicks, Snapshots snapshots) {
        this(leases, counts, pace, clicks, snapshots, new Signals(), new KnownBounds());
    }

    /// The facts for one decision, which sees one book and one step of the pace whatever changes meanwhile.
    ///
    /// @param seed of the decision: hardly known ads are drawn from it
    public Live at(Snapshot snapshot, Instant now, long seed) {
        return new At(this, snapshot, pace.multipliers(), clicks.on(Signals.NO_PAGE, now, seed), now, seed);
    }

    private record At(
            LiveState live,
            Snapshot snapshot,
            Map<CampaignId, Double> multipliers,
            ClickPredictor.ForPage rates,
            Instant now,
            long seed)
            implements Live {
        @Override
        public Live prepared(FeedRequest request) {
            var page = Signals.page(request.placement(), request.viewer(), request.posts(), now);
            return new At(live, snapshot, multipliers, live.clicks.on(page, now, seed), now, seed);
        }

        @Override
        public Available available(AdGroupId group) {
            return live.leases.available(group);
        }

        @Override
        public int shown(String viewerKey, String scope, Duration window, Instant at) {
            return live.counts.shown(viewerKey, scope, window, at);
        }

        @Override
        public double multiplier(CampaignId campaign) {
            return multipliers.getOrDefault(campaign, 1.0);
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
            return live.known.of(of, multipliers, this, now);
        }
    }

    /// Bounds made once for many decisions: anew with each step of the pace and every few minutes, for the
    /// changed ad groups alone when only the book changed.
    static final class KnownBounds {
        private static final Duration LIFE = Duration.ofMinutes(5);
        private volatile @org.jspecify.annotations.Nullable Made made;

        private record Made(Bounds bounds, Snapshot snapshot, Map<CampaignId, Double> multipliers, Instant until) {
            @SuppressWarnings("ReferenceEquality") // Each step of the pace makes a map of its own.
            boolean holds(Map<CampaignId, Double> now, Instant at) {
                return multipliers == now && at.isBefore(until);
            }

            @SuppressWarnings("ReferenceEquality") // Each change of the book makes a snapshot of its own.
            boolean isOf(Snapshot wanted) {
                return snapshot == wanted;
            }
        }

        Bounds of(Snapshot snapshot, Map<CampaignId, Double> multipliers, Live live, Instant now) {
            var last = made;
            return last != null && last.holds(multipliers, now) && last.isOf(snapshot)
                    ? last.bounds()
                    : make(snapshot, multipliers, live, now);
        }

        private synchronized Bounds make(
                Snapshot snapshot, Map<CampaignId, Double> multipliers, Live live, Instant now) {
            var last = made;
            if (last != null && last.holds(multipliers, now)) {
                if (!last.isOf(snapshot)) {
                    made = new Made(last.bounds().following(snapshot, live), snapshot, multipliers, last.until());
                }
            } else {
                made = new Made(Bounds.of(snapshot, live), snapshot, multipliers, now.plus(LIFE));
            }
            return java.util.Objects.requireNonNull(made).bounds();
        }
    }
}
