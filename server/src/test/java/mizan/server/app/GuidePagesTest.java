package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import mizan.core.campaign.Budget;
import mizan.core.campaign.EntityStatus;
import mizan.core.campaign.ReviewStatus;
import mizan.core.suitability.Terms;
import mizan.core.targeting.Criterion;
import mizan.server.api.Actions;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.RememberedAnswers;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.pages.Community;
import mizan.server.pages.FrontDoor;
import mizan.server.pages.PageRoutes;
import mizan.server.people.EntryLinks;
import mizan.server.people.RememberedPeople;
import mizan.server.people.Workspace;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A first campaign as a buyer books it: one short form after the other.
class GuidePagesTest {
    private static final String KEY = "mz_live_guide";
    private static final String OTHER = "mz_live_other";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder = Path.of("");

    private Engine engine;
    private Server server;
    private String advertiser = "";

    @BeforeEach
    void start() throws Exception {
        engine = Engine.embedded(folder, LeaseRules.STANDARD, () -> NOW, new SplittableRandom(5));
        var keys = new ApiKeys();
        keys.admit(ApiKeys.hash(KEY), new Principal("key_1", Mode.LIVE, EnumSet.allOf(Scope.class), Optional.empty()));
        keys.admit(
                ApiKeys.hash(OTHER),
                new Principal(
                        "key_2",
                        Mode.LIVE,
                        EnumSet.of(Scope.BOOK_READ, Scope.BOOK_WRITE),
                        Optional.of("adv_01KJPWD6M00000000000000009")));
        var workspace = Workspace.of(
                new RememberedPeople(), "http://localhost:8080", keys, () -> NOW, new SplittableRandom(12));
        var engines = Map.of(Mode.LIVE, engine);
        var actions = Actions.of(workspace, keys, engines, () -> NOW);
        var door = FrontDoor.closed(workspace, Mode.LIVE);
        var links = new EntryLinks(() -> NOW, new SplittableRandom(11));
        var pages = new PageRoutes(engine, Community.named("Marsa"), actions, door, links, false);
        server = new Server(
                new Server.Listen("127.0.0.1", 0),
                engines,
                Mode.LIVE,
                keys,
                new RememberedAnswers(),
                new Server.Console(actions, door, pages.routes()),
                () -> NOW);
        var made = send(
                KEY,
                "POST",
                "/v1/advertisers",
                "application/json",
                "{\"name\":{\"en\":\"Nordlys\"},\"payer\":\"Nordlys Gulf\",\"currency\":\"USD\"}");
        advertiser = StrictJson.own(made.body()).path("id").stringValue();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givenAnAdvertiser_whenEachStepIsSent_thenTheCampaignRunsAndItsCreativeWaitsForReview() throws Exception {
        step("terms", Map.of("preset", "STRICT"));
        step(
                "campaign",
                Map.of("name", "Winter", "budget", "500.50", "suitability_terms", terms(), "start", "2026-11-23"));
        var campaign = engine.booking().book().campaigns().values().iterator().next();
        assertEquals(EntityStatus.PAUSED, campaign.status());
        assertEquals(Budget.total(500_500_000), campaign.budget());
        assertEquals(
                Optional.of(Instant.parse("2026-12-23T00:00:00Z")),
                campaign.flight().end());
        step("group", Map.of("charge_by", "IMPRESSION", "bid", "2.50", "countries", "sa, AE", "languages", ""));
        step("creative", creative("Dates"));
        step("ad", Map.of());
        assertTrue(text(get("?step=start&lang=en")).contains("at least 200,000 impressions"));
        step("start", Map.of());
        var book = engine.booking().book();
        assertEquals(
                EntityStatus.ACTIVE, book.campaigns().values().iterator().next().status());
        var group = book.adGroups().values().iterator().next();
        assertEquals(java.util.Set.of("SA", "AE"), group.targeting().wants(Criterion.COUNTRY));
        assertEquals(
                Terms.Preset.STRICT, book.terms().values().iterator().next().preset());
        assertEquals("key_1", book.terms().values().iterator().next().signedBy());
        assertEquals(
                ReviewStatus.PENDING_REVIEW,
                book.creatives().values().iterator().next().review());
        assertTrue(text(get("?step=start&lang=en")).contains("The ad is in review"));
    }

    @Test
    void givenWordsThatAreNoAmount_whenTheFormIsSent_thenWhatWasTypedStaysAndNothingIsBooked() throws Exception {
        step("terms", Map.of("preset", "STANDARD"));
        var answer = post("campaign", Map.of("name", "Winter", "budget", "much", "suitability_terms", terms()));
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("value=\"Winter\""), answer.body());
        assertTrue(answer.body().contains("is not an amount"));
        assertEquals(
                400,
                post("creative", Map.of("headline_en", "Dates", "landing_page", "no"))
                        .statusCode());
        assertTrue(engine.booking().book().campaigns().isEmpty());
    }

    @Test
    void givenAnApprovedCreative_whenItsWordsAreChangedBeforeTheStart_thenItIsReviewedAgain() throws Exception {
        step("creative", creative("Dates"));
        var id = engine.booking().book().creatives().keySet().iterator().next().value();
        send(KEY, "POST", "/v1/creatives/" + id + "/review", "application/json", "{\"decision\":\"APPROVED\"}");
        step("creative", creative("Fresh dates"));
        var creative = engine.booking().book().creatives().values().iterator().next();
        assertEquals("Fresh dates", creative.headline().in("en"));
        assertEquals(ReviewStatus.PENDING_REVIEW, creative.review());
        assertEquals(1, engine.booking().book().creatives().size());
    }

    @Test
    void givenAStepWhoseBasisIsMissing_whenItIsSent_thenNothingIsBooked() throws Exception {
        for (var early : new String[] {"campaign", "group", "ad", "start"}) {
            assertEquals(
                    303,
                    post(early, Map.of("name", "x", "budget", "1", "bid", "1")).statusCode(),
                    early);
        }
        assertTrue(engine.booking().book().campaigns().isEmpty());
        assertTrue(engine.booking().book().adGroups().isEmpty());
    }

    @Test
    void givenSomebodyOfAnotherAdvertiser_whenTheGuideIsAskedFor_thenItIsNotThere() throws Exception {
        assertEquals(404, send(OTHER, "GET", path(""), "", "").statusCode());
        assertEquals(
                404, send(OTHER, "POST", path("/terms"), FORM, "preset=STRICT").statusCode());
        assertEquals(
                403,
                send(OTHER, "POST", "/first-campaign", FORM, "name=x&payer=x&currency=USD")
                        .statusCode());
        assertFalse(send(OTHER, "GET", "/first-campaign", "", "").body().contains(advertiser));
        assertTrue(engine.booking().book().terms().isEmpty());
    }

    private static Map<String, String> creative(String headline) {
        return Map.of(
                "headline_en",
                headline,
                "body_en",
                "From the farm",
                "call_to_action_en",
                "Order",
                "landing_page",
                "https://oasis.example/dates");
    }

    private String terms() {
        return engine.booking().book().terms().keySet().iterator().next().value();
    }

    private String path(String step) {
        return "/first-campaign/" + advertiser + step;
    }

    private void step(String step, Map<String, String> fields) throws Exception {
        var answer = post(step, fields);
        assertEquals(303, answer.statusCode(), step + answer.body());
        assertEquals(
                path("") + "?said=step_done",
                answer.headers().firstValue("location").orElse(""));
    }

    private HttpResponse<String> post(String step, Map<String, String> fields) throws Exception {
        var body = fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(KEY, "POST", path("/" + step) + "?lang=en", FORM, body);
    }

    /// What a reader sees of a page, without its marks.
    private static String text(HttpResponse<String> page) {
        return page.body().replaceAll("<[^>]*>", "").replaceAll("\\s+", " ");
    }

    private HttpResponse<String> get(String query) throws Exception {
        return send(KEY, "GET", path(query), "", "");
    }

    private HttpResponse<String> send(String key, String method, String path, String type, String body)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("authorization", "Bearer " + key)
                .header("sec-fetch-site", "same-origin");
        return client.send(
                method.equals("GET")
                        ? request.build()
                        : request.header("content-type", type)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
