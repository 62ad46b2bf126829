package mizan.core.campaign;

import java.util.Map;
import java.util.Optional;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;

/// Everything that is booked, at one revision. Immutable: a change makes the next revision.
///
/// @param revision counts changes from 1; 0 is the empty book
public record Book(
        long revision,
        Map<AdvertiserId, Advertiser> advertisers,
        Map<CampaignId, Campaign> campaigns,
        Map<AdGroupId, AdGroup> adGroups,
        Map<AdId, Ad> ads,
        Map<CreativeId, Creative> creatives,
        Map<PlacementId, Placement> placements,
        Map<TermsId, Terms> terms) {
    public static final Book EMPTY = new Book(0, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    public Advertiser advertiserOf(Campaign campaign) {
        return require(advertisers.get(campaign.advertiser()), campaign.advertiser());
    }

    public Campaign campaignOf(AdGroup group) {
        return require(campaigns.get(group.campaign()), group.campaign());
    }

    public Optional<Terms> termsOf(Campaign campaign) {
        return campaign.terms().map(id -> require(terms.get(id), id));
    }

    public Optional<Placement> placement(String codeOrId) {
        return placements.values().stream()
                .filter(p -> p.id().value().equals(codeOrId) || p.code().equals(codeOrId))
                .findFirst();
    }

    private static <T> T require(@org.jspecify.annotations.Nullable T found, Object id) {
        if (found == null) {
            throw new IllegalStateException("the book refers to " + id + ", which it does not hold");
        }
        return found;
    }
}
