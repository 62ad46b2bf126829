package mizan.sim.booking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.http.Refused;
import mizan.server.http.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// Random wishes of a desk: new things, changes, and now and then one that must be refused.
final class Bookings {
    static final Booking.Author DESK = new Booking.Author("desk", "a test");
    private static final String NOBODY = "adv_00000000000000000000000000";

    private final Booking booking;
    private final SplittableRandom random;
    private final List<String> advertisers = new ArrayList<>();
    private final List<String> terms = new ArrayList<>();
    private final List<String> campaigns = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();

    Bookings(Booking booking, long seed) {
        this.booking = booking;
        this.random = new SplittableRandom(seed);
    }

    /// One call. Answers its last revision, or nothing when it was refused.
    Optional<Long> one() {
        try {
            return Optional.of(
                    switch (advertisers.isEmpty() ? 0 : random.nextInt(12)) {
                        case 0 -> advertiser();
                        case 1 -> termsOfOne();
                        case 2 -> whole();
                        case 3 -> changeAdvertiser();
                        case 4 -> refused();
                        case 5, 6 -> changeTerms();
                        case 7, 8 -> changeCampaign();
                        default -> changeGroup();
                    });
        } catch (Refused _) {
            return Optional.empty();
        }
    }

    private long advertiser() {
        var done = make(Kind.ADVERTISER, """
                {"name":{"en":"Brand"},"payer":"Brand Ltd","currency":"USD","metadata":{"crm":"7"}}""");
        advertisers.add(done.id());
        return done.revision();
    }

    private long termsOfOne() {
        var done = make(Kind.TERMS, """
                {"advertiser":"%s","name":"House terms","keywords":["war"]}""".formatted(pick(advertisers)));
        terms.add(done.id());
        return done.revision();
    }

    /// A campaign with everything below it, each made by a call of its own.
    private long whole() {
        var advertiser = pick(advertisers);
        var under = terms.isEmpty() ? "" : ",\"suitability_terms\":\"" + pick(terms) + '"';
        var campaign = make(Kind.CAMPAIGN, """
                {"advertiser":"%s","name":{"en":"Spring","ar":"الربيع"},"entity_status":"ACTIVE",
                 "frequency_caps":[{"max":3,"window":"P1D"}],
                 "flight":{"start":"2026-11-01T00:00:00Z","end":"2027-01-01T00:00:00.000000001Z"},
                 "budget":{"total_micros":%d}%s}""".formatted(advertiser, 1 + random.nextInt(1_000), under))
                .id();
        campaigns.add(campaign);
        var group = make(Kind.AD_GROUP, """
                {"campaign":"%s","name":{"en":"Readers"},"entity_status":"ACTIVE","external_id":"x%d",
                 "bid":{"charge_by":"CLICK","amount_micros":%d},"targeting":{"countries":["SA","EG"]}}""".formatted(campaign, random.nextInt(), 1 + random.nextInt(1_000)))
                .id();
        groups.add(group);
        var creative = make(Kind.CREATIVE, """
                {"advertiser":"%s","headline":{"en":"H"},"body":{"en":"B"},"call_to_action":{"en":"Go"},
                 "landing_page":"https://brand.example/","review_status":"APPROVED",
                 "picture":{"name":"dunes.png","width":800,"height":450,"alternative":{"en":"Dunes"}},
                 "cards":[{"picture":{"name":"a.png","width":8,"height":4,"alternative":{"en":"A"}},"headline":{"en":"One"}},
                  {"picture":{"name":"b.png","width":8,"height":4,"alternative":{"en":"B"}},"headline":{"en":"Two"}}],
                 "kind":"CAROUSEL",
                 "frequency_caps":[{"max":3,"window":"P1D","cool_down":"PT1H"}]}""".formatted(advertiser)).id();
        return make(Kind.AD, """
                {"ad_group":"%s","creative":"%s","entity_status":"ACTIVE"}""".formatted(group, creative)).revision();
    }

    private long changeAdvertiser() {
        return change(Kind.ADVERTISER, pick(advertisers), "{\"industry\":\"trade%d\"}");
    }

    private long changeTerms() {
        return terms.isEmpty() ? termsOfOne() : change(Kind.TERMS, pick(terms), "{\"name\":\"Terms %d\"}");
    }

    private long changeCampaign() {
        return campaigns.isEmpty()
                ? whole()
                : change(Kind.CAMPAIGN, pick(campaigns), "{\"budget\":{\"daily_micros\":%d}}");
    }

    private long changeGroup() {
        return groups.isEmpty()
                ? whole()
                : change(Kind.AD_GROUP, pick(groups), "{\"bid\":{\"charge_by\":\"CLICK\",\"amount_micros\":%d}}");
    }

    private long change(Kind kind, String id, String fields) {
        var wish = new Booking.Wish(kind, Optional.of(id), "update", json(fields.formatted(1 + random.nextInt(50))));
        return booking.apply(wish, DESK).revision();
    }

    /// The first wish is sound, the second is not: nothing of either may be seen.
    private long refused() {
        var sound = new Booking.Wish(
                Kind.ADVERTISER, Optional.of(pick(advertisers)), "update", json("{\"payer\":\"Never Ltd\"}"));
        var wrong = new Booking.Wish(
                Kind.CAMPAIGN,
                Optional.empty(),
                "create",
                json("{\"advertiser\":\"" + NOBODY + "\",\"name\":{\"en\":\"None\"}}"));
        return booking.apply(List.of(sound, wrong), DESK).getLast().revision();
    }

    private Booking.Booked make(Kind kind, String fields) {
        return booking.apply(new Booking.Wish(kind, Optional.empty(), "create", json(fields)), DESK);
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    static ObjectNode json(String text) {
        return StrictJson.own(text);
    }
}
