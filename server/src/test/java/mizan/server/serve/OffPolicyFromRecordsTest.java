package mizan.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import mizan.core.campaign.AdGroupId;
import mizan.core.decision.Live;
import mizan.core.decision.Propensity;
import mizan.core.decision.Snapshot;
import mizan.core.evaluation.Logged;
import mizan.core.evaluation.OffPolicy;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Viewer;
import mizan.core.frequency.FrequencyCounts;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Draw;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Tier;
import mizan.server.accounting.Leases;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.http.StrictJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What another way of exploring would have earned is told from what the engine wrote down, and it is what that way
/// earns when it runs.
class OffPolicyFromRecordsTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Booking.Author DESK = new Booking.Author("test", "");
    private static final long SEED = 20_261_125;
    private static final int PAGES = 1_500;
    private static final int DRAWS = 64;

    @TempDir
    Path folder;

    private final InstantSource time = () -> NOW;
    private Engine engine;
    private final List<AdGroupId> groups = new ArrayList<>();

    /// Three advertisers that pay for clicks with different bids, whose ads nobody has seen yet.
    @BeforeEach
    void open() {
        engine = Engine.embedded(folder, LeaseRules.STANDARD, time, new SplittableRandom(SEED));
        make(Kind.PLACEMENT, """
                {"code":"home","name":{"en":"Home"},"currency":"USD","first_slot":1,"min_gap":2,"max_ads":1,
                 "floor_cpm_micros":1}""");
        book("food", 1_000_000);
        book("travel", 900_000);
        book("cars", 800_000);
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

    private void book(String industry, long bidMicros) {
        var owner = make(Kind.ADVERTISER, """
                {"name":{"en":"A"},"payer":"A","industry":"%s","currency":"USD","time_zone":"UTC"}""".formatted(industry));
        var campaign = make(Kind.CAMPAIGN, """
                {"advertiser":"%s","entity_status":"ACTIVE","name":{"en":"C"},"pacing":"ASAP",
                 "flight":{"start":"2026-03-01T00:00:00Z"}}""".formatted(owner));
        var creative = make(Kind.CREATIVE, """
                {"advertiser":"%s","kind":"NATIVE_CARD","review_status":"APPROVED","headline":{"en":"H"},"body":{"en":"B"},
                 "call_to_action":{"en":"See"},"landing_page":"https://a.example/"}""".formatted(owner));
        var group = make(Kind.AD_GROUP, """
                {"campaign":"%s","entity_status":"ACTIVE","name":{"en":"G"},
                 "bid":{"charge_by":"CLICK","amount_micros":%d}}""".formatted(campaign, bidMicros));
        make(Kind.AD, """
                {"ad_group":"%s","creative":"%s","entity_status":"ACTIVE"}""".formatted(group, creative));
        groups.add(new AdGroupId(group));
        engine.accountant()
                .transfer(new Transfer.Direct(
                        "fund " + owner,
                        new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", USD),
                        new AccountId(AccountId.Kind.ADVERTISER_FUNDS, owner, USD),
                        1_000_000_000_000L,
                        NOW,
                        "prepaid"));
    }

    private DecisionRecord page() {
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
        return engine.serving()
                .serve(engine.snapshots().current().placement("home").orElseThrow(), Viewer.UNKNOWN, posts)
                .record();
    }

    /// Nothing was learned since, so what is believed now is what was believed then.
    private Live live(Snapshot snapshot, DecisionRecord record) {
        var pace = new Pace(PaceStore.NONE);
        return new LiveState(new Leases(), new FrequencyCounts(1), pace, engine.clicks(), engine.snapshots())
                .at(snapshot, record.at(), record.seed());
    }

    /// How readers really click, which nobody knows: the ad with the lowest bid is the best.
    private double clickRate(AdGroupId group) {
        return 0.1 + 0.3 * groups.indexOf(group);
    }

    private boolean clicks(AdGroupId group, SplittableRandom reader) {
        return reader.nextDouble() < clickRate(group);
    }

    @Test
    void givenRecordsOfTheEngine_whenAnotherPolicyIsJudgedFromThem_thenItEarnsThatWhenItRuns() {
        UnaryOperator<CandidateFacts> surer = facts -> facts.draw().happened()
                ? facts.drawing(
                        facts.clickRatePpm(),
                        Draw.of(facts.draw().evidence() * 16, facts.draw().mostRatePpm()))
                : facts;
        var reader = new SplittableRandom(SEED);
        var log = new ArrayList<Logged>();
        var weighted = new ArrayList<Double>();
        var earned = new ArrayList<Double>();
        var logged = new ArrayList<Double>();
        for (int i = 0; i < PAGES; i++) {
            var record = page();
            var snapshot = Snapshot.compile(engine.booking().bookAt(record.bookRevision()));
            var group = record.impressions().getFirst().adGroup();
            var past = Propensity.Past.of(record, snapshot, live(snapshot, record));
            var engines = Propensity.of(past, DRAWS);
            var judged = Propensity.of(past, surer, DRAWS);
            double reward = clicks(group, reader) ? 1 : 0;
            log.add(new Logged(engines.of(group), judged.share(group), reward, 0, 0));
            weighted.add(judged.share(group) / engines.of(group) * reward);
            logged.add(reward);
            // The same policy running: one draw, one reader.
            var runs = Propensity.of(past, surer, 1).shown().keySet().iterator().next();
            earned.add(clicks(runs, reader) ? 1.0 : 0.0);
        }
        var said = assertInstanceOf(OffPolicy.Judgement.Estimates.class, OffPolicy.judge(log));
        double off = 3 * Math.hypot(error(weighted), error(earned));
        assertEquals(mean(earned), said.inverse(), off, "seed " + SEED);
        assertEquals(mean(earned), said.normalised(), off, "seed " + SEED);
        // Or the log itself would have told as much.
        assertTrue(
                Math.abs(mean(logged) - mean(earned)) > off,
                mean(logged) + " logged, " + mean(earned) + " earned, " + said + " within " + off);
    }

    @Test
    void givenManyDecisions_whenTheirPropensitiesAreRead_thenTheyAreHowOftenEachAdWasShown() {
        var shown = new double[groups.size()];
        var expected = new double[groups.size()];
        int pages = 500;
        for (int i = 0; i < pages; i++) {
            var record = page();
            var snapshot = Snapshot.compile(engine.booking().bookAt(record.bookRevision()));
            var propensity = Propensity.of(Propensity.Past.of(record, snapshot, live(snapshot, record)), DRAWS);
            for (int g = 0; g < groups.size(); g++) {
                expected[g] += propensity.share(groups.get(g)) / pages;
                shown[g] += record.impressions().getFirst().adGroup().equals(groups.get(g)) ? 1.0 / pages : 0;
            }
        }
        for (int g = 0; g < groups.size(); g++) {
            // Four standard errors of a share of 500.
            assertEquals(expected[g], shown[g], 4 * Math.sqrt(0.25 / pages), "seed " + SEED);
            assertTrue(shown[g] > 0.02, "each is tried");
        }
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static double error(List<Double> values) {
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares) / values.size();
    }
}
