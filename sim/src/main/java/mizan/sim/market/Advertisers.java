package mizan.sim.market;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mizan.core.campaign.AdGroupId;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Transfer;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.http.StrictJson;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Who advertises, booked in the engine like anybody else, and what only the simulation knows of them.
final class Advertisers {
    private static final Booking.Author DESK = new Booking.Author("market", "simulated");
    private static final int OUTSIDE = 4;
    private static final List<String> PRESETS = List.of("NONE", "STANDARD", "STRICT");

    private final Engine engine;
    private final List<Campaign> campaigns = new ArrayList<>();

    /// @param clickRate true clicks a render for a reader of average taste in the first position
    /// @param taste the readers it is made for, see [Readers#taste]
    /// @param daily 0 for none: the outside demand
    record Campaign(
            String name,
            String id,
            AdGroupId group,
            String preset,
            boolean byClick,
            double clickRate,
            List<Double> taste,
            long daily) {
        boolean outside() {
            return daily == 0;
        }
    }

    /// @param unbound what each campaign spends a day without a budget; empty to book them without
    Advertisers(Engine engine, Scenario scenario, Optional<List<Long>> unbound) {
        this.engine = engine;
        var random = new SplittableRandom(scenario.seed());
        engine.booking().apply(new Booking.Wish(Kind.PLACEMENT, Optional.empty(), "create", json("""
                        {"code":"home","name":{"en":"Home feed"},"currency":"USD","first_slot":3,"min_gap":5,
                         "max_ads":3,"floor_cpm_micros":1000000,"position_factors":[1,0.72,0.58]}""")), DESK);
        for (int i = 0; i < scenario.campaigns() + OUTSIDE; i++) {
            // Each from a stream of its own: one more campaign changes nothing about the others.
            var own = random.split();
            boolean outside = i >= scenario.campaigns();
            double share = own.nextDouble(0.15, 1.1);
            int number = i;
            long unlimited = outside ? 0 : unbound.map(u -> u.get(number)).orElse(0L);
            long daily = unbound.isEmpty() ? 0 : (long) (unlimited * share);
            campaigns.add(book(i, own, daily, outside, unbound.isEmpty()));
        }
    }

    List<Campaign> all() {
        return List.copyOf(campaigns);
    }

    private Campaign book(int number, SplittableRandom random, long daily, boolean outside, boolean pilot) {
        boolean byClick = !outside && random.nextBoolean();
        double clickRate = Draws.lognormal(0.01, 0.4, random);
        long bid = (long) Draws.lognormal(byClick ? 2_000_000 : 12_000_000, 0.5, random);
        // A pilot cannot see what somebody earns who seldom wins: ten clicks or a hundred impressions at least.
        long budget = daily == 0 && (outside || pilot) ? 0 : Math.max(daily, byClick ? 10 * bid : bid / 10);
        int countries = outside ? 5 : (int) Math.round(20 * random.nextDouble(0.15, 0.8));
        int first = random.nextInt(20);
        var preset = outside ? "NONE" : PRESETS.get(random.nextInt(PRESETS.size()));
        var name = (outside ? "outside " : "campaign ") + number;

        var advertiser = JsonNodeFactory.instance.objectNode();
        advertiser.putObject("name").put("en", name);
        advertiser
                .put("payer", name + " Ltd")
                .put("industry", "industry_" + number)
                .put("currency", "USD");
        advertiser.put("time_zone", "UTC");
        var advertiserId = make(Kind.ADVERTISER, advertiser);
        fund(advertiserId);

        var campaign = JsonNodeFactory.instance.objectNode();
        campaign.put("advertiser", advertiserId).put("entity_status", "ACTIVE");
        campaign.putObject("name").put("en", name);
        campaign.putObject("flight").put("start", Scenario.START.toString());
        campaign.put("pacing", outside ? "ASAP" : "EVEN");
        if (budget > 0) {
            campaign.putObject("budget").put("daily_micros", budget);
        }
        if (!outside) {
            campaign.putArray("frequency_caps").addObject().put("max", 4).put("window", "P1D");
        }
        if (!preset.equals("NONE")) {
            var terms = JsonNodeFactory.instance.objectNode();
            terms.put("advertiser", advertiserId).put("name", "terms").put("preset", preset);
            terms.put("signed_by", name).put("before", 1).put("after", 1);
            campaign.put("suitability_terms", make(Kind.TERMS, terms));
        }
        var campaignId = make(Kind.CAMPAIGN, campaign);

        var group = JsonNodeFactory.instance.objectNode();
        group.put("campaign", campaignId).put("entity_status", "ACTIVE");
        group.putObject("name").put("en", name);
        group.putObject("bid")
                .put("charge_by", byClick ? "CLICK" : random.nextInt(3) == 0 ? "VIEWABLE_IMPRESSION" : "IMPRESSION")
                .put("amount_micros", bid);
        var targeted = group.putObject("targeting").putArray("countries");
        IntStream.range(0, countries).forEach(c -> targeted.add(Readers.COUNTRIES.get((first + c) % 20)));
        var groupId = make(Kind.AD_GROUP, group);
        ad(advertiserId, groupId, name);
        return new Campaign(
                name,
                campaignId,
                new AdGroupId(groupId),
                preset,
                byClick,
                clickRate,
                Readers.direction(random),
                budget);
    }

    private void ad(String advertiser, String group, String name) {
        var creative = JsonNodeFactory.instance.objectNode();
        creative.put("advertiser", advertiser).put("kind", "NATIVE_CARD").put("review_status", "APPROVED");
        creative.putObject("headline").put("en", name);
        creative.putObject("body").put("en", name);
        creative.putObject("call_to_action").put("en", "See more");
        creative.put("landing_page", "https://market.example/");
        var ad = JsonNodeFactory.instance.objectNode();
        ad.put("ad_group", group).put("creative", make(Kind.CREATIVE, creative)).put("entity_status", "ACTIVE");
        make(Kind.AD, ad);
    }

    /// What happens on the last day, by campaign and hour.
    List<Change> script(Instant day) {
        return List.of(
                new Change(day.plus(Duration.ofHours(10)), 0, "paused for two hours", fields("PAUSED")),
                new Change(day.plus(Duration.ofHours(12)), 0, "resumed", fields("ACTIVE")),
                new Change(day.plus(Duration.ofHours(12)), 1, "budget x3", budget(1, 3)),
                new Change(day.plus(Duration.ofHours(15)), 2, "budget halved", budget(2, 0.5)));
    }

    /// @param campaign by number
    record Change(Instant at, int campaign, String what, ObjectNode fields) {
        Optional<Long> daily() {
            return Optional.ofNullable(fields.get("budget"))
                    .map(b -> b.get("daily_micros").asLong());
        }

        boolean pauses() {
            return fields.path("entity_status").asString("").equals("PAUSED");
        }
    }

    void apply(Change change) {
        engine.booking()
                .apply(
                        new Booking.Wish(
                                Kind.CAMPAIGN,
                                Optional.of(campaigns.get(change.campaign()).id()),
                                "update",
                                change.fields().deepCopy()),
                        new Booking.Author("market", change.what()));
    }

    private static ObjectNode fields(String status) {
        return JsonNodeFactory.instance.objectNode().put("entity_status", status);
    }

    private ObjectNode budget(int campaign, double factor) {
        var json = JsonNodeFactory.instance.objectNode();
        json.putObject("budget")
                .put("daily_micros", (long) (campaigns.get(campaign).daily() * factor));
        return json;
    }

    private String make(Kind kind, ObjectNode fields) {
        return engine.booking()
                .apply(new Booking.Wish(kind, Optional.empty(), "create", fields), DESK)
                .id();
    }

    private static ObjectNode json(String text) {
        return StrictJson.own(text);
    }

    private void fund(String advertiser) {
        var usd = Currency.getInstance("USD");
        engine.accountant()
                .transfer(new Transfer.Direct(
                        engine.ids().next("ent"),
                        new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", usd),
                        new AccountId(AccountId.Kind.ADVERTISER_FUNDS, advertiser, usd),
                        1_000_000_000_000L,
                        Scenario.START,
                        "prepaid"));
    }
}
