package mizan.core.campaign;

import java.util.Set;

/// What the moderators of a community keep away from its posts: no ad that they bar stands directly above or
/// below one of them.
///
/// @param community as posts name it
/// @param anyAd no ads at all
/// @param advertisers ids
/// @param industries as advertisers name theirs
/// @param fewerAds whether pages of its posts alone show half of the ads, see [Placement#halved]
public record CommunityVeto(
        String community, boolean anyAd, Set<String> advertisers, Set<String> industries, boolean fewerAds) {
    /// A community that is content with how many ads there are.
    public CommunityVeto(String community, boolean anyAd, Set<String> advertisers, Set<String> industries) {
        this(community, anyAd, advertisers, industries, false);
    }

    public CommunityVeto {
        advertisers = Set.copyOf(advertisers);
        industries = Set.copyOf(industries);
    }

    public boolean bars(Advertiser advertiser) {
        return anyAd || advertisers.contains(advertiser.id().value()) || industries.contains(advertiser.industry());
    }
}
