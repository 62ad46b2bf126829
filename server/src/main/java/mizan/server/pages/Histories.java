package mizan.server.pages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mizan.core.campaign.Campaign;
import mizan.server.app.Engine;
import mizan.server.booking.Change;

/// What was changed in every advertiser's campaigns, oldest first, read once for one page.
final class Histories {
    private static final int MOST = 40;
    private final Map<String, List<Change>> byAdvertiser = new HashMap<>();

    Histories(Engine engine) {
        var campaigns = new HashMap<String, List<Campaign>>();
        engine.booking()
                .book()
                .campaigns()
                .values()
                .forEach(c -> campaigns
                        .computeIfAbsent(c.advertiser().value(), _ -> new ArrayList<>())
                        .add(c));
        campaigns.forEach((advertiser, theirs) -> byAdvertiser.put(
                advertiser,
                theirs.stream()
                        .flatMap(c -> engine.booking().history(c.id().value(), MOST).stream())
                        .sorted(Comparator.comparingLong(Change::revision))
                        .toList()));
    }

    /// The changes of one advertiser's campaigns.
    List<Change> of(String advertiser) {
        return byAdvertiser.getOrDefault(advertiser, List.of());
    }

    List<Change> all() {
        return byAdvertiser.values().stream().flatMap(List::stream).toList();
    }

    /// Whether an advertiser could spend at a moment.
    Standing standing(String advertiser, Instant at) {
        var status = new HashMap<String, String>();
        of(advertiser).stream()
                .filter(c -> !c.at().isAfter(at))
                .forEach(c -> status.put(c.id(), c.body().path("entity_status").asString("")));
        if (status.containsValue("ACTIVE")) {
            return Standing.ACTIVE;
        }
        return status.containsValue("PAUSED") ? Standing.PAUSED : Standing.GONE;
    }

    /// What an advertiser's campaigns may do.
    enum Standing {
        ACTIVE,
        PAUSED,
        /// Every campaign is a draft, in the archive, or not there.
        GONE
    }
}
