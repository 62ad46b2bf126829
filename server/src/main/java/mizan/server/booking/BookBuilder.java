package mizan.server.booking;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.Creative;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.Placement;
import mizan.core.campaign.PlacementId;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.server.http.Fields;
import tools.jackson.databind.node.ObjectNode;

/// Folds versions into a book.
final class BookBuilder {
    private long revision;
    private final Map<String, Instant> createdAt = new HashMap<>();
    private final Map<AdvertiserId, Advertiser> advertisers = new HashMap<>();
    private final Map<CampaignId, Campaign> campaigns = new HashMap<>();
    private final Map<AdGroupId, AdGroup> adGroups = new HashMap<>();
    private final Map<AdId, Ad> ads = new HashMap<>();
    private final Map<CreativeId, Creative> creatives = new HashMap<>();
    private final Map<PlacementId, Placement> placements = new HashMap<>();
    private final Map<TermsId, Terms> terms = new HashMap<>();

    void apply(Change change) {
        revision = change.revision();
        var created = createdAt.computeIfAbsent(change.id(), _ -> change.at());
        put(change.kind(), change.id(), Fields.of(change.body()), created, change.at());
    }

    /// Reads one thing as its kind, which checks it, without keeping it.
    void check(Kind kind, String id, Fields fields, Instant at) {
        new BookBuilder().put(kind, id, fields, at, at);
    }

    private void put(Kind kind, String id, Fields fields, Instant created, Instant at) {
        switch (kind) {
            case ADVERTISER -> advertisers.put(new AdvertiserId(id), BookJson.advertiser(fields, id, created));
            case CAMPAIGN -> campaigns.put(new CampaignId(id), BookJson.campaign(fields, id, created));
            case AD_GROUP -> adGroups.put(new AdGroupId(id), BookJson.adGroup(fields, id, created));
            case AD -> ads.put(new AdId(id), BookJson.ad(fields, id, created));
            case CREATIVE -> creatives.put(new CreativeId(id), BookJson.creative(fields, id, created));
            case PLACEMENT -> placements.put(new PlacementId(id), BookJson.placement(fields, id, created));
            case TERMS -> {
                var before = terms.get(new TermsId(id));
                int version = before == null ? 1 : before.version() + 1;
                terms.put(new TermsId(id), BookJson.terms(fields, id, version, at));
            }
        }
    }

    /// The body of what is booked now under this id; empty when there is nothing.
    java.util.Optional<ObjectNode> body(Kind kind, String id) {
        return switch (kind) {
            case ADVERTISER -> found(advertisers.get(new AdvertiserId(id)), BookJson::write);
            case CAMPAIGN -> found(campaigns.get(new CampaignId(id)), BookJson::write);
            case AD_GROUP -> found(adGroups.get(new AdGroupId(id)), BookJson::write);
            case AD -> found(ads.get(new AdId(id)), BookJson::write);
            case CREATIVE -> found(creatives.get(new CreativeId(id)), BookJson::write);
            case PLACEMENT -> found(placements.get(new PlacementId(id)), BookJson::write);
            case TERMS -> found(terms.get(new TermsId(id)), BookJson::write);
        };
    }

    private static <T> java.util.Optional<ObjectNode> found(
            @org.jspecify.annotations.Nullable T thing, java.util.function.Function<T, ObjectNode> writer) {
        return java.util.Optional.ofNullable(thing).map(writer);
    }

    Book book() {
        return new Book(
                revision,
                Collections.unmodifiableMap(new HashMap<>(advertisers)),
                Collections.unmodifiableMap(new HashMap<>(campaigns)),
                Collections.unmodifiableMap(new HashMap<>(adGroups)),
                Collections.unmodifiableMap(new HashMap<>(ads)),
                Collections.unmodifiableMap(new HashMap<>(creatives)),
                Collections.unmodifiableMap(new HashMap<>(placements)),
                Collections.unmodifiableMap(new HashMap<>(terms)));
    }
}
