package mizan.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Viewer;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.EmptySlot;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Tier;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.http.StrictJson;
import mizan.server.rating.Posts;
import mizan.server.reporting.ReachSketch;
import mizan.server.serve.record.DecisionCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the engine remembers of viewers and clicks: caps under load, and everything that was learned after a start.
class LearningTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Booking.Author DESK = new Booking.Author("test", "");

    @TempDir
    Path folder;

    private Instant now = NOW;
    private final InstantSource time = () -> now;
    private Engine engine;
    private String campaign = "";
    private String creative = "";
    private String advertiser = "";

    @BeforeEach
    void open() {
        engine = Engine.embedded(folder, LeaseRules.STANDARD, time, new SplittableRandom(1));
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

    /// One advertiser with two ad groups that share a creative; each level with its caps, a JSON array.
    private void book(String ofAdvertiser, String ofCampaign, String ofCreative) {
        make(Kind.PLACEMENT, """
                {"code":"home","name":{"en":"Home"},"currency":"USD","first_slot":1,"min_gap":2,"max_ads":1,
                 "floor_cpm_micros":1000}""");
        advertiser = make(Kind.ADVERTISER, """
                {"name":{"en":"A"},"payer":"A","industry":"food","currency":"USD","time_zone":"UTC",
                 "frequency_caps":%s}""".formatted(ofAdvertiser));
        campaign = make(Kind.CAMPAIGN, """
                {"advertiser":"%s","entity_status":"ACTIVE","name":{"en":"C"},"pacing":"ASAP","frequency_caps":%s,
                 "flight":{"start":"2026-03-01T00:00:00Z"}}""".formatted(advertiser, ofCampaign));
        creative = make(Kind.CREATIVE, """
                {"advertiser":"%s","kind":"NATIVE_CARD","review_status":"APPROVED","headline":{"en":"H"},"body":{"en":"B"},
                 "frequency_caps":%s,"call_to_action":{"en":"See"},"landing_page":"https://a.example/"}""".formatted(advertiser, ofCreative));
        for (int i = 0; i < 2; i++) {
            var group = make(Kind.AD_GROUP, """
                    {"campaign":"%s","entity_status":"ACTIVE","name":{"en":"G"},
                     "bid":{"charge_by":"IMPRESSION","amount_micros":2000000}}""".formatted(campaign));
            make(Kind.AD, """
                    {"ad_group":"%s","creative":"%s","entity_status":"ACTIVE"}""".formatted(group, creative));
        }
        engine.accountant()
                .transfer(new Transfer.Direct(
                        "fund",
                        new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", USD),
                        new AccountId(AccountId.Kind.ADVERTISER_FUNDS, advertiser, USD),
                        1_000_000_000_000L,
                        now,
                        "prepaid"));
    }

    @Test
    void givenARecordOfAnAdBesideAnUnratedPost_whenItIsFolded_thenTheBrokenTermIsCounted() {
        book("[]", "[]", "[]");
        var answered = page("r1");
        assertEquals(1, answered.shown().size());
        engine.settle();
        assertEquals(0, engine.brokenTerms());
        var record = answered.record();
        var unrated = record.posts().stream().map(p -> Posts.unknown(p.id())).toList();
        var spoiled = new DecisionRecord(
                record.id(),
                record.at(),
                record.seed(),
                record.bookRevision(),
                record.learnedUpTo(),
                record.placement(),
                record.viewer(),
                record.session(),
                unrated,
                record.facts(),
                record.stopped(),
                record.impressions(),
                record.empty(),
                record.unfunded(),
                record.ghosts());
        engine.journal().append(FactCodec.DECISION, DecisionCodec.write(spoiled));
        engine.settle();
        assertEquals(1, engine.brokenTerms());
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
        var placement = engine.snapshots().current().placement("home").orElseThrow();
        return engine.serving().serve(placement, viewer, posts());
    }

    private static List<FeedPost> posts() {
        var posts = new ArrayList<FeedPost>();
        for (int i = 0; i < 4; i++) {
            posts.add(new FeedPost(
                    "p" + i,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Set.of(),
                    Optional.of(new PostVerdict(Tier.SAFE, Set.of(), "test", "1", NOW, Optional.empty())),
                    Map.of(),
                    Set.of(),
                    ""));
        }
        return posts;
    }

    private void report(AdEvent.Kind kind, Answered answered) {
        engine.events()
                .report(answered.shown().stream()
                        .map(s -> new TakeEvents.Report(kind, s.token()))
                        .toList());
    }

    @Test
    void givenACapOfThreeADay_whenEightPagesOfOneViewerAreDecidedAtOnceAgainAndAgain_thenThreeAdsAreShown()
            throws Exception {
        book("[]", "[{\"max\":3,\"window\":\"P1D\"}]", "[]");
        report(AdEvent.Kind.RENDERED, page("somebody else"));
        engine.settle();
        for (int round = 0; round < 10; round++) {
            var reader = "reader" + round;
            var begin = new CyclicBarrier(8);
            Callable<Integer> pages = () -> {
                int shown = 0;
                begin.await();
                for (int i = 0; i < 5; i++) {
                    var answered = page(reader);
                    shown += answered.shown().size();
                    report(AdEvent.Kind.RENDERED, answered);
                }
                return shown;
            };
            int shown = 0;
            try (var threads = Executors.newFixedThreadPool(8)) {
                for (var result : threads.invokeAll(Collections.nCopies(8, pages))) {
                    shown += result.get();
                }
            }
            engine.settle();
            assertEquals(3, shown, "round " + round);
        }
    }

    @Test
    void givenCapsOfTheAdvertiserAndTheCreative_whenTheyAreReached_thenNoAdGroupOfTheirsIsShown() {
        book("[{\"max\":2,\"window\":\"P30D\"}]", "[]", "[]");
        assertEquals(1, page("v").shown().size());
        assertEquals(1, page("v").shown().size());
        var third = page("v");
        assertEquals(0, third.shown().size());
        assertEquals(1, third.empty().size());
        assertNotEquals(EmptySlot.Reason.FREQUENCY, third.empty().getFirst().reason(), "the judge already knew");
        now = now.plus(Duration.ofMinutes(3));
        assertEquals(1, page("v").shown().size(), "reservations that were never rendered have lapsed");
    }

    @Test
    void givenACoolDown_whenAnAdWasRendered_thenTheViewerRestsAndAnotherViewerDoesNot() {
        book("[]", "[]", "[{\"max\":5,\"window\":\"P1D\",\"cool_down\":\"PT10M\"}]");
        var first = page("v");
        report(AdEvent.Kind.RENDERED, first);
        engine.settle();
        assertEquals(1, first.shown().size());
        assertEquals(0, page("v").shown().size());
        assertEquals(1, page("w").shown().size());
        now = now.plus(Duration.ofMinutes(11));
        assertEquals(1, page("v").shown().size());
        var booked = engine.booking().body(Kind.CREATIVE, creative).orElseThrow();
        assertEquals(
                "PT10M", booked.path("frequency_caps").get(0).path("cool_down").asString(""));
    }

    @Test
    void givenRendersAndClicks_whenTheEngineStartsAgain_thenRatesReachAndCapsAreThoseOfBefore() {
        book("[]", "[{\"max\":1,\"window\":\"P60D\"}]", "[]");
        for (int i = 0; i < 300; i++) {
            var answered = page("v" + i % 200);
            report(AdEvent.Kind.RENDERED, answered);
            report(AdEvent.Kind.RENDERED, answered);
            if (i % 10 == 0) {
                now = now.plusSeconds(1);
                report(AdEvent.Kind.CLICK, answered);
            }
        }
        engine.settle();
        var reach = reach();
        assertTrue(
                Math.abs(reach.viewers().viewers() - 200) <= 6, reach.viewers().toString());
        assertEquals(200, reach.histogram().getFirst(), "a render reported twice is one");
        double rate = rate();
        assertTrue(rate > 0.011, "clicked at one in ten, believed at " + rate);

        now = now.plus(Duration.ofDays(20));
        double later = rate();
        engine.close();
        open();
        assertEquals(later, rate(), 1e-12);
        assertEquals(reach.viewers(), reach().viewers());
        assertEquals(reach.histogram(), reach().histogram());
        assertEquals(0, page("v7").shown().size(), "a cap of 60 days holds across a start");
        assertEquals(1, page("fresh").shown().size());
    }

    @Test
    void givenAStopWithoutAGoodbye_whenTheEngineStartsAgain_thenEverythingIsLearnedFromTheJournalOnce()
            throws Exception {
        book("[]", "[]", "[]");
        for (int i = 0; i < 50; i++) {
            report(AdEvent.Kind.RENDERED, page("v" + i));
        }
        engine.settle();
        double rate = rate();
        var copy = folder.resolveSibling(folder.getFileName() + "-copy");
        copy(folder, copy);
        try (var again = Engine.embedded(copy, LeaseRules.STANDARD, time, new SplittableRandom(2))) {
            again.settle();
            var other = engine;
            engine = again;
            assertEquals(rate, rate(), 1e-12);
            assertEquals(50, reach().histogram().getFirst());
            engine = other;
        }
    }

    @Test
    void givenADamagedModel_whenTheEngineStarts_thenTheOneBeforeIsTaken() throws Exception {
        book("[]", "[]", "[]");
        for (int round = 0; round < 2; round++) {
            report(AdEvent.Kind.RENDERED, page("v" + round));
            engine.settle();
            now = now.plus(Duration.ofHours(2));
            engine.tick();
        }
        double rate = rate();
        engine.close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("learned.db"));
                var statement = connection.createStatement()) {
            assertEquals(
                    1,
                    statement.executeUpdate(
                            "UPDATE model SET body = x'00' WHERE version = (SELECT max(version) FROM model)"));
        }
        open();
        assertEquals(rate, rate(), 1e-12, "the older model, and what came after it from the journal");
    }

    private static void copy(Path from, Path to) throws Exception {
        try (var all = Files.walk(from)) {
            for (var file : all.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private ReachSketch.Merged reach() {
        var day = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
        return engine.reach().of(campaign, day, day.plusDays(1));
    }

    private double rate() {
        var snapshot = engine.snapshots().current().snapshot();
        var ad = snapshot.book().ads().values().stream()
                .min(Comparator.comparing(a -> a.id().value()))
                .orElseThrow();
        var placement = engine.snapshots().current().placement("home").orElseThrow();
        var page = Signals.page(placement, Viewer.UNKNOWN, List.of(), now);
        return engine.clicks()
                .on(page, now, 1)
                .estimate(new Signals().ad(snapshot.book(), ad))
                .mean();
    }
}
