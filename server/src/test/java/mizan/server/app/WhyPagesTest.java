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
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
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
import tools.jackson.databind.node.ObjectNode;

/// "Why this ad?", as the reader of one showing asks it: without script, account or key.
class WhyPagesTest {
    private static final String KEY = "mz_live_why";
    private static final String OURS = "http://localhost:8080";
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder = Path.of("");

    private Engine engine;
    private Server server;
    private int calls;

    @BeforeEach
    void start() throws Exception {
        engine = Engine.embedded(folder, LeaseRules.STANDARD, now::get, new SplittableRandom(5));
        var keys = new ApiKeys();
        keys.admit(ApiKeys.hash(KEY), new Principal("key_1", Mode.LIVE, EnumSet.allOf(Scope.class), Optional.empty()));
        var workspace = Workspace.of(new RememberedPeople(), OURS, keys, now::get, new SplittableRandom(12));
        var engines = Map.of(Mode.LIVE, engine);
        var actions = Actions.of(workspace, keys, engines, now::get);
        var door = FrontDoor.closed(workspace, Mode.LIVE);
        var links = new EntryLinks(now::get, new SplittableRandom(11));
        var pages = new PageRoutes(engine, Community.named("Marsa"), actions, door, links, false);
        server = new Server(
                new Server.Listen("127.0.0.1", 0),
                engines,
                Mode.LIVE,
                keys,
                new RememberedAnswers(),
                new Server.Console(actions, door, pages.routes()),
                now::get);
        book();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givenAnAdThatWasShown_whenItsReaderAsksWhy_thenThePageNamesTheRulesThePayerAndTheRepository()
            throws Exception {
        var why = ad("v1").path("why").stringValue();
        var page = get(why + "?lang=en");
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("Saudi Arabia"), page.body());
        assertTrue(page.body().contains("Nordlys Gulf FZ-LLC"));
        assertTrue(page.body().contains("/ads?advertiser=adv_"));
        assertFalse(page.body().contains("v1\""), "the reader's key stays inside");
        assertEquals("no-store", page.headers().firstValue("cache-control").orElse(""));
        assertEquals("noindex", page.headers().firstValue("x-robots-tag").orElse(""));
        assertTrue(get(why + "?lang=ar").body().contains("لماذا ظهر لك هذا الإعلان"));
    }

    @Test
    void givenTheAddressOfOneShowing_whenItIsChangedAnywhere_thenNothingOfAnybodyIsRead() throws Exception {
        var why = ad("v1").path("why").stringValue();
        for (int place = "/why/".length(); place < why.length(); place += 7) {
            var other = why.charAt(place) == 'A' ? 'B' : 'A';
            var forged = why.substring(0, place) + other + why.substring(place + 1);
            assertEquals(404, get(forged).statusCode(), forged);
            assertEquals(404, choose(forged, "hide_ad", OURS), forged);
        }
    }

    @Test
    void givenAReaderWhoHidesAnAdTwice_whenThePageIsAskedForAgain_thenItIsGoneUntilTheReaderTakesThatBack()
            throws Exception {
        var why = ad("v1").path("why").stringValue();
        assertEquals(303, choose(why, "hide_ad", OURS));
        assertEquals(303, choose(why, "hide_ad", OURS));
        assertTrue(ad("v1").isEmpty());
        assertFalse(ad("v2").isEmpty(), "another reader");
        assertTrue(get(why).body().contains("show_again"));
        engine.settle();
        assertTrue(ad("v1").isEmpty(), "after the fold too");
        assertEquals(303, choose(why, "show_again", OURS));
        assertFalse(ad("v1").isEmpty());
        engine.settle();
        assertFalse(ad("v1").isEmpty());
        assertEquals(1, engine.reports().totals().counts().hides(), "a showing is hidden once, however often");
    }

    @Test
    void givenAReaderWhoHidesAnAdvertiser_whenTheJournalIsFolded_thenNoneOfItsAdsIsPlacedForThatReader()
            throws Exception {
        var why = ad("v1").path("why").stringValue();
        assertEquals(303, choose(why, "hide_advertiser", OURS));
        assertTrue(ad("v1").isEmpty());
        engine.settle();
        assertTrue(ad("v1").isEmpty());
    }

    @Test
    void givenAPageOfAnotherSite_whenItPostsTheForm_thenItIsRefused() throws Exception {
        var why = ad("v1").path("why").stringValue();
        assertEquals(403, choose(why, "hide_ad", "https://elsewhere.example"));
        assertFalse(ad("v1").isEmpty());
    }

    @Test
    void givenAShowingOfLongAgo_whenItsReaderAsksWhy_thenThePageSaysThatItIsGoneAndWhereTheAdIs() throws Exception {
        var ad = ad("v1");
        now.set(now.get().plus(Duration.ofDays(31)));
        var page = get(ad.path("why").stringValue() + "?lang=en");
        assertEquals(410, page.statusCode());
        assertTrue(page.body().contains("/ads/" + ad.path("id").stringValue()));
        assertFalse(page.body().contains("Saudi Arabia"));
    }

    @Test
    void givenAReaderWithoutAKey_whenThePageIsOpened_thenItSaysThatNothingCanBeRemembered() throws Exception {
        var why = ad("").path("why").stringValue();
        assertFalse(get(why).body().contains("hide_ad"));
    }

    private String ours() {
        return "http://127.0.0.1:" + server.port();
    }

    /// The first ad of a page; empty when there is none.
    private ObjectNode ad(String viewer) throws Exception {
        var key = viewer.isEmpty() ? "" : "\"key\":\"" + viewer + "\",";
        var posts = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            posts.append(i == 0 ? "" : ",")
                    .append(
                            "{\"id\":\"p%d\",\"author\":\"@a\",\"text\":\"A lovely morning in the garden with the cat.\"}"
                                    .formatted(i));
        }
        var decision = post(
                "/v1/decisions",
                "{\"placement\":\"home\",\"viewer\":{" + key + "\"country\":\"SA\"},\"posts\":[" + posts + "]}");
        return decision.path("slots").get(0).path("ad") instanceof ObjectNode ad
                ? ad
                : tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    }

    private void book() throws Exception {
        post("/v1/placements", """
                {"code":"home","name":{"en":"Home"},"currency":"USD","first_slot":1,"min_gap":3,"max_ads":1}""");
        var advertiser = id(post("/v1/advertisers", """
                {"name":{"en":"Nordlys","ar":"نورديليس"},"payer":"Nordlys Gulf FZ-LLC","currency":"USD"}"""));
        post(
                "/v1/advertisers/" + advertiser + "/funding",
                "{\"micros\":100000000000,\"currency\":\"USD\",\"reference\":\"PO 1\"}");
        var campaign = id(post(
                "/v1/campaigns",
                "{\"advertiser\":\"" + advertiser + "\",\"name\":{\"en\":\"Winter\"},\"entity_status\":\"ACTIVE\","
                        + "\"budget\":{\"total_micros\":2000000000},\"pacing\":\"ASAP\"}"));
        var group = id(post(
                "/v1/ad-groups",
                "{\"campaign\":\"" + campaign + "\",\"name\":{\"en\":\"All\"},\"entity_status\":\"ACTIVE\","
                        + "\"targeting\":{\"countries\":[\"SA\"]},"
                        + "\"bid\":{\"charge_by\":\"IMPRESSION\",\"amount_micros\":20000000}}"));
        var creative = id(post(
                "/v1/creatives",
                "{\"advertiser\":\"" + advertiser + "\",\"headline\":{\"en\":\"Night photos\"},"
                        + "\"body\":{\"en\":\"Without the grain\"},\"call_to_action\":{\"en\":\"See\"},"
                        + "\"landing_page\":\"https://nordlys.example/night\"}"));
        post("/v1/creatives/" + creative + "/review", "{\"decision\":\"APPROVED\"}");
        post(
                "/v1/ads",
                "{\"ad_group\":\"" + group + "\",\"creative\":\"" + creative + "\",\"entity_status\":\"ACTIVE\"}");
    }

    private static String id(ObjectNode json) {
        return json.path("id").stringValue();
    }

    private ObjectNode post(String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(ours() + path))
                .header("authorization", "Bearer " + KEY)
                .header("content-type", "application/json")
                .header("idempotency-key", "k" + calls++)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.statusCode() < 300, answer.statusCode() + " " + answer.body());
        return StrictJson.own(answer.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(ours() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private int choose(String path, String choice, String origin) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(ours() + path))
                .header("content-type", "application/x-www-form-urlencoded")
                .header("origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString("choice=" + choice))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
}
