package mizan.core.decision;

import java.util.ArrayList;
import java.util.List;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.FrequencyCap;

/// A frequency cap and what it counts.
///
/// @param level `campaign`, `ad_group` or `ad`
/// @param scope the id whose renders are counted
public record Cap(String level, String scope, FrequencyCap limit) {
    /// Every cap that a group's ads can meet: the campaign's, the group's, then each ad's, in the given
    /// order of ads.
    public static List<Cap> of(Campaign campaign, AdGroup group, List<Ad> ads) {
        var caps = new ArrayList<Cap>();
        campaign.caps().forEach(c -> caps.add(new Cap("campaign", campaign.id().value(), c)));
        group.caps().forEach(c -> caps.add(new Cap("ad_group", group.id().value(), c)));
        for (var ad : ads) {
            ad.caps().forEach(c -> caps.add(new Cap("ad", ad.id().value(), c)));
        }
        return List.copyOf(caps);
    }

    /// Whether it also binds this ad: campaign and group caps bind every ad.
    boolean binds(Ad ad) {
        return !level.equals("ad") || scope.equals(ad.id().value());
    }
}
