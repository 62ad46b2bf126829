package mizan.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
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
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Viewer;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.AdEvent;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Tier;
import mizan.core.traffic.InvalidTraffic;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.http.StrictJson;
import mizan.server.reporting.Reports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Invalid traffic by activity, in the ledger: what was charged before it was found is given back, and neither the
/// order of events nor the batches they are folded in nor a restart changes who paid what in the end.
class ActivityLedgerTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Booking.Author DESK = new Booking.Author("test", "");
    private static final long FUNDS = 1_000_000_000L;
    private static final long PER_CLICK = 500_000;

    @TempDir
    Path folder;

    private Instant now = START;
    private final InstantSource time = () -> now;
    private long readersOwe;

    private record Told(AdEvent.Kind kind, String token, Instant at) {}

    private record Outcome(long funds, long revenue, Map<Reports.Invalid, Long> invalid, long clicks, long rendered) {}

    @Test
    void givenABotAmongReaders_whenItsClicksAreFoundLate_thenTheAdvertiserPaysForReadersOnly() {
        var outcome = run("plain", 1, false, false);
        assertEquals(4, outcome.clicks(), "the readers' clicks");
        assertTrue(readersOwe >= 4, "their clicks cost something");
        assertEquals(FUNDS - readersOwe, outcome.funds());
        assertEquals(readersOwe, outcome.revenue());
        assertEquals(
                Map.of(new Reports.Invalid(AdEvent.Kind.CLICK, InvalidTraffic.MANY_CLICKS), 9L), outcome.invalid());
    }

    @Test
    void givenTheSameEvents_whenTheirOrderTheirBatchesAndRestartsDiffer_thenTheLedgerAndTheFiguresAreTheSame() {
        var plain = run("as-they-came", 1, false, false);
        for (long seed = 2; seed < 8; seed++) {
            assertEquals(plain, run("seed-" + seed, seed, true, seed % 2 == 0), "seed " + seed);
        }
    }

    private Outcome run(String name, long seed, boolean shuffled, boolean restarts) {
        now = START;
        readersOwe = 0;
        var random = new Random(seed);
        var engine = open(name);
        var campaign = book(engine);
        var events = new ArrayList<Told>();
        for (int i = 0; i < 9; i++) {
            read(engine, "bot", 2_000 + i, true, events);
        }
        for (int i = 0; i < 8; i++) {
            long price = read(engine, "reader" + i, 4_000, i % 2 == 0, events);
            readersOwe += i % 2 == 0 ? price : 0;
        }
        events.sort(Comparator.comparing(Told::at));
        if (shuffled) {
            Collections.shuffle(events, random);
        }
        for (var event : events) {
            now = event.at();
            engine.events().report(List.of(new TakeEvents.Report(event.kind(), event.token())));
            if (!shuffled || random.nextInt(3) == 0) {
                engine.settle();
            }
            if (restarts && random.nextInt(10) == 0) {
                engine.close();
                engine = open(name);
            }
        }
        engine.settle();
        now = START.plus(Duration.ofHours(3));
        engine.settle();
        var outcome = outcome(engine, campaign);
        assertTrue(engine.invariants().holds(), () -> name);
        engine.close();
        return outcome;
    }

    private Engine open(String name) {
        var own = folder.resolve(name);
        own.toFile().mkdirs();
        return Engine.embedded(own, LeaseRules.STANDARD, time, new SplittableRandom(1));
    }

    private Outcome outcome(Engine engine, String campaign) {
        var balances = engine.accountant().balances();
        var day = LocalDate.ofInstant(START, ZoneOffset.UTC);
        long funds = 0;
        long revenue = 0;
        for (var balance : balances.entrySet()) {
            switch (balance.getKey().kind()) {
                case ADVERTISER_FUNDS -> funds += balance.getValue();
                case PLATFORM_REVENUE -> revenue += balance.getValue();
                case ADVERTISER_HOLDS, EXTERNAL_PAYMENTS, HOUSE_COST -> {}
            }
        }
        var totals = engine.reports().totals().counts();
        return new Outcome(
                funds,
                revenue,
                engine.reports().invalid(campaign, day, day.plusDays(1)),
                totals.clicks(),
                totals.rendered());
    }

    /// A page with one ad ten seconds after the one before, drawn at once and perhaps clicked.
    ///
    /// @return what a click costs
    private long read(Engine engine, String viewer, long clickedAfterMillis, boolean clicks, List<Told> events) {
        now = now.plusSeconds(10);
        var placement = engine.snapshots().current().placement("home").orElseThrow();
        var key = new Viewer(
                Optional.of(viewer),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of());
        var answered = engine.serving().serve(placement, key, posts());
        var ad = answered.shown().getFirst();
        events.add(new Told(AdEvent.Kind.RENDERED, ad.token(), now.plusMillis(800)));
        if (clicks) {
            events.add(new Told(AdEvent.Kind.CLICK, ad.token(), now.plusMillis(clickedAfterMillis)));
        }
        return answered.record().impressions().getFirst().priceMicros();
    }

    private static List<FeedPost> posts() {
        return IntStream.range(0, 4)
                .mapToObj(i -> new FeedPost(
                        "p" + i,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(),
                        Optional.of(new PostVerdict(Tier.SAFE, Set.of(), "test", "1", START, Optional.empty())),
                        Map.of(),
                        Set.of(),
                        ""))
                .toList();
    }

    private String book(Engine engine) {
        make(engine, Kind.PLACEMENT, """
                {"code":"home","name":{"en":"Home"},"currency":"USD","first_slot":1,"min_gap":2,"max_ads":1,
                 "floor_cpm_micros":1000000}""");
        var advertiser = make(engine, Kind.ADVERTISER, """
                {"name":{"en":"A"},"payer":"A","industry":"food","currency":"USD","time_zone":"UTC"}""");
        var campaign = make(engine, Kind.CAMPAIGN, """
                {"advertiser":"%s","entity_status":"ACTIVE","name":{"en":"C"},"pacing":"ASAP",
                 "flight":{"start":"2026-03-01T00:00:00Z"}}""".formatted(advertiser));
        var creative = make(engine, Kind.CREATIVE, """
                {"advertiser":"%s","kind":"NATIVE_CARD","review_status":"APPROVED","headline":{"en":"H"},"body":{"en":"B"},
                 "call_to_action":{"en":"See"},"landing_page":"https://a.example/"}""".formatted(advertiser));
        var group = make(engine, Kind.AD_GROUP, """
                {"campaign":"%s","entity_status":"ACTIVE","name":{"en":"G"},
                 "bid":{"charge_by":"CLICK","amount_micros":%d}}""".formatted(campaign, PER_CLICK));
        make(engine, Kind.AD, """
                {"ad_group":"%s","creative":"%s","entity_status":"ACTIVE"}""".formatted(group, creative));
        engine.accountant()
                .transfer(new Transfer.Direct(
                        "fund",
                        new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", USD),
                        new AccountId(AccountId.Kind.ADVERTISER_FUNDS, advertiser, USD),
                        FUNDS,
                        now,
                        "prepaid"));
        return campaign;
    }

    private static String make(Engine engine, Kind kind, String json) {
        return engine.booking()
                .apply(new Booking.Wish(kind, Optional.empty(), "create", StrictJson.own(json)), DESK)
                .id();
    }
}
