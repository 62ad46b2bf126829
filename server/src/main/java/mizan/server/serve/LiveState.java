package mizan.server.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.Placement;
import mizan.core.decision.Live;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Viewer;
import mizan.core.frequency.FrequencyCounts;
import mizan.core.prediction.ClickPredictor;
import mizan.server.accounting.Leases;

/// What this node knows from moment to moment.
public record LiveState(
        Leases leases,
        FrequencyCounts counts,
        Pace pace,
        ClickPredictor clicks,
        Snapshots snapshots,
        PacedBounds bounds,
        Signals signals)
        implements Live {
    public LiveState(Leases leases, FrequencyCounts counts, Pace pace, ClickPredictor clicks, Snapshots snapshots) {
        this(leases, counts, pace, clicks, snapshots, new PacedBounds(), new Signals());
    }

    /// The same for one decision, which sees one book and one step of the pace whatever changes meanwhile.
    ///
    /// @param seed of the decision: hardly known ads are drawn from it
    Live at(Snapshot snapshot, FeedRequest request, Instant now, long seed) {
        var page = Signals.page(request.placement(), request.viewer(), request.posts(), now);
        return new At(this, snapshot, pace.multipliers(), clicks.on(page, now, seed));
    }

    private record At(
            LiveState live, Snapshot snapshot, Map<CampaignId, Double> multipliers, ClickPredictor.ForPage rates)
            implements Live {
        @Override
        public Available available(AdGroupId group) {
            return live.available(group);
        }

        @Override
        public int shown(String viewerKey, String scope, Duration window, Instant now) {
            return live.shown(viewerKey, scope, window, now);
        }

        @Override
        public double multiplier(CampaignId campaign) {
            return multipliers.getOrDefault(campaign, 1.0);
        }

        @Override
        public long boundMicros(int ordinal, Snapshot.Entry entry) {
            return live.bounds.micros(ordinal, snapshot, multipliers);
        }

        @Override
        public double clickRate(Ad ad, Placement placement) {
            return rates.estimate(live.signals.ad(snapshot.book(), ad)).mean();
        }
    }

    @Override
    public Available available(AdGroupId group) {
        return leases.available(group);
    }

    @Override
    public int shown(String viewerKey, String scope, Duration window, Instant now) {
        return counts.shown(viewerKey, scope, window, now);
    }

    @Override
    public double multiplier(CampaignId campaign) {
        return pace.multiplier(campaign);
    }

    /// On a page of which nothing is known.
    @Override
    public double clickRate(Ad ad, Placement placement) {
        var page = Signals.page(placement, Viewer.UNKNOWN, List.of(), Instant.EPOCH);
        var book = snapshots.current().snapshot().book();
        return clicks.on(page, Instant.EPOCH, 0).estimate(signals.ad(book, ad)).mean();
    }
}
