package mizan.server.serve;

import java.time.Duration;
import java.time.Instant;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.Placement;
import mizan.core.decision.Live;
import mizan.core.frequency.FrequencyCounts;
import mizan.core.prediction.ClickRates;
import mizan.server.accounting.Leases;

/// What this node knows from moment to moment.
public record LiveState(Leases leases, FrequencyCounts counts, Pace pace, ClickRates clicks, Snapshots snapshots)
        implements Live {
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
