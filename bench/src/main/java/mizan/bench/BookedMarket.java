package mizan.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Transfer;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A book of any size, booked through the front door in a few large calls. Targeting is as wide as real
/// campaigns ask: nearly all name countries and languages, some devices, interests, topics and placements, a
/// few exclude countries. The same seed makes the same book but for its ids.
final class BookedMarket {
    static final List<String> COUNTRIES = codes(200);
    static final List<String> LANGUAGES = List.of("ar", "en", "de", "fr", "es", "tr", "ur", "hi", "id", "pt");
    static final List<String> DEVICES = List.of("phone", "tablet", "desktop", "tv");
    static final List<String> INTERESTS = names("interest", 1_000);
    static final List<String> TOPICS = names("topic", 400);
    static final List<String> TRADES = names("trade", 40);

    private static final Booking.Author DESK = new Booking.Author("bench", "");
    private static final int TOGETHER = 5_000;

    private final Engine engine;
    private final SplittableRandom random;
    private final Instant start;
    private List<String> campaigns = List.of();
    private List<String> adGroups = List.of();

    BookedMarket(Engine engine, long seed, Instant start) {
        this.engine = engine;
        this.random = new SplittableRandom(seed);
        this.start = start;
    }

    List<String> campaigns() {
        return campaigns;
    }

    List<String> adGroups() {
        return adGroups;
    }

    /// @param advertisers each with terms and funds
    /// @param campaignCount and as many creatives
    /// @param groupCount and as many ads, spread evenly over the campaigns
    void open(int advertisers, int campaignCount, int groupCount) {
        make(Kind.PLACEMENT, List.of(placement("home"), placement("search")));
        var brands = make(Kind.ADVERTISER, many(advertisers, this::advertiser));
        var terms = make(Kind.TERMS, many(advertisers, n -> terms(brands.get(n))));
        campaigns = make(
                Kind.CAMPAIGN,
                many(campaignCount, n -> campaign(brands.get(n % advertisers), terms.get(n % advertisers))));
        var creatives = make(Kind.CREATIVE, many(campaignCount, n -> creative(brands.get(n % advertisers), n)));
        adGroups = make(Kind.AD_GROUP, many(groupCount, n -> adGroup(campaigns.get(n % campaignCount))));
        var groups = adGroups;
        make(Kind.AD, many(groupCount, n -> ad(groups.get(n), creatives.get(n % campaignCount))));
        brands.forEach(this::fund);
    }

    /// One campaign more, for everybody and beside everything that may be sold. Answers its ad.
    String openOne(long bidMicros) {
        var brand = make(Kind.ADVERTISER, List.of(advertiser(0))).getFirst();
        var wide = campaign(brand, "");
        wide.remove("suitability_terms");
        var group = adGroup(make(Kind.CAMPAIGN, List.of(wide)).getFirst());
        group.remove("targeting");
        group.putObject("bid").put("charge_by", "IMPRESSION").put("amount_micros", bidMicros);
        var creative = make(Kind.CREATIVE, List.of(creative(brand, 0))).getFirst();
        var ad = ad(make(Kind.AD_GROUP, List.of(group)).getFirst(), creative);
        fund(brand);
        return make(Kind.AD, List.of(ad)).getFirst();
    }

    ObjectNode targeting() {
        var targeting = object();
        some(targeting, "countries", COUNTRIES, 0.97, 5);
        some(targeting, "languages", LANGUAGES, 0.85, 3);
        some(targeting, "devices", DEVICES, 0.30, 2);
        some(targeting, "interests", INTERESTS, 0.40, 20);
        some(targeting, "topics", TOPICS, 0.20, 8);
        some(targeting, "placements", List.of("home", "search"), 0.25, 1);
        return targeting;
    }

    private static ObjectNode placement(String code) {
        var placement = object().put("code", code).put("currency", "USD").put("floor_cpm_micros", 500_000);
        placement.putObject("name").put("en", code);
        return placement;
    }

    private ObjectNode advertiser(int number) {
        var advertiser = object().put("payer", "Brand " + number + " Ltd").put("currency", "USD");
        advertiser.put("industry", TRADES.get(number % TRADES.size()));
        advertiser.putObject("name").put("en", "Brand " + number).put("ar", "علامة " + number);
        return advertiser;
    }

    private ObjectNode terms(String advertiser) {
        var terms = object().put("advertiser", advertiser).put("name", "House terms");
        terms.put("preset", List.of("STRICT", "STANDARD", "RELAXED").get(random.nextInt(3)));
        return terms;
    }

    private ObjectNode campaign(String advertiser, String terms) {
        var campaign = object().put("advertiser", advertiser).put("suitability_terms", terms);
        campaign.put("entity_status", "ACTIVE")
                .putObject("name")
                .put("en", "Spring")
                .put("ar", "الربيع");
        campaign.putObject("budget").put("total_micros", 1_000_000_000_000L).put("daily_micros", 50_000_000_000L);
        campaign.putObject("flight").put("start", start.toString());
        campaign.putArray("frequency_caps").addObject().put("max", 50).put("window", "P1D");
        return campaign;
    }

    private ObjectNode adGroup(String campaign) {
        var group = object().put("campaign", campaign).put("entity_status", "ACTIVE");
        group.putObject("name").put("en", "Readers");
        group.putObject("bid")
                .put("charge_by", "IMPRESSION")
                .put("amount_micros", 1_000_000L + random.nextInt(9_000_000));
        group.set("targeting", targeting());
        return group;
    }

    private static ObjectNode creative(String advertiser, int number) {
        var creative = object().put("advertiser", advertiser).put("review_status", "APPROVED");
        creative.putObject("headline").put("en", "Headline " + number);
        creative.putObject("body").put("en", "Five minutes from the harbour.");
        creative.putObject("call_to_action").put("en", "See more");
        creative.put("landing_page", "https://shop" + number + ".example/");
        return creative;
    }

    private static ObjectNode ad(String group, String creative) {
        return object().put("ad_group", group).put("creative", creative).put("entity_status", "ACTIVE");
    }

    private void fund(String advertiser) {
        var usd = Currency.getInstance("USD");
        engine.accountant()
                .transfer(new Transfer.Direct(
                        engine.ids().next("ent"),
                        new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", usd),
                        new AccountId(AccountId.Kind.ADVERTISER_FUNDS, advertiser, usd),
                        1_000_000_000_000L,
                        start,
                        "prepaid"));
    }

    private List<String> make(Kind kind, List<ObjectNode> things) {
        var ids = new ArrayList<String>();
        for (int from = 0; from < things.size(); from += TOGETHER) {
            var wishes = things.subList(from, Math.min(things.size(), from + TOGETHER)).stream()
                    .map(fields -> new Booking.Wish(kind, Optional.empty(), "create", fields))
                    .toList();
            engine.booking().apply(wishes, DESK).forEach(b -> ids.add(b.id()));
        }
        return ids;
    }

    private static List<ObjectNode> many(int count, IntFunction<ObjectNode> one) {
        return IntStream.range(0, count).mapToObj(one).toList();
    }

    private void some(ObjectNode targeting, String name, List<String> from, double share, int most) {
        if (random.nextDouble() < share) {
            var list = targeting.putArray(name);
            for (int i = 1 + random.nextInt(most); i > 0; i--) {
                list.add(popular(from));
            }
        }
    }

    /// The first ones are asked for far more often than the last.
    private String popular(List<String> from) {
        return from.get((int) (from.size() * Math.pow(random.nextDouble(), 3)));
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
    }

    private static List<String> codes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "" + (char) ('A' + i / 26) + (char) ('A' + i % 26))
                .toList();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
