package mizan.core.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.Book;
import mizan.core.campaign.FrequencyCap;

/// A frequency cap and what it counts.
///
/// @param level `advertiser`, `campaign`, `ad_group`, `creative` or `ad`
/// @param scope the id whose renders are counted
public record Cap(String level, String scope, FrequencyCap limit) {
    /// Every cap that a group's ads can meet, the widest first: then each creative's and each ad's, in the given
    /// order of ads. A rest between two renders is a cap of one in that span.
    public static List<Cap> of(Book book, AdGroup group, List<Ad> ads) {
        var campaign = book.campaignOf(group);
        var advertiser = book.advertiserOf(campaign);
        var caps = new ArrayList<Cap>();
        add(caps, "advertiser", advertiser.id().value(), advertiser.caps());
        add(caps, "campaign", campaign.id().value(), campaign.caps());
        add(caps, "ad_group", group.id().value(), group.caps());
        ads.stream()
                .map(Ad::creative)
                .distinct()
                .forEach(creative -> Optional.ofNullable(book.creatives().get(creative))
                        .ifPresent(c -> add(caps, "creative", creative.value(), c.caps())));
        for (var ad : ads) {
            add(caps, "ad", ad.id().value(), ad.caps());
        }
        return List.copyOf(caps);
    }

    private static void add(List<Cap> caps, String level, String scope, List<FrequencyCap> limits) {
        for (var limit : limits) {
            caps.add(new Cap(level, scope, limit));
            if (!limit.coolDown().isZero()) {
                caps.add(new Cap(level, scope, new FrequencyCap(1, limit.coolDown())));
            }
        }
    }

    /// Whether it binds this ad of its group: all but the caps of other ads and creatives do.
    public boolean binds(Ad ad) {
        return switch (level) {
            case "ad" -> scope.equals(ad.id().value());
            case "creative" -> scope.equals(ad.creative().value());
            default -> true;
        };
    }
}
