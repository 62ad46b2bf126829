package mizan.server.booking;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
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
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import tools.jackson.databind.node.ObjectNode;

/// Folds versions into a book. Its maps are persistent: a change shares all but a path with the book before,
/// so books of many revisions can be kept, and beginning from one costs nothing.
final class BookBuilder {
    private long revision;
    private TreePMap<AdvertiserId, Advertiser> advertisers;
    private TreePMap<CampaignId, Campaign> campaigns;
    private TreePMap<AdGroupId, AdGroup> adGroups;
    private TreePMap<AdId, Ad> ads;
    private TreePMap<CreativeId, Creative> creatives;
    private TreePMap<PlacementId, Placement> placements;
    private TreePMap<TermsId, Terms> terms;

    BookBuilder(Book from) {
        revision = from.revision();
        advertisers = persistent(from.advertisers());
        campaigns = persistent(from.campaigns());
        adGroups = persistent(from.adGroups());
        ads = persistent(from.ads());
        creatives = persistent(from.creatives());
        placements = persistent(from.placements());
        terms = persistent(from.terms());
    }

    private static <K extends Comparable<K>, V> TreePMap<K, V> persistent(Map<K, V> map) {
        return map instanceof TreePMap<K, V> already ? already : TreePMap.fromSortedMap(new TreeMap<>(map));
    }

    Book book() {
        return new Book(revision, advertisers, campaigns, adGroups, ads, creatives, placements, terms);
    }

    /// Takes the next version.
    void apply(Change change) {
        var fields = Fields.of(BookJson.sharingNames(change.body()));
        put(change.kind(), change.id(), fields, change.at());
        at(change.revision());
    }

    void at(long newRevision) {
        revision = newRevision;
    }

    /// Reads one thing as its kind, which checks it; what is wrong is noted in the fields.
    void put(Kind kind, String id, Fields fields, Instant at) {
        switch (kind) {
            case ADVERTISER -> {
                var key = new AdvertiserId(id);
                var created = created(advertisers.get(key), Advertiser::createdAt, at);
                var read = BookJson.advertiser(fields, id, created);
                advertisers = advertisers.plus(read.id(), read);
            }
            case CAMPAIGN -> {
                var key = new CampaignId(id);
                var created = created(campaigns.get(key), Campaign::createdAt, at);
                var read = BookJson.campaign(fields, id, created);
                campaigns = campaigns.plus(read.id(), read);
            }
            case AD_GROUP -> {
                var key = new AdGroupId(id);
                var created = created(adGroups.get(key), AdGroup::createdAt, at);
                var read = BookJson.adGroup(fields, id, created);
                adGroups = adGroups.plus(read.id(), read);
            }
            case AD -> {
                var key = new AdId(id);
                var read = BookJson.ad(fields, id, created(ads.get(key), Ad::createdAt, at));
                ads = ads.plus(read.id(), read);
            }
            case CREATIVE -> {
                var key = new CreativeId(id);
                var created = created(creatives.get(key), Creative::createdAt, at);
                var read = BookJson.creative(fields, id, created);
                creatives = creatives.plus(read.id(), read);
            }
            case PLACEMENT -> {
                var key = new PlacementId(id);
                var created = created(placements.get(key), Placement::createdAt, at);
                var read = BookJson.placement(fields, id, created);
                placements = placements.plus(read.id(), read);
            }
            case TERMS -> {
                var before = terms.get(new TermsId(id));
                putTerms(id, fields, before == null ? 1 : before.version() + 1, at);
            }
        }
    }

    private static <T> Instant created(@Nullable T before, Function<T, Instant> createdAt, Instant at) {
        return before == null ? at : createdAt.apply(before);
    }

    private void putTerms(String id, Fields fields, int version, Instant at) {
        var read = BookJson.terms(fields, id, version, at);
        terms = terms.plus(read.id(), read);
    }

    /// Makes one thing what it was.
    void restore(BookStore.Past past) {
        if (past.version().isEmpty()) {
            remove(past.kind(), past.id());
            return;
        }
        var then = past.version().get();
        var fields = Fields.of(BookJson.sharingNames(then.body()));
        if (then.kind() == Kind.TERMS) {
            putTerms(then.id(), fields, past.count(), then.at());
        } else {
            put(then.kind(), then.id(), fields, then.at());
        }
    }

    private void remove(Kind kind, String id) {
        switch (kind) {
            case ADVERTISER -> advertisers = advertisers.minus(new AdvertiserId(id));
            case CAMPAIGN -> campaigns = campaigns.minus(new CampaignId(id));
            case AD_GROUP -> adGroups = adGroups.minus(new AdGroupId(id));
            case AD -> ads = ads.minus(new AdId(id));
            case CREATIVE -> creatives = creatives.minus(new CreativeId(id));
            case PLACEMENT -> placements = placements.minus(new PlacementId(id));
            case TERMS -> terms = terms.minus(new TermsId(id));
        }
    }

    /// The body of what is booked now under this id; empty when there is nothing.
    static Optional<ObjectNode> body(Book book, Kind kind, String id) {
        return switch (kind) {
            case ADVERTISER -> found(book.advertisers().get(new AdvertiserId(id)), BookJson::write);
            case CAMPAIGN -> found(book.campaigns().get(new CampaignId(id)), BookJson::write);
            case AD_GROUP -> found(book.adGroups().get(new AdGroupId(id)), BookJson::write);
            case AD -> found(book.ads().get(new AdId(id)), BookJson::write);
            case CREATIVE -> found(book.creatives().get(new CreativeId(id)), BookJson::write);
            case PLACEMENT -> found(book.placements().get(new PlacementId(id)), BookJson::write);
            case TERMS -> found(book.terms().get(new TermsId(id)), BookJson::write);
        };
    }

    private static <T> Optional<ObjectNode> found(@Nullable T thing, Function<T, ObjectNode> writer) {
        return Optional.ofNullable(thing).map(writer);
    }
}
