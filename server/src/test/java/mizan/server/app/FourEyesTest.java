package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import mizan.server.api.Actions;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Reception;
import mizan.server.http.RememberedAnswers;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.people.Rule;
import mizan.server.people.Workspace;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What needs a second person changes nothing until one approves, and then exactly what was shown.
class FourEyesTest {
    private static final long UNIT = 1_000_000;
    private static final long LIMIT = 1_000 * UNIT;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String FIRST = "mz_test_first";
    private static final String SECOND = "mz_test_second";
    private static final String KEY_OF_FIRST = "mz_test_key_of_first";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    private int calls;

    @TempDir
    private Path folder = Path.of("");

    private Server server;
    private Engine engine;
    private Workspace workspace;
    private String advertiser = "";

    @BeforeEach
    void start() throws Exception {
        engine = Engine.embedded(folder, LeaseRules.STANDARD, now::get, new SplittableRandom(5));
        var keys = new ApiKeys();
        var all = EnumSet.allOf(Scope.class);
        keys.admit(ApiKeys.hash(FIRST), new Principal("per_1", Mode.TEST, all, Optional.empty()));
        keys.admit(ApiKeys.hash(SECOND), new Principal("per_2", Mode.TEST, all, Optional.empty()));
        keys.admit(ApiKeys.hash(KEY_OF_FIRST), new Principal("key_1", "per_1", Mode.TEST, all, Optional.empty()));
        workspace = Workspace.empty(keys, now::get, new SplittableRandom(6));
        var engines = Map.of(Mode.TEST, engine);
        server = new Server(
                new Server.Listen("127.0.0.1", 0),
                engines,
                Mode.TEST,
                keys,
                new RememberedAnswers(),
                new Server.Console(Actions.of(workspace, keys, engines, now::get), Reception.NONE, List.of()),
                now::get);
        advertiser = id(send(
                "POST", "/v1/advertisers", "{\"name\":{\"en\":\"N\"},\"payer\":\"N\",\"currency\":\"USD\"}", FIRST));
        rule(Rule.Kind.RAISE, OptionalLong.of(LIMIT));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void rule(Rule.Kind kind, OptionalLong above) {
        workspace.approvals().enforce(new Rule("", kind, above));
    }

    private HttpResponse<String> send(String method, String path, String body, String key, String... headers)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("authorization", "Bearer " + key)
                .header("idempotency-key", "call-" + calls++)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("content-type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String id(HttpResponse<String> answer) {
        assertTrue(answer.statusCode() < 300, answer.body());
        return StrictJson.own(answer.body()).path("id").asString();
    }

    private static String approval(HttpResponse<String> answer) {
        assertEquals(202, answer.statusCode(), answer.body());
        return StrictJson.own(answer.body()).path("approval").path("id").asString();
    }

    private String campaign(long total) throws Exception {
        return id(send("POST", "/v1/campaigns", campaignBody(total), FIRST));
    }

    private String campaignBody(long total) {
        return "{\"advertiser\":\"" + advertiser
                + "\",\"name\":{\"en\":\"C\"},\"entity_status\":\"ACTIVE\",\"budget\":{\"total_micros\":" + total
                + "},\"flight\":{\"start\":\"2026-01-01T00:00:00Z\"}}";
    }

    private long budget(String campaign) {
        return engine.booking()
                .body(mizan.server.booking.Kind.CAMPAIGN, campaign)
                .orElseThrow()
                .path("budget")
                .path("total_micros")
                .asLong();
    }

    private HttpResponse<String> raise(String campaign, long total, String key) throws Exception {
        return send(
                "POST",
                "/v1/campaigns/" + campaign + "/raise",
                "{\"total_micros\":" + total + ",\"why\":\"sales\"}",
                key);
    }

    private HttpResponse<String> decide(String approval, String verb, String key) throws Exception {
        return send("POST", "/v1/approvals/" + approval + "/" + verb, "{\"note\":\"n\"}", key);
    }

    private static String state(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        return StrictJson.own(answer.body()).path("state").asString();
    }

    @Test
    void givenARule_whenAWinBackOfferIsBeyondIt_thenItsPilotWaitsForASecondPerson() throws Exception {
        var asked = send(
                "POST",
                "/v1/desk/advertisers/" + advertiser + "/win-back",
                "{\"pilot_micros\":" + 2 * LIMIT + "}",
                FIRST);
        assertEquals(202, asked.statusCode(), asked.body());
        assertEquals(0, engine.booking().book().campaigns().size());
        var waiting = StrictJson.own(asked.body()).path("approval").path("id").asString();
        var approved = send("POST", "/v1/approvals/" + waiting + "/approve", "{}", SECOND);
        assertEquals(200, approved.statusCode(), approved.body());
        assertEquals(1, engine.booking().book().campaigns().size());
    }

    @Test
    void givenARaiseAboveTheLimit_whenAsked_thenOnlyASecondPersonsApprovalChangesTheBudget() throws Exception {
        var campaign = campaign(500 * UNIT);
        assertEquals(200, raise(campaign, 1_500 * UNIT, FIRST).statusCode(), "exactly the limit");
        now.updateAndGet(t -> t.plus(Duration.ofDays(2)));
        var waits = approval(raise(campaign, 3_000 * UNIT, FIRST));
        assertEquals(1_500 * UNIT, budget(campaign));
        for (var same : List.of(FIRST, KEY_OF_FIRST)) {
            assertEquals(403, decide(waits, "approve", same).statusCode(), same);
            assertEquals(1_500 * UNIT, budget(campaign));
        }
        assertEquals("APPLIED", state(decide(waits, "approve", SECOND)));
        assertEquals(3_000 * UNIT, budget(campaign));
        assertEquals(409, decide(waits, "approve", SECOND).statusCode(), "it is approved once");
        var last = engine.booking().history(campaign, 1).getFirst();
        assertEquals("per_1", last.actor());
        assertTrue(last.why().contains(waits), last.why());
    }

    @Test
    void givenRaisesOfAnySizes_whenAskedWithinADay_thenWithoutApprovalTheyNeverPassTheLimitTogether() throws Exception {
        long seed = 20_261_125;
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 5; round++) {
            var campaign = campaign(100 * UNIT);
            now.updateAndGet(t -> t.plus(Duration.ofDays(3)));
            long start = budget(campaign);
            for (int i = 0; i < 15; i++) {
                long to = budget(campaign) + random.nextLong(1, 400) * UNIT;
                var answer = raise(campaign, to, i % 2 == 0 ? FIRST : SECOND);
                boolean within = to - start <= LIMIT;
                assertEquals(
                        within ? 200 : 202, answer.statusCode(), "seed " + seed + " round " + round + " raise " + i);
                assertTrue(budget(campaign) - start <= LIMIT, "seed " + seed);
                now.updateAndGet(t -> t.plus(Duration.ofMinutes(random.nextInt(1, 60))));
            }
        }
    }

    @Test
    void givenEveryWayToMoreMoney_whenAsked_thenEachWaits() throws Exception {
        var campaign = campaign(500 * UNIT);
        var etag = send("GET", "/v1/campaigns/" + campaign, "", FIRST)
                .headers()
                .firstValue("etag")
                .orElseThrow();
        var ways = List.of(
                "{\"budget\":{\"total_micros\":9000000000}}",
                "{\"budget\":{\"total_micros\":null}}",
                "{\"budget\":null}",
                "{\"name\":{\"en\":\"D\"},\"budget\":{\"total_micros\":9000000000}}");
        for (var way : ways) {
            var answer = send("PATCH", "/v1/campaigns/" + campaign, way, FIRST, "if-match", etag);
            assertTrue(answer.statusCode() == 202 || answer.statusCode() == 400, way + answer.body());
            assertEquals(500 * UNIT, budget(campaign), way);
        }
        approval(raise(campaign, 9_000 * UNIT, FIRST));
        int before = engine.booking().book().campaigns().size();
        approval(send("POST", "/v1/campaigns", campaignBody(9_000 * UNIT), FIRST));
        assertEquals(before, engine.booking().book().campaigns().size());
    }

    @Test
    void givenANewCampaignAboveTheLimit_whenApproved_thenItIsBookedOnce() throws Exception {
        var waits = approval(send("POST", "/v1/campaigns", campaignBody(9_000 * UNIT), FIRST));
        assertEquals("APPLIED", state(decide(waits, "approve", SECOND)));
        assertEquals(1, engine.booking().book().campaigns().size());
        assertEquals(409, decide(waits, "approve", SECOND).statusCode());
        assertEquals(1, engine.booking().book().campaigns().size());
    }

    @Test
    void givenARequest_whenWhatItChangesHasChanged_thenItIsVoidAndOtherFieldsDoNotMatter() throws Exception {
        var campaign = campaign(500 * UNIT);
        var first = approval(raise(campaign, 9_000 * UNIT, FIRST));
        assertEquals(
                200,
                send("POST", "/v1/campaigns/" + campaign + "/pause", "{}", FIRST)
                        .statusCode());
        assertEquals("APPLIED", state(decide(first, "approve", SECOND)));
        var second = approval(raise(campaign, 19_000 * UNIT, FIRST));
        var third = approval(raise(campaign, 20_000 * UNIT, SECOND));
        assertEquals("APPLIED", state(decide(third, "approve", FIRST)));
        assertEquals("VOID", state(decide(second, "approve", SECOND)));
        assertEquals(20_000 * UNIT, budget(campaign));
    }

    @Test
    void givenARequest_whenAWeekHasPassedOrItWasDeclined_thenItCanNotBeApproved() throws Exception {
        var campaign = campaign(500 * UNIT);
        var late = approval(raise(campaign, 9_000 * UNIT, FIRST));
        var refused = approval(raise(campaign, 9_000 * UNIT, FIRST));
        assertEquals("DECLINED", state(decide(refused, "decline", SECOND)));
        now.updateAndGet(t -> t.plus(Duration.ofDays(7)));
        assertEquals(409, decide(late, "approve", SECOND).statusCode());
        assertEquals(409, decide(refused, "approve", SECOND).statusCode());
        assertEquals(500 * UNIT, budget(campaign));
        assertEquals("EXPIRED", state(send("GET", "/v1/approvals/" + late, "", FIRST)));
    }

    @Test
    void givenTwoThatApproveAtOnce_whenManyTimes_thenEachChangeIsMadeOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 10; round++) {
                var waits = approval(send("POST", "/v1/campaigns", campaignBody(9_000 * UNIT), FIRST));
                var answers = new ArrayList<Future<Integer>>();
                for (int i = 0; i < 4; i++) {
                    var call = "race-" + round + "-" + i;
                    answers.add(threads.submit(() -> race(waits, call)));
                }
                int applied = 0;
                for (var answer : answers) {
                    applied += answer.get() == 200 ? 1 : 0;
                }
                assertEquals(1, applied);
                assertEquals(round + 1, engine.booking().book().campaigns().size());
            }
        }
    }

    private int race(String approval, String call) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/v1/approvals/" + approval + "/approve"))
                .header("authorization", "Bearer " + SECOND)
                .header("idempotency-key", call)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void givenTerms_whenTheyLetMorePass_thenTheyWaitAndStricterOnesDoNot() throws Exception {
        rule(Rule.Kind.TERMS_LOOSENED, OptionalLong.of(0));
        var terms = id(send(
                "POST",
                "/v1/suitability-terms",
                "{\"advertiser\":\"" + advertiser
                        + "\",\"name\":\"T\",\"preset\":\"STANDARD\",\"max_tier\":\"MEDIUM\",\"max_tier_by_topic\":{\"TERRORISM\":\"LOW\"},"
                        + "\"keywords\":[\"war\",\"حرب\"],\"authors\":[\"@z\"],\"before\":2,\"after\":2,\"signed_by\":\"Noor\","
                        + "\"signed_at\":\"2026-01-01T00:00:00Z\"}",
                FIRST));
        var path = "/v1/suitability-terms/" + terms;
        var stricter = List.of(
                "{\"keywords\":[\"war\",\"حرب\",\"riot\"]}",
                "{\"max_tier\":\"LOW\"}",
                "{\"before\":3}",
                "{\"max_tier_by_topic\":{\"TERRORISM\":\"LOW\",\"PROFANITY\":\"LOW\"}}");
        for (var change : stricter) {
            var answer = send("PATCH", path, change, FIRST);
            assertTrue(answer.statusCode() == 200 || answer.statusCode() == 400, change + answer.body());
        }
        var looser = List.of(
                "{\"keywords\":[\"war\",\"riot\"]}",
                "{\"keywords\":null}",
                "{\"authors\":[]}",
                "{\"max_tier\":\"HIGH\"}",
                "{\"before\":1}",
                "{\"preset\":\"RELAXED\"}");
        for (var change : looser) {
            var before = engine.booking()
                    .body(mizan.server.booking.Kind.TERMS, terms)
                    .orElseThrow();
            assertEquals(202, send("PATCH", path, change, FIRST).statusCode(), change);
            assertEquals(
                    before,
                    engine.booking()
                            .body(mizan.server.booking.Kind.TERMS, terms)
                            .orElseThrow(),
                    change);
        }
    }

    @Test
    void givenARuleForKeys_whenOneIsMade_thenItOpensNothingUntilApproved() throws Exception {
        rule(Rule.Kind.KEY_CHANGE, OptionalLong.of(0));
        var made = StrictJson.own(
                send("POST", "/v1/api-keys", "{\"name\":\"n\",\"mode\":\"TEST\",\"role\":\"REVENUE\"}", FIRST)
                        .body());
        var text = made.path("key").asString();
        assertEquals(401, send("GET", "/v1/campaigns", "", text).statusCode());
        assertEquals("APPLIED", state(decide(made.path("approval").asString(), "approve", SECOND)));
        assertEquals(200, send("GET", "/v1/campaigns", "", text).statusCode());
        var reading = send("POST", "/v1/api-keys", "{\"name\":\"r\",\"mode\":\"TEST\",\"role\":\"AUDITOR\"}", FIRST);
        assertEquals(
                200,
                send(
                                "GET",
                                "/v1/campaigns",
                                "",
                                StrictJson.own(reading.body()).path("key").asString())
                        .statusCode());
    }

    @Test
    void givenARule_whenItIsMadeWeaker_thenThatWaitsAndAStricterOneIsInForceAtOnce() throws Exception {
        assertEquals(
                200,
                send("PUT", "/v1/approval-rules/raise", "{\"above_micros\":5}", FIRST)
                        .statusCode());
        var waits = approval(send("PUT", "/v1/approval-rules/raise", "{\"off\":true}", FIRST));
        assertTrue(workspace.approvals().rule(Rule.Kind.RAISE, Optional.empty()).covers(6));
        assertEquals(403, decide(waits, "approve", KEY_OF_FIRST).statusCode());
        assertEquals("APPLIED", state(decide(waits, "approve", SECOND)));
        assertFalse(
                workspace.approvals().rule(Rule.Kind.RAISE, Optional.empty()).covers(Long.MAX_VALUE));
    }

    @Test
    void givenAnAdvertisersRule_whenThePlatformsIsStricter_thenTheStricterCounts() {
        workspace.approvals().enforce(new Rule(advertiser, Rule.Kind.RAISE, OptionalLong.of(5 * LIMIT)));
        assertTrue(workspace
                .approvals()
                .rule(Rule.Kind.RAISE, Optional.of(advertiser))
                .covers(LIMIT + 1));
        workspace.approvals().enforce(new Rule(advertiser, Rule.Kind.RAISE, OptionalLong.of(5)));
        assertTrue(workspace
                .approvals()
                .rule(Rule.Kind.RAISE, Optional.of(advertiser))
                .covers(6));
        assertFalse(workspace
                .approvals()
                .rule(Rule.Kind.RAISE, Optional.of("adv_other"))
                .covers(6));
    }

    @Test
    void givenAnswersOfFourEyes_whenHeldAgainstTheDescription_thenTheyAreDescribed() throws Exception {
        var document = StrictJson.own(send("GET", "/openapi.json", "", FIRST).body());
        var described = new DescribedApi(document);
        var campaign = campaign(500 * UNIT);
        var body = "{\"total_micros\":9000000000}";
        var path = "/v1/campaigns/" + campaign + "/raise";
        var waits = send("POST", path, body, FIRST);
        described.check("POST", path, body, waits.statusCode(), waits.body());
        for (var read :
                List.of("/v1/approvals", "/v1/approvals/" + approval(waits), "/v1/approval-rules", "/v1/audit")) {
            var answer = send("GET", read, "", FIRST);
            described.check("GET", read, "", answer.statusCode(), answer.body());
        }
        assertTrue(described.checked() >= 6);
    }
}
