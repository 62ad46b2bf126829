package mizan.server.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.CampaignId;
import mizan.core.decision.Explanation;
import mizan.core.decision.Snapshot;
import mizan.core.experiment.Effect;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Viewer;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Transfer;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Tier;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.http.StrictJson;
import mizan.server.serve.Answered;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holdouts in the real engine: who is kept from ads, what is counted of it, and what the figures say.
class LiftTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Booking.Author DESK = new Booking.Author("test", "");
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private Instant now = START;
    private final InstantSource time = () -> now;
    private Engine engine;
    private String advertiser = "";
    private String held = "";

    @BeforeEach
    void open() {
        engine = Engine.embedded(folder, LeaseRules.STANDARD, time, new SplittableRandom(1));
        make(Kind.PLACEMENT, """
                {"code":"home","name":{"en":"Home"},"currency":"USD","first_slot":1,"min_gap":2,"max_ads":1,
                 "floor_cpm_micros":1000}""");
        advertiser = campaignOf("food", "\"holdout_percent\":50,", 3_000_000);
        held = engine.booking().book().campaigns().keySet().stream()
                .findFirst()
                .orElseThrow()
                .value();
        campaignOf("travel", "", 2_000_000);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private String make(Kind kind, String json) {
        return engine.booking()
                .apply(new Booking.Wish(kind, Optional.empty(), "create", StrictJson.own(json)), DESK)
                .id();
    }

    /// An advertiser of an industry with a campaign, its ad group and ad.
    private String campaignOf(String industry, String holdout, long bidMicros) {
        var owner = make(Kind.ADVERTISER, """
                {"name":{"en":"A"},"payer":"A","industry":"%s","currency":"USD","time_zone":"UTC"}""".formatted(industry));
        var campaign = make(Kind.CAMPAIGN, """
                {"advertiser":"%s","entity_status":"ACTIVE","name":{"en":"C"},"pacing":"ASAP",%s
                 "flight":{"start":"2026-03-01T00:00:00Z"}}""".formatted(owner, holdout));
        var creative = make(Kind.CREATIVE, """
                {"advertiser":"%s","kind":"NATIVE_CARD","review_status":"APPROVED","headline":{"en":"H"},"body":{"en":"B"},
                 "call_to_action":{"en":"See"},"landing_page":"https://a.example/"}""".formatted(owner));
        var group = make(Kind.AD_GROUP, """
                {"campaign":"%s","entity_status":"ACTIVE","name":{"en":"G"},
                 "bid":{"charge_by":"IMPRESSION","amount_micros":%d}}""".formatted(campaign, bidMicros));
        make(Kind.AD, """
                {"ad_group":"%s","creative":"%s","entity_status":"ACTIVE"}""".formatted(group, creative));
        engine.accountant()
                .transfer(new Transfer.Direct(
                        "fund " + owner,
                        new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", USD),
                        new AccountId(AccountId.Kind.ADVERTISER_FUNDS, owner, USD),
                        1_000_000_000_000L,
                        now,
                        "prepaid"));
        return owner;
    }

    private Campaign heldCampaign() {
        return Optional.ofNullable(engine.booking().book().campaigns().get(new CampaignId(held)))
                .orElseThrow();
    }

    private boolean isHeldOut(String reader) {
        return heldCampaign().holdsOut(Optional.of(reader));
    }

    private Answered page(String reader) {
        var viewer = new Viewer(
                Optional.of(reader),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of());
        var posts = new ArrayList<FeedPost>();
        for (int i = 0; i < 4; i++) {
            posts.add(new FeedPost(
                    "p" + i,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Set.of(),
                    Optional.of(new PostVerdict(Tier.SAFE, Set.of(), "test", "1", START, Optional.empty())),
                    Map.of(),
                    Set.of(),
                    ""));
        }
        var placement = Optional.ofNullable(
                        engine.snapshots().current().placements().get("home"))
                .orElseThrow();
        return engine.serving().serve(placement, viewer, posts);
    }

    @Test
    void givenAHoldout_whenPagesAreServed_thenNoneOfItIsShownToTheHeldOutAndEveryRecordRepeats() {
        int ghosts = 0;
        int shown = 0;
        for (int reader = 0; reader < 500; reader++) {
            var record = page("r" + reader).record();
            var campaigns =
                    record.impressions().stream().map(i -> i.campaign().value()).toList();
            assertEquals(1, campaigns.size(), "reader " + reader);
            assertEquals(!isHeldOut("r" + reader), campaigns.contains(held), "reader " + reader);
            assertEquals(isHeldOut("r" + reader) ? 1 : 0, record.ghosts().size(), "reader " + reader);
            var snapshot = Snapshot.compile(engine.booking().bookAt(record.bookRevision()));
            assertEquals(record.ghosts(), Explanation.repeat(record, snapshot).ghosts(), "reader " + reader);
            ghosts += record.ghosts().size();
            shown += record.impressions().size();
        }
        assertTrue(ghosts > 200 && ghosts < 300, ghosts + " ghosts");
        assertEquals(500, shown);
    }

    @Test
    void givenGhostsAndAds_whenTheyAreFoldedAndTheEngineStartsAgain_thenEachViewerIsCountedOnceInTheirGroup() {
        for (int reader = 0; reader < 300; reader++) {
            page("r" + reader);
            page("r" + reader);
        }
        page("a reader that was met before the stop, and folded after it");
        engine.close();
        now = now.plus(DAY);
        engine = Engine.embedded(folder, LeaseRules.STANDARD, time, new SplittableRandom(2));
        engine.settle();
        var figures = figures(Optional.empty());
        long heldOut = 0;
        for (int reader = 0; reader < 300; reader++) {
            heldOut += isHeldOut("r" + reader) ? 1 : 0;
        }
        long all = figures.ghosts().viewers() + figures.exposed().viewers();
        assertEquals(301, all);
        assertTrue(figures.ghosts().viewers() - heldOut <= 1, figures.toString());
        assertInstanceOf(Effect.TooEarly.class, figures.effect());
    }

    @Test
    void givenAConversionToldTwice_whenCounted_thenItCountsOnceAndOnlyAfterTheAdAndWithinTheWindow() {
        page("a");
        page("b");
        page("c");
        engine.settle();
        var done = List.of(
                did("1", "a", "buy", now.plusSeconds(60)),
                did("1", "a", "buy", now.plusSeconds(60)),
                did("2", "b", "buy", now.minusSeconds(1)),
                did("3", "c", "buy", now.plus(DAY)));
        assertEquals(3, engine.lift().take(done));
        assertEquals(0, engine.lift().take(done));
        assertEquals(
                3,
                figures(Optional.empty()).exposed().waiting()
                        + figures(Optional.empty()).ghosts().waiting());
        now = now.plus(DAY);
        var figures = figures(Optional.of("buy"));
        assertEquals(1, figures.exposed().converted() + figures.ghosts().converted());
        assertEquals(0, figures(Optional.of("visit")).exposed().converted());
    }

    @Test
    void givenViewersAndConversions_whenTheFilesAreRead_thenNoKeyOfThemIsInTheOneOfLift() throws Exception {
        page("reader-with-a-telling-key");
        engine.lift().take(List.of(did("order-of-a-known-person", "reader-with-a-telling-key", "buy", now)));
        engine.close();
        for (var file : List.of("lift.db", "lift.db-wal")) {
            if (Files.exists(folder.resolve(file))) {
                var bytes = new String(
                        Files.readAllBytes(folder.resolve(file)), java.nio.charset.StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains("telling") || bytes.contains("known-person"), file);
            }
        }
        open(Duration.ZERO);
    }

    private void open(Duration later) {
        now = now.plus(later);
        engine = Engine.embedded(folder, LeaseRules.STANDARD, time, new SplittableRandom(3));
    }

    /// One hundred kinds of outcome that ads do not change, and one that they double, looked at every day.
    @Test
    void givenOutcomesThatAdsDoNotChangeAndOneThatTheyDouble_whenLookedAtDaily_thenFewFalseAlarmsAndTheLiftIsFound() {
        var random = new SplittableRandom(20_261_125);
        int kinds = 100;
        var alarms = new HashSet<String>();
        var found = new ArrayList<Effect.Known>();
        for (int day = 0; day < 12; day++) {
            var done = new ArrayList<Conversion>();
            for (int n = 0; n < 300; n++) {
                var reader = "d" + day + "r" + n;
                page(reader);
                for (int kind = 0; kind < kinds; kind++) {
                    if (random.nextDouble() < 0.1) {
                        done.add(did("k" + kind + reader, reader, "k" + kind, now.plusSeconds(3_600)));
                    }
                }
                if (random.nextDouble() < (isHeldOut(reader) ? 0.1 : 0.2)) {
                    done.add(did("planted" + reader, reader, "planted", now.plusSeconds(3_600)));
                }
            }
            engine.settle();
            engine.lift().take(done);
            now = now.plus(DAY);
            for (int kind = 0; kind < kinds; kind++) {
                if (figures(Optional.of("k" + kind)).effect() instanceof Effect.Known known && known.differs()) {
                    alarms.add("k" + kind);
                }
            }
            if (figures(Optional.of("planted")).effect() instanceof Effect.Known known) {
                found.add(known);
            }
        }
        // Each of 100 independent outcomes has .05 at most; 11 or more has then less than .012.
        assertTrue(alarms.size() <= 10, "seed 20261125: " + alarms);
        var last = found.getLast();
        assertTrue(last.differs() && last.difference() > 0, last.toString());
        assertTrue(last.low() <= 0.1 && 0.1 <= last.high(), last.toString());
    }

    private Lift.Figures figures(Optional<String> kind) {
        return engine.lift().of(heldCampaign(), DAY, kind, now).orElseThrow();
    }

    private Conversion did(String id, String viewer, String kind, Instant at) {
        return new Conversion(new AdvertiserId(advertiser), id, viewer, kind, at);
    }
}
