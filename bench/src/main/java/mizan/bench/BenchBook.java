package mizan.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Transfer;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A book with every feature in use: targeting, terms with keyword lists, caps, budgets, CPM and CPC. For
/// every ten ad groups there are one advertiser with its terms, two campaigns and two creatives. It is booked
/// through [Booking], kind by kind, as an importer would.
final class BenchBook {
    private static final Booking.Author AUTHOR = new Booking.Author("bench", "booked by the benchmark");
    private static final int BATCH = 1_000;
    static final List<String> COUNTRIES =
            List.of("SA", "AE", "EG", "MA", "JO", "TN", "DE", "FR", "GB", "TR", "ID", "PK", "IN", "NG", "US", "BR");
    static final List<String> INTERESTS =
            List.of("food", "books", "travel", "sports", "family", "technology", "garden", "music", "cars", "games");
    private static final List<String> KEYWORDS = List.of(
            "war",
            "accident",
            "killed",
            "weapons",
            "cocaine",
            "election",
            "strike",
            "arrested",
            "حرب",
            "حادث",
            "قتل",
            "قصف",
            "مخدرات",
            "انتخابات",
            "جرحى",
            "اعتقال");

    private final Engine engine;
    private final SplittableRandom random;

    BenchBook(Engine engine, SplittableRandom random) {
        this.engine = engine;
        this.random = random;
    }

    void open(int adGroups, Instant start) {
        int advertisers = Math.ceilDiv(adGroups, 10);
        book(Kind.PLACEMENT, 1, _ -> placement());
        var houses = book(Kind.ADVERTISER, advertisers, BenchBook::advertiser);
        var terms = book(Kind.TERMS, advertisers, i -> terms(houses.get(i)));
        var campaigns = book(Kind.CAMPAIGN, advertisers * 2, i -> campaign(houses.get(i / 2), terms.get(i / 2), start));
        var creatives = book(Kind.CREATIVE, advertisers * 2, i -> creative(houses.get(i / 2), i));
        var groups = book(Kind.AD_GROUP, adGroups, i -> adGroup(campaigns.get(i / 5), i));
        book(Kind.AD, adGroups, i -> ad(groups.get(i), creatives.get(i / 5)));
        houses.forEach(house -> fund(house, start));
    }

    private List<String> book(Kind kind, int count, IntFunction<ObjectNode> body) {
        var ids = new ArrayList<String>();
        while (ids.size() < count) {
            var wishes = new ArrayList<Booking.Wish>();
            for (int i = ids.size(); i < count && wishes.size() < BATCH; i++) {
                wishes.add(new Booking.Wish(kind, Optional.empty(), "create", body.apply(i)));
            }
            engine.booking().apply(wishes, AUTHOR).forEach(booked -> ids.add(booked.id()));
        }
        return ids;
    }

    private static ObjectNode placement() {
        var json = json().put("code", "home").put("currency", "USD");
        json.putObject("name").put("en", "Home feed").put("ar", "الصفحة الرئيسية");
        return json.put("first_slot", 1).put("min_gap", 4).put("max_ads", 4).put("floor_cpm_micros", 2_000_000);
    }

    private static ObjectNode advertiser(int i) {
        var json = json().put("payer", "House " + i + " LLC")
                .put("industry", "industry " + i % 40)
                .put("currency", "USD")
                .put("time_zone", "Asia/Riyadh");
        json.putObject("name").put("en", "House " + i).put("ar", "دار " + i);
        return json;
    }

    private ObjectNode terms(String advertiser) {
        var json = json().put("advertiser", advertiser)
                .put("name", "House terms")
                .put("preset", random.nextInt(4) == 0 ? "STRICT" : "STANDARD")
                .put("before", 1 + random.nextInt(2))
                .put("after", 1 + random.nextInt(2));
        some(json.putArray("keywords"), KEYWORDS, 6);
        json.putArray("authors").add("@banned" + random.nextInt(500));
        return json;
    }

    /// Budgets that no run can spend, but that are counted like any other.
    private static ObjectNode campaign(String advertiser, String terms, Instant start) {
        var json = json().put("advertiser", advertiser)
                .put("suitability_terms", terms)
                .put("entity_status", "ACTIVE")
                .put("pacing", "EVEN");
        json.putObject("name").put("en", "Spring and summer");
        json.putObject("budget").put("total_micros", 400_000_000_000L).put("daily_micros", 20_000_000_000L);
        json.putObject("flight").put("start", start.toString());
        json.putArray("frequency_caps").addObject().put("max", 6).put("window", "P1D");
        return json;
    }

    /// One in five is paid for clicks. Bids are USD 3 to 30 for 1,000 impressions, few of them high.
    private ObjectNode adGroup(String campaign, int i) {
        var json = json().put("campaign", campaign).put("entity_status", "ACTIVE");
        json.putObject("name").put("en", "Group " + i);
        double quantile = random.nextDouble();
        long cpm = 3_000_000L + (long) (27_000_000 * Math.pow(quantile, 4));
        json.putObject("bid")
                .put("charge_by", i % 5 == 4 ? "CLICK" : "IMPRESSION")
                .put("amount_micros", i % 5 == 4 ? cpm / 15 : cpm);
        json.putObject("budget").put("daily_micros", 10_000_000_000L);
        json.putArray("frequency_caps").addObject().put("max", 3).put("window", "PT1H");
        var targeting = json.putObject("targeting");
        some(targeting.putArray("countries"), COUNTRIES, 1 + random.nextInt(4));
        if (random.nextInt(2) == 0) {
            targeting.putArray("languages").add(random.nextInt(3) == 0 ? "en" : "ar");
        }
        if (random.nextInt(3) == 0) {
            targeting.putArray("devices").add(random.nextInt(3) == 0 ? "desktop" : "phone");
        }
        if (random.nextInt(3) == 0) {
            some(targeting.putArray("interests"), INTERESTS, 2);
        }
        if (random.nextInt(5) == 0) {
            some(targeting.putArray("topics"), INTERESTS, 3);
        }
        return json;
    }

    private static ObjectNode creative(String advertiser, int i) {
        var json = json().put("advertiser", advertiser)
                .put("kind", "NATIVE_CARD")
                .put("review_status", "APPROVED")
                .put("landing_page", "https://house" + i + ".example/");
        json.putObject("headline").put("en", "Linen for long summers").put("ar", "كتّان لصيف طويل");
        json.putObject("body").put("en", "Woven to breathe, made to last.").put("ar", "منسوج ليتنفس ومصنوع ليبقى.");
        json.putObject("call_to_action").put("en", "See more").put("ar", "اعرف المزيد");
        return json;
    }

    private static ObjectNode ad(String adGroup, String creative) {
        return json().put("ad_group", adGroup).put("creative", creative).put("entity_status", "ACTIVE");
    }

    private void fund(String advertiser, Instant at) {
        var usd = Currency.getInstance("USD");
        engine.accountant()
                .transfer(new Transfer.Direct(
                        engine.ids().next("ent"),
                        new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", usd),
                        new AccountId(AccountId.Kind.ADVERTISER_FUNDS, advertiser, usd),
                        1_000_000_000_000L,
                        at,
                        "prepaid"));
    }

    private void some(ArrayNode list, List<String> of, int count) {
        int first = random.nextInt(of.size());
        for (int i = 0; i < count; i++) {
            list.add(of.get((first + i * 3) % of.size()));
        }
    }

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }
}
