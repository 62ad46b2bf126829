package mizan.server.booking;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Bid;
import mizan.core.campaign.Book;
import mizan.core.campaign.Budget;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.Creative;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.DemandTier;
import mizan.core.campaign.EntityStatus;
import mizan.core.campaign.Flight;
import mizan.core.campaign.FrequencyCap;
import mizan.core.campaign.Pacing;
import mizan.core.campaign.Placement;
import mizan.core.campaign.ReviewStatus;
import mizan.core.campaign.Text;
import mizan.core.experiment.GhostAds;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.targeting.Targeting;
import mizan.server.http.Fields;
import mizan.server.http.StrictJson;
import org.pcollections.TreePMap;

/// Reads what [ImageWriter] wrote. Equal texts, targetings, budgets and so on become one object, so a book
/// that was read takes less memory than one that was booked.
final class ImageReader {
    private final byte[] bytes;
    private int at;
    private final List<String> texts = new ArrayList<>();
    private final Map<Object, Object> known = new HashMap<>();
    private final Map<String, Targeting> targetings = new HashMap<>();

    ImageReader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    Book book(long revision) {
        var advertisers = map(this::advertiser, Advertiser::id);
        var placements = map(this::placement, Placement::id);
        var terms = map(this::terms, Terms::id);
        var campaigns = map(this::campaign, Campaign::id);
        var adGroups = map(this::adGroup, AdGroup::id);
        var creatives = map(this::creative, Creative::id);
        var ads = map(this::ad, Ad::id);
        return new Book(revision, advertisers, campaigns, adGroups, ads, creatives, placements, terms);
    }

    private <K extends Comparable<K>, V> TreePMap<K, V> map(Supplier<V> reader, Function<V, K> id) {
        var map = new TreeMap<K, V>();
        list(reader).forEach(v -> map.put(id.apply(v), v));
        return TreePMap.fromSortedMap(map);
    }

    private Advertiser advertiser() {
        return BookJson.advertiser(json(), text(), time());
    }

    private Placement placement() {
        return BookJson.placement(json(), text(), time());
    }

    private Terms terms() {
        return BookJson.terms(json(), text(), (int) number(), Instant.EPOCH);
    }

    private Campaign campaign() {
        var id = shared(new CampaignId(text()));
        return new Campaign(
                id,
                shared(new AdvertiserId(text())),
                words(),
                EntityStatus.valueOf(text()),
                DemandTier.valueOf(text()),
                budget(),
                flight(),
                Pacing.valueOf(text()),
                caps(),
                shared(optional(() -> shared(new TermsId(text())))),
                optional(() -> GhostAds.Holdout.of(id.value(), (int) number())),
                optional(this::text),
                textsByName(),
                time());
    }

    private AdGroup adGroup() {
        return new AdGroup(
                shared(new AdGroupId(text())),
                shared(new CampaignId(text())),
                words(),
                EntityStatus.valueOf(text()),
                shared(new Bid(ChargeBy.valueOf(text()), number())),
                targeting(),
                budget(),
                shared(optional(this::flight)),
                caps(),
                optional(this::text),
                time());
    }

    private Targeting targeting() {
        return targetings.computeIfAbsent(
                text(), t -> TargetingJson.readChecked(Fields.of(BookJson.sharingNames(StrictJson.own(t)))));
    }

    private Creative creative() {
        return new Creative(
                shared(new CreativeId(text())),
                shared(new AdvertiserId(text())),
                Creative.Kind.valueOf(text()),
                words(),
                words(),
                words(),
                URI.create(text()),
                optional(this::picture),
                list(() -> new Creative.Card(picture(), words())),
                caps(),
                optional(this::text),
                ReviewStatus.valueOf(text()),
                optional(this::text),
                time());
    }

    private Creative.Picture picture() {
        return new Creative.Picture(
                text(), (int) number(), (int) number(), number() == 1, words(), optional(this::words));
    }

    private Ad ad() {
        return new Ad(
                new AdId(text()),
                shared(new AdGroupId(text())),
                shared(new CreativeId(text())),
                EntityStatus.valueOf(text()),
                caps(),
                time());
    }

    private Budget budget() {
        return shared(new Budget(optionalNumber(), optionalNumber()));
    }

    private OptionalLong optionalNumber() {
        return number() == 0 ? OptionalLong.empty() : OptionalLong.of(number());
    }

    private Flight flight() {
        return shared(new Flight(time(), optional(this::time)));
    }

    private List<FrequencyCap> caps() {
        return shared(list(() -> new FrequencyCap(
                (int) number(), Duration.ofSeconds(number(), number()), Duration.ofSeconds(number(), number()))));
    }

    private Text words() {
        return shared(new Text(textsByName()));
    }

    private Map<String, String> textsByName() {
        var map = new TreeMap<String, String>();
        for (long left = number(); left > 0; left--) {
            map.put(text(), text());
        }
        return map;
    }

    private Fields json() {
        return Fields.of(StrictJson.own(text()));
    }

    private Instant time() {
        return shared(Instant.ofEpochSecond(number(), number()));
    }

    private <T> Optional<T> optional(Supplier<T> reader) {
        return list(reader).stream().findFirst();
    }

    private <T> List<T> list(Supplier<T> reader) {
        int length = (int) number();
        var items = new ArrayList<T>(length);
        for (int i = 0; i < length; i++) {
            items.add(reader.get());
        }
        return List.copyOf(items);
    }

    private String text() {
        int index = (int) number();
        if (index > 0) {
            return texts.get(index - 1);
        }
        int length = (int) number();
        var text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        texts.add(text);
        return text;
    }

    private long number() {
        long read = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            read |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (read >>> 1) ^ -(read & 1);
            }
        }
    }

    @SuppressWarnings("unchecked") // What equals a T is of its class.
    private <T> T shared(T value) {
        var before = known.putIfAbsent(value, value);
        return before == null ? value : (T) before;
    }
}
