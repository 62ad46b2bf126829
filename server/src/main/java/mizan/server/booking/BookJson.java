package mizan.server.booking;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import mizan.core.campaign.AccountStatus;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Bid;
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
import mizan.core.campaign.PlacementId;
import mizan.core.campaign.ReviewStatus;
import mizan.core.campaign.Text;
import mizan.core.experiment.GhostAds;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.core.suitability.text.KeywordList;
import mizan.core.targeting.Targeting;
import mizan.server.http.Fields;
import mizan.server.http.ProblemCode;
import mizan.server.picture.redraw.Limits;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// How booked things look as JSON, both ways. The same reader serves new things, changed things and stored
/// versions.
final class BookJson {
    static final long MAX_BUDGET = 1_000_000_000_000_000L;

    private BookJson() {}

    static ObjectNode write(Advertiser a) {
        var json = node();
        text(json, "name", a.name());
        json.put("payer", a.payer());
        json.put("industry", a.industry());
        json.put("currency", a.currency().getCurrencyCode());
        json.put("time_zone", a.timeZone().getId());
        json.put("account_status", a.status().name());
        caps(json, a.caps());
        if (!a.aliases().isEmpty()) {
            list(json, "aliases", a.aliases());
        }
        a.externalId().ifPresent(e -> json.put("external_id", e));
        map(json, "metadata", a.metadata());
        return json;
    }

    static Advertiser advertiser(Fields f, String id, Instant createdAt) {
        return new Advertiser(
                new AdvertiserId(id),
                text(f, "name", 120),
                f.text("payer", 100),
                f.optionalText("industry", 60).orElse("other"),
                currency(f),
                f.parsed("time_zone", 60, ZoneId::of).orElse(ZoneId.of("UTC")),
                f.choice("account_status", AccountStatus.class, AccountStatus.ACTIVE),
                caps(f),
                List.copyOf(f.texts("aliases", 40, 100)),
                f.optionalText("external_id", 120),
                f.map("metadata", 50, 500),
                createdAt);
    }

    static ObjectNode write(Campaign c) {
        var json = node();
        json.put("advertiser", c.advertiser().value());
        text(json, "name", c.name());
        json.put("entity_status", c.status().name());
        json.put("demand_tier", c.tier().name());
        budget(json, c.budget());
        json.set("flight", flight(c.flight()));
        json.put("pacing", c.pacing().name());
        caps(json, c.caps());
        c.terms().ifPresent(t -> json.put("suitability_terms", t.value()));
        c.holdout().ifPresent(h -> json.put("holdout_percent", h.percent()));
        c.externalId().ifPresent(e -> json.put("external_id", e));
        map(json, "metadata", c.metadata());
        return json;
    }

    static Campaign campaign(Fields f, String id, Instant createdAt) {
        return new Campaign(
                new CampaignId(id),
                id(f, "advertiser", AdvertiserId::new, NO_ADVERTISER),
                text(f, "name", 120),
                f.choice("entity_status", EntityStatus.class, EntityStatus.PAUSED),
                f.choice("demand_tier", DemandTier.class, DemandTier.AUCTION),
                budget(f),
                f.object("flight").map(o -> flight(o, f)).orElse(new Flight(createdAt, Optional.empty())),
                f.choice("pacing", Pacing.class, Pacing.EVEN),
                caps(f),
                f.parsed("suitability_terms", 40, TermsId::new),
                holdout(f, id),
                f.optionalText("external_id", 120),
                f.map("metadata", 50, 500),
                createdAt);
    }

    private static Optional<GhostAds.Holdout> holdout(Fields f, String campaign) {
        var percent = f.optionalNumber("holdout_percent", 1, GhostAds.Holdout.MOST);
        return percent.isPresent()
                ? Optional.of(GhostAds.Holdout.of(campaign, (int) percent.getAsLong()))
                : Optional.empty();
    }

    static ObjectNode write(AdGroup g) {
        var json = node();
        json.put("campaign", g.campaign().value());
        text(json, "name", g.name());
        json.put("entity_status", g.status().name());
        json.putObject("bid")
                .put("charge_by", g.bid().chargeBy().name())
                .put("amount_micros", g.bid().amountMicros());
        json.set("targeting", TargetingJson.write(g.targeting()));
        budget(json, g.budget());
        g.flight().ifPresent(f -> json.set("flight", flight(f)));
        caps(json, g.caps());
        g.externalId().ifPresent(e -> json.put("external_id", e));
        return json;
    }

    static AdGroup adGroup(Fields f, String id, Instant createdAt) {
        var bid = f.required("bid", f.object("bid"))
                .map(b -> new Bid(
                        b.choice("charge_by", ChargeBy.class, ChargeBy.IMPRESSION),
                        b.number("amount_micros", 1, Bid.MAX_MICROS)))
                .orElse(new Bid(ChargeBy.IMPRESSION, 1));
        return new AdGroup(
                new AdGroupId(id),
                id(f, "campaign", CampaignId::new, NO_CAMPAIGN),
                text(f, "name", 120),
                f.choice("entity_status", EntityStatus.class, EntityStatus.PAUSED),
                bid,
                f.object("targeting").map(TargetingJson::read).orElse(Targeting.ANYONE),
                budget(f),
                f.object("flight").map(o -> flight(o, f)),
                caps(f),
                f.optionalText("external_id", 120),
                createdAt);
    }

    static ObjectNode write(Ad a) {
        var json = node();
        json.put("ad_group", a.adGroup().value());
        json.put("creative", a.creative().value());
        json.put("entity_status", a.status().name());
        caps(json, a.caps());
        return json;
    }

    static Ad ad(Fields f, String id, Instant createdAt) {
        return new Ad(
                new AdId(id),
                id(f, "ad_group", AdGroupId::new, NO_GROUP),
                id(f, "creative", CreativeId::new, NO_CREATIVE),
                f.choice("entity_status", EntityStatus.class, EntityStatus.PAUSED),
                caps(f),
                createdAt);
    }

    static ObjectNode write(Creative c) {
        var json = node();
        json.put("advertiser", c.advertiser().value());
        json.put("kind", c.kind().name());
        text(json, "headline", c.headline());
        text(json, "body", c.body());
        text(json, "call_to_action", c.callToAction());
        json.put("landing_page", c.landingPage().toString());
        c.picture().ifPresent(p -> picture(json.putObject("picture"), p));
        if (!c.cards().isEmpty()) {
            var cards = json.putArray("cards");
            for (var card : c.cards()) {
                var one = cards.addObject();
                picture(one.putObject("picture"), card.picture());
                text(one, "headline", card.headline());
            }
        }
        caps(json, c.caps());
        c.category().ifPresent(x -> json.put("category", x));
        json.put("review_status", c.review().name());
        c.reviewReason().ifPresent(x -> json.put("review_reason", x));
        return json;
    }

    static Creative creative(Fields f, String id, Instant createdAt) {
        var kind = f.choice("kind", Creative.Kind.class, Creative.Kind.NATIVE_CARD);
        var headline = text(f, "headline", 120);
        var picture = f.object("picture").map(p -> picture(p, headline));
        var review = f.choice("review_status", ReviewStatus.class, ReviewStatus.PENDING_REVIEW);
        // Agents book words; the operator adds the picture before anybody sees it.
        if (kind == Creative.Kind.IMAGE && review == ReviewStatus.APPROVED && picture.isEmpty()) {
            f.error("picture", ProblemCode.REQUIRED);
        }
        var cards = cards(f, headline);
        if ((kind == Creative.Kind.CAROUSEL) != (cards.size() >= Creative.Card.LEAST)) {
            f.error("cards", ProblemCode.OUT_OF_RANGE, "2 to 10 cards in a CAROUSEL, and none in anything else");
        }
        return new Creative(
                new CreativeId(id),
                id(f, "advertiser", AdvertiserId::new, NO_ADVERTISER),
                kind,
                headline,
                text(f, "body", 500),
                text(f, "call_to_action", 40),
                f.required("landing_page", f.https("landing_page"))
                        .orElse(java.net.URI.create("https://example.invalid/")),
                picture,
                cards,
                caps(f),
                f.optionalText("category", 20),
                review,
                f.optionalText("review_reason", 60),
                createdAt);
    }

    private static void picture(ObjectNode json, Creative.Picture picture) {
        json.put("name", picture.name())
                .put("width", picture.width())
                .put("height", picture.height())
                .put("moving", picture.moving());
        text(json, "alternative", picture.alternative());
        picture.caption().ifPresent(words -> text(json, "caption", words));
    }

    private static List<Creative.Card> cards(Fields f, Text headline) {
        var cards = new ArrayList<Creative.Card>();
        for (var card : f.objects("cards", Creative.Card.MOST)) {
            card.required("picture", card.object("picture"))
                    .map(p -> picture(p, headline))
                    .ifPresent(p -> cards.add(new Creative.Card(p, text(card, "headline", 60))));
        }
        return cards;
    }

    /// Whoever does not see it is told what it shows, in the language in which they read the rest.
    private static Creative.Picture picture(Fields p, Text headline) {
        var alternative = text(p, "alternative", 300);
        headline.byLanguage().keySet().stream()
                .filter(language -> !alternative.byLanguage().containsKey(language))
                .forEach(language -> p.error("alternative/" + language, ProblemCode.REQUIRED));
        boolean moving = p.flag("moving", false);
        var caption = p.has("caption") ? Optional.of(text(p, "caption", 300)) : Optional.<Text>empty();
        if (moving && caption.isEmpty()) {
            p.error("caption", ProblemCode.REQUIRED);
        }
        return new Creative.Picture(
                p.text("name", 200),
                (int) p.number("width", 1, Limits.MOST_SIDE),
                (int) p.number("height", 1, Limits.MOST_SIDE),
                moving,
                alternative,
                caption);
    }

    static ObjectNode write(Placement p) {
        var json = node();
        json.put("code", p.code());
        text(json, "name", p.name());
        json.put("surface", p.surface().name());
        json.put("entity_status", p.status().name());
        json.put("first_slot", p.firstSlot());
        json.put("min_gap", p.minGap());
        json.put("min_gap_seconds", p.minGapSeconds());
        json.put("max_ads", p.maxAds());
        json.put("ad_load", p.adLoad());
        json.put("floor_cpm_micros", p.floorCpmMicros());
        json.put("currency", p.currency().getCurrencyCode());
        var factors = json.putArray("position_factors");
        p.positionFactors().forEach(factors::add);
        if (!p.vetoes().isEmpty()) {
            Vetoes.write(json.putObject("vetoes"), p.vetoes());
        }
        return json;
    }

    static Placement placement(Fields f, String id, Instant createdAt) {
        var factors = new ArrayList<Double>();
        var given = f.value("position_factors");
        if (given.isPresent() && !given.get().isArray()) {
            f.error("position_factors", ProblemCode.WRONG_TYPE, "a list");
        }
        given.ifPresent(list -> list.forEach(n -> factors.add(n.isNumber() ? n.doubleValue() : -1)));
        if (factors.stream().anyMatch(x -> !(x > 0 && x <= 1)) || factors.size() > 20) {
            f.error("position_factors", ProblemCode.OUT_OF_RANGE, "up to 20 numbers above 0, at most 1");
            factors.clear();
        }
        return new Placement(
                new PlacementId(id),
                f.text("code", 60),
                text(f, "name", 120),
                f.choice("surface", Placement.Surface.class, Placement.Surface.FEED),
                f.choice("entity_status", EntityStatus.class, EntityStatus.ACTIVE),
                new Placement.Spacing(
                        (int) f.optionalNumber("first_slot", 1, 100).orElse(3),
                        (int) f.optionalNumber("min_gap", 1, 100).orElse(5),
                        (int) f.optionalNumber("min_gap_seconds", 0, 3_600).orElse(0),
                        (int) f.optionalNumber("max_ads", 1, 20).orElse(4),
                        f.real("ad_load", 0.000_001, 1, 1)),
                f.optionalNumber("floor_cpm_micros", 0, Bid.MAX_MICROS).orElse(0),
                currency(f),
                factors.isEmpty() ? List.of(1.0, 0.72, 0.58, 0.5) : factors,
                createdAt,
                Vetoes.read(f));
    }

    static ObjectNode write(Terms t) {
        var json = node();
        json.put("advertiser", t.advertiser().value());
        json.put("name", t.name());
        json.put("preset", t.preset().name());
        json.put("max_tier", t.maxTier().name());
        var topics = json.putObject("max_tier_by_topic");
        new TreeMap<>(t.maxTierByTopic()).forEach((topic, tier) -> topics.put(topic.code(), tier.name()));
        list(json, "keywords", t.keywords());
        list(json, "authors", new TreeSet<>(t.authors()));
        list(json, "communities", new TreeSet<>(t.communities()));
        list(json, "languages", new TreeSet<>(t.languages()));
        json.put("before", t.before());
        json.put("after", t.after());
        if (!t.lists().isEmpty()) {
            SharedLists.write(json.putArray("lists"), t.lists());
        }
        json.put("signed_by", t.signedBy());
        json.put("signed_at", t.signedAt().toString());
        return json;
    }

    static Terms terms(Fields f, String id, int version, Instant at) {
        var preset = f.choice("preset", Terms.Preset.class, Terms.Preset.STANDARD);
        var byTopic = new LinkedHashMap<Topic, Tier>();
        f.map("max_tier_by_topic", 11, 40).forEach((topic, tier) -> {
            try {
                byTopic.put(
                        Topic.valueOf(topic.toUpperCase(java.util.Locale.ROOT)),
                        Tier.valueOf(tier.toUpperCase(java.util.Locale.ROOT)));
            } catch (IllegalArgumentException _) {
                f.error("max_tier_by_topic/" + topic, ProblemCode.INVALID_VALUE, "a sensitive topic and a tier");
            }
        });
        var maxTier = f.choice("max_tier", Tier.class, preset.maxTier());
        if (maxTier == Tier.FLOOR || byTopic.containsValue(Tier.FLOOR)) {
            f.error("max_tier", ProblemCode.INVALID_VALUE, "a tier above the floor: nobody can buy the floor");
            maxTier = preset.maxTier();
            byTopic.clear();
        }
        var keywords = keywords(f);
        var read = new Terms(
                new TermsId(id),
                id(f, "advertiser", AdvertiserId::new, NO_ADVERTISER),
                version,
                f.text("name", 120),
                preset,
                maxTier,
                byTopic,
                keywords,
                f.texts("authors", Terms.MAX_LIST, 200),
                f.texts("communities", Terms.MAX_LIST, 200),
                f.texts("languages", 20, 10),
                (int) f.optionalNumber("before", 1, 3).orElse(1),
                (int) f.optionalNumber("after", 1, 3).orElse(1),
                f.optionalText("signed_by", 120).orElse("unsigned"),
                f.time("signed_at").orElse(at),
                SharedLists.read(f));
        return SharedLists.fit(f, read) ? read : read.withoutLists();
    }

    /// Refuses those that could match nothing.
    static List<String> keywords(Fields f) {
        var keywords = List.copyOf(f.texts("keywords", Terms.MAX_LIST, KeywordList.MAX_KEYWORD_CHARS));
        keywords.stream()
                .filter(keyword -> !KeywordList.isUsable(keyword))
                .forEach(keyword -> f.error("keywords", ProblemCode.INVALID_VALUE, "words, not " + keyword));
        return keywords;
    }

    private static final AdvertiserId NO_ADVERTISER = new AdvertiserId("adv_00000000000000000000000000");
    private static final CampaignId NO_CAMPAIGN = new CampaignId("cmp_00000000000000000000000000");
    private static final AdGroupId NO_GROUP = new AdGroupId("grp_00000000000000000000000000");
    private static final CreativeId NO_CREATIVE = new CreativeId("cre_00000000000000000000000000");

    /// An id of the right form; a wrong one is reported, and a stand-in is answered that is never used.
    private static <T> T id(Fields f, String name, java.util.function.Function<String, T> make, T standIn) {
        return f.required(name, f.parsed(name, 40, make)).orElse(standIn);
    }

    private static Currency currency(Fields f) {
        return f.required("currency", f.parsed("currency", 3, Currency::getInstance))
                .orElse(Currency.getInstance("USD"));
    }

    private static Text text(Fields f, String name, int max) {
        var words = f.map(name, 20, max);
        if (words.isEmpty() && f.sound()) {
            f.error(name, ProblemCode.REQUIRED);
        }
        return words.isEmpty() ? Text.of("en", "-") : new Text(words);
    }

    private static Budget budget(Fields f) {
        var budget = f.object("budget");
        if (budget.isEmpty()) {
            return Budget.UNLIMITED;
        }
        return new Budget(
                budget.get().optionalNumber("total_micros", 1, MAX_BUDGET),
                budget.get().optionalNumber("daily_micros", 1, MAX_BUDGET));
    }

    private static Flight flight(Fields o, Fields f) {
        var start = o.required("start", o.time("start")).orElse(Instant.EPOCH);
        var end = o.time("end");
        if (end.isPresent() && !end.get().isAfter(start)) {
            f.error("flight/end", ProblemCode.OUT_OF_RANGE, "a time after the start");
            return new Flight(start, Optional.empty());
        }
        return new Flight(start, end);
    }

    private static List<FrequencyCap> caps(Fields f) {
        var caps = new ArrayList<FrequencyCap>();
        for (var cap : f.objects("frequency_caps", 10)) {
            long max = cap.number("max", 1, 1_000);
            var window = cap.required("window", cap.duration("window"));
            var coolDown = cap.duration("cool_down").orElse(Duration.ZERO);
            if (window.isPresent()) {
                try {
                    caps.add(new FrequencyCap((int) max, window.get(), coolDown));
                } catch (IllegalArgumentException _) {
                    cap.error(
                            coolDown.isZero() ? "window" : "cool_down",
                            ProblemCode.OUT_OF_RANGE,
                            "PT1M to P90D, the cool-down up to the window");
                }
            }
        }
        return caps;
    }

    /// The same with equal texts of its lists made one object: a large book names the same few thousand
    /// countries, interests and topics a million times.
    static ObjectNode sharingNames(ObjectNode json) {
        for (var value : json) {
            if (value instanceof ArrayNode list) {
                for (int i = 0; i < list.size(); i++) {
                    if (list.get(i).isString()) {
                        list.set(i, StringNode.valueOf(list.get(i).stringValue().intern()));
                    }
                }
            } else if (value instanceof ObjectNode inner) {
                sharingNames(inner);
            }
        }
        return json;
    }

    private static void budget(ObjectNode json, Budget budget) {
        if (budget.equals(Budget.UNLIMITED)) {
            return;
        }
        var node = json.putObject("budget");
        put(node, "total_micros", budget.totalMicros());
        put(node, "daily_micros", budget.dailyMicros());
    }

    private static void put(ObjectNode node, String name, OptionalLong value) {
        value.ifPresent(v -> node.put(name, v));
    }

    private static ObjectNode flight(Flight flight) {
        var node = node().put("start", flight.start().toString());
        flight.end().ifPresent(end -> node.put("end", end.toString()));
        return node;
    }

    private static void caps(ObjectNode json, List<FrequencyCap> caps) {
        var list = json.putArray("frequency_caps");
        for (var cap : caps) {
            var node = list.addObject()
                    .put("max", cap.max())
                    .put("window", cap.window().toString());
            if (!cap.coolDown().isZero()) {
                node.put("cool_down", cap.coolDown().toString());
            }
        }
    }

    private static void text(ObjectNode json, String name, Text text) {
        map(json, name, text.byLanguage());
    }

    private static void map(ObjectNode json, String name, Map<String, String> map) {
        var node = json.putObject(name);
        new TreeMap<>(map).forEach(node::put);
    }

    private static void list(ObjectNode json, String name, Iterable<String> items) {
        var list = json.putArray(name);
        items.forEach(list::add);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
