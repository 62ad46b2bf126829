package mizan.server.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Placement;
import mizan.core.decision.Live;
import mizan.core.decision.Snapshot;
import mizan.core.frequency.FrequencyCounts;
import mizan.core.prediction.ClickRates;
import mizan.server.accounting.Leases;

/// What this node knows from moment to moment.
public record LiveState(
        Leases leases,
        FrequencyCounts counts,
        Pace pace,
        ClickRates clicks,
        ClickDelays delays,
        Snapshots snapshots,
        PacedBounds bounds)
        implements Live {
    public LiveState(Leases leases, FrequencyCounts counts, Pace pace, ClickRates clicks, Snapshots snapshots) {
        this(leases, counts, pace, clicks, new ClickDelays(), snapshots, new PacedBounds());
    }

    /// The same for one decision, which sees one book and one step of the pace whatever changes meanwhile.
    Live at(Snapshot snapshot) {
        return new At(this, snapshot, pace.multipliers());
    }

    private record At(LiveState live, Snapshot snapshot, Map<AdGroupId, Double> multipliers) implements Live {
        @Override
        public Available available(AdGroupId group) {
            return live.available(group);
        }

        @Override
        public int shown(String viewerKey, String scope, Duration window, Instant now) {
            return live.shown(viewerKey, scope, window, now);
        }

        @Override
        public double multiplier(AdGroup group) {
            return multipliers.getOrDefault(group.id(), 1.0);
        }

        @Override
        public long boundMicros(int ordinal, Snapshot.Entry entry) {
            return live.bounds.micros(ordinal, snapshot, multipliers);
        }

        @Override
        public double clickRate(Ad ad, Placement placement) {
            return live.clickRate(ad, placement);
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
    public double multiplier(AdGroup group) {
        return pace.multiplier(group.id());
    }

    @Override
    public double clickRate(Ad ad, Placement placement) {
        var campaign = snapshots
                .current()
                .snapshot()
                .entry(ad.adGroup())
                .map(e -> e.campaign().id().value());
        return clicks.rate(ad.id().value(), campaign.orElse(""));
    }
}
