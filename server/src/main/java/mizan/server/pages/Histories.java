package mizan.server.pages;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mizan.core.campaign.EntityStatus;
import mizan.server.app.Engine;
import mizan.server.booking.CampaignHistories.Step;

/// What was changed in every advertiser's campaigns, oldest first, as it stands for one page.
final class Histories {
    private final Map<String, List<Step>> byAdvertiser;

    Histories(Engine engine) {
        byAdvertiser = engine.histories().now();
    }

    /// The changes of one advertiser's campaigns.
    List<Step> of(String advertiser) {
        return byAdvertiser.getOrDefault(advertiser, List.of());
    }

    List<Step> all() {
        return byAdvertiser.values().stream().flatMap(List::stream).toList();
    }

    /// Whether an advertiser could spend at a moment.
    Standing standing(String advertiser, Instant at) {
        var status = new HashMap<String, EntityStatus>();
        for (var step : of(advertiser)) {
            if (step.at().isAfter(at)) {
                break;
            }
            status.put(step.campaign(), step.status());
        }
        if (status.containsValue(EntityStatus.ACTIVE)) {
            return Standing.ACTIVE;
        }
        return status.containsValue(EntityStatus.PAUSED) ? Standing.PAUSED : Standing.GONE;
    }

    /// What an advertiser's campaigns may do.
    enum Standing {
        ACTIVE,
        PAUSED,
        /// Every campaign is a draft, in the archive, or not there.
        GONE
    }
}
