package mizan.sim.life;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import mizan.core.experiment.GhostAds;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Transfer;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.http.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// Three advertisers with little money, each charged by another kind of event, and what they have said.
///
/// The budgets, pauses and words kept here are the simulation's own memory of what it asked for; the book is
/// never consulted by the checks.
final class Town {
    /// Posts from one ad to the next.
    static final int MIN_GAP = 2;

    static final Currency USD = Currency.getInstance("USD");
    private static final Booking.Author DESK = new Booking.Author("sim", "");
    private static final List<String> CHARGE_BY = List.of("IMPRESSION", "VIEWABLE_IMPRESSION", "CLICK");
    private static final List<String> WORDS = List.of("war", "حرب", "bread", "bitter");

    /// One advertiser with one campaign.
    static final class House {
        final String advertiser;
        final String terms;
        String campaign = "";
        final Set<String> words = new HashSet<>();
        boolean paused;
        /// Empty when nobody is held out.
        Optional<GhostAds.Holdout> holdout = Optional.empty();
        long highestTotal;
        long dailyNow;
        final Map<String, Long> highestDaily = new HashMap<>();

        House(String advertiser, String terms) {
            this.advertiser = advertiser;
            this.terms = terms;
        }
    }

    final List<House> houses = new ArrayList<>();
    private final RandomGenerator random;

    Town(Engine engine, RandomGenerator random, Instant now) {
        this.random = random;
        make(engine, Kind.PLACEMENT, """
                {"code":"home","name":{"en":"Home"},"currency":"USD","first_slot":1,"min_gap":%d,"max_ads":3,
                 "floor_cpm_micros":1000000}""".formatted(MIN_GAP));
        for (int i = 0; i < CHARGE_BY.size(); i++) {
            houses.add(open(engine, i, now));
        }
    }

    private House open(Engine engine, int number, Instant now) {
        var advertiser = make(engine, Kind.ADVERTISER, """
                {"name":{"en":"House %d"},"payer":"House %d","industry":"food","currency":"USD","time_zone":"UTC"}""".formatted(number, number));
        var terms = make(engine, Kind.TERMS, """
                {"advertiser":"%s","name":"T","preset":"%s","signed_by":"sim","keywords":["war"],"before":1,"after":1}""".formatted(advertiser, number == 1 ? "STRICT" : "RELAXED"));
        var house = new House(advertiser, terms);
        house.words.add("war");
        house.highestTotal = micros(60);
        house.dailyNow = micros(25);
        house.campaign = make(engine, Kind.CAMPAIGN, """
                {"advertiser":"%s","entity_status":"ACTIVE","suitability_terms":"%s","name":{"en":"C"},"pacing":"ASAP",
                 "budget":{"total_micros":%d,"daily_micros":%d},"flight":{"start":"%s"}}""".formatted(
                        advertiser, terms, house.highestTotal, house.dailyNow, now.minusSeconds(60)));
        boolean click = CHARGE_BY.get(number).equals("CLICK");
        var group = make(engine, Kind.AD_GROUP, """
                {"campaign":"%s","entity_status":"ACTIVE","name":{"en":"G"},"bid":{"charge_by":"%s","amount_micros":%d}}""".formatted(
                        house.campaign, CHARGE_BY.get(number), click ? 200_000 : 20_000_000));
        var creative = make(engine, Kind.CREATIVE, """
                {"advertiser":"%s","kind":"NATIVE_CARD","review_status":"APPROVED","headline":{"en":"H"},
                 "body":{"en":"B"},"call_to_action":{"en":"See more"},"landing_page":"https://house.example/"}""".formatted(advertiser));
        make(engine, Kind.AD, """
                {"ad_group":"%s","creative":"%s","entity_status":"ACTIVE"}""".formatted(group, creative));
        engine.accountant()
                .transfer(new Transfer.Direct(
                        "fund/" + number,
                        new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", USD),
                        new AccountId(AccountId.Kind.ADVERTISER_FUNDS, advertiser, USD),
                        micros(80),
                        now,
                        "prepaid"));
        return house;
    }

    /// One to `most` impressions' worth.
    private long micros(int most) {
        return 20_000L * (1 + random.nextInt(most));
    }

    /// Somebody changes their mind: money, a pause, a holdout, or a word.
    void change(Engine engine, String day) {
        var house = houses.get(random.nextInt(houses.size()));
        noteDay(day);
        switch (random.nextInt(4)) {
            case 0 -> {
                long total = micros(90);
                long daily = micros(40);
                patch(engine, Kind.CAMPAIGN, house.campaign, """
                        {"budget":{"total_micros":%d,"daily_micros":%d}}""".formatted(total, daily));
                house.highestTotal = Math.max(house.highestTotal, total);
                house.dailyNow = daily;
                noteDay(day);
            }
            case 1 -> {
                patch(engine, Kind.CAMPAIGN, house.campaign, """
                        {"entity_status":"%s"}""".formatted(house.paused ? "ACTIVE" : "PAUSED"));
                house.paused = !house.paused;
            }
            case 2 -> {
                int percent = List.of(0, 20, 50).get(random.nextInt(3));
                patch(engine, Kind.CAMPAIGN, house.campaign, """
                        {"holdout_percent":%s}""".formatted(percent == 0 ? "null" : percent));
                house.holdout =
                        percent == 0 ? Optional.empty() : Optional.of(GhostAds.Holdout.of(house.campaign, percent));
            }
            default -> {
                var words = new HashSet<>(house.words);
                var word = WORDS.get(random.nextInt(WORDS.size()));
                if (!words.remove(word)) {
                    words.add(word);
                }
                var list = StrictJson.own("{}").putArray("keywords");
                words.stream().sorted().forEach(list::add);
                patch(engine, Kind.TERMS, house.terms, "{\"keywords\":" + list + "}");
                house.words.clear();
                house.words.addAll(words);
            }
        }
    }

    /// Remembers the highest daily limit that was in force on this day.
    void noteDay(String day) {
        houses.forEach(h -> h.highestDaily.merge(day, h.dailyNow, Math::max));
    }

    Optional<House> ofCampaign(String campaign) {
        return houses.stream().filter(h -> h.campaign.equals(campaign)).findFirst();
    }

    private static String make(Engine engine, Kind kind, String json) {
        return engine.booking()
                .apply(new Booking.Wish(kind, Optional.empty(), "create", StrictJson.own(json)), DESK)
                .id();
    }

    private static void patch(Engine engine, Kind kind, String id, String json) {
        ObjectNode fields = StrictJson.own(json);
        engine.booking().apply(new Booking.Wish(kind, Optional.of(id), "update", fields), DESK);
    }
}
