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
import tools.jackson.databind.JsonNode;

/// The signal desk and what the desk keeps, over real HTTP.
class DeskApiTest {
    private static final String KEY = "mz_live_desk";
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    private final HttpClient client = HttpClient.newHttpClient();
    private final ApiKeys keys = new ApiKeys();

    @TempDir
    private Path folder = Path.of("");

    private Server server;
    private String advertiser = "";

    @BeforeEach
    void start() throws Exception {
        keys.admit(ApiKeys.hash(KEY), new Principal("key_1", Mode.LIVE, EnumSet.allOf(Scope.class), Optional.empty()));
        server = open();
        advertiser = post("/v1/advertisers", """
                {"name":{"en":"Nordlys"},"payer":"Nordlys AB","currency":"USD","aliases":["نوردليس","Nordlys Group"]}""").path("id").stringValue();
    }

    private Server open() {
        var engine = Engine.embedded(folder, LeaseRules.STANDARD, now::get, new SplittableRandom(5));
        var engines = Map.of(Mode.LIVE, engine);
        var workspace =
                Workspace.of(new RememberedPeople(), "http://localhost:8080", keys, now::get, new SplittableRandom(12));
        var actions = Actions.of(workspace, keys, engines, now::get);
        var door = FrontDoor.closed(workspace, Mode.LIVE);
        var links = new EntryLinks(now::get, new SplittableRandom(11));
        var pages = new PageRoutes(engine, Community.named("Marsa"), actions, door, links, false);
        return new Server(
                new Server.Listen("127.0.0.1", 0),
                engines,
                Mode.LIVE,
                keys,
                new RememberedAnswers(),
                new Server.Console(actions, door, pages.routes()),
                now::get);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpRequest.Builder as(String key, String path) {
        return to(path).header("authorization", "Bearer " + key);
    }

    private JsonNode post(String path, String body) throws Exception {
        var answer = send(as(KEY, path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertTrue(answer.statusCode() < 300, path + ": " + answer.body());
        return StrictJson.object(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private String get(String path) throws Exception {
        return send(as(KEY, path).GET()).body();
    }

    private HttpResponse<String> form(String path, String site, String... fields) throws Exception {
        var body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8))
                    .append('&');
        }
        return send(as(KEY, path)
                .header("content-type", "application/x-www-form-urlencoded")
                .header("sec-fetch-site", site)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    @Test
    void givenNews_whenReadAndConfirmed_thenItIsOnTheTimelineAndAlsoAfterARestart() throws Exception {
        post("/v1/desk/platform-names", "{\"names\":[\"مرسى\"]}");
        var reading = post("/v1/desk/readings", """
                {"text":"أوقفت نوردليس حملاتها على مرسى في يونيو 2026.","source":"صحيفة","published":"2026-11-20"}""");
        var signal = reading.path("signals").get(0);
        assertEquals("stopped", signal.path("act").stringValue());
        assertEquals("2026-06-01", signal.path("when").path("from").stringValue());
        assertFalse(get("/desk?lang=en").contains("News: Stopped"), "a proposed signal shows nowhere on the desk");

        post("/v1/desk/signals/" + signal.path("id").stringValue() + "/confirm", "{\"why\":\"read it\"}");
        post("/v1/desk/advertisers/" + advertiser + "/notes", """
                {"note":"Asks for proof","owner":"Leila Haddad","next_action":"Send the proof pack","due":"2026-12-01"}""");
        server.close();
        server = open();

        assertTrue(get("/v1/desk/signals?state=confirmed").contains("\"decided_by\":\"key_1\""));
        var page = get("/desk?lang=en&advertiser=" + advertiser);
        for (var shown : new String[] {"News: Stopped", "Asks for proof", "Leila Haddad", "Send the proof pack"}) {
            assertTrue(page.contains(shown), shown);
        }
    }

    @Test
    void givenTheSameNewsTwice_whenRead_thenItWaitsOnce() throws Exception {
        var text = "{\"text\":\"Nordlys resumed its ads on Marsa. Nordlys did not raise its budget for ads.\"}";
        post("/v1/desk/platform-names", "{\"names\":[\"Marsa\"]}");
        var first = post("/v1/desk/readings", text);
        assertEquals(1, first.path("signals").size());
        assertEquals("negated", first.path("set_aside").get(0).path("why").stringValue());
        assertEquals(0, post("/v1/desk/readings", text).path("signals").size());
    }

    @Test
    void givenAnAdvertisersKey_whenItAsksForTheDesk_thenThereIsNone() throws Exception {
        keys.admit(
                ApiKeys.hash("mz_live_theirs"),
                new Principal("key_2", Mode.LIVE, EnumSet.allOf(Scope.class), Optional.of(advertiser)));
        for (var path : new String[] {"signals", "alarm", "forecast", "shares", "advertisers/" + advertiser}) {
            assertEquals(
                    404, send(as("mz_live_theirs", "/v1/desk/" + path).GET()).statusCode(), path);
        }
    }

    @Test
    void givenAShare_whenForgedOverOrTakenBack_thenTheDeskStaysShut() throws Exception {
        var share = post("/v1/desk/shares", "{\"days\":7}");
        var link = share.path("link").stringValue();
        var open = send(to(link).GET());
        assertEquals(200, open.statusCode());
        assertFalse(open.body().contains("<form class=\"line\" method=\"post\""), "it is for reading only");
        assertEquals(404, send(to(link.replace(".", ".9")).GET()).statusCode(), "a longer life is a forged one");
        now.set(now.get().plus(Duration.ofDays(7)));
        assertEquals(404, send(to(link).GET()).statusCode());
        now.set(now.get().minus(Duration.ofDays(6)));
        post("/v1/desk/shares/" + share.path("id").stringValue() + "/revoke", "{}");
        assertEquals(404, send(to(link).GET()).statusCode());
    }

    @Test
    void givenAForm_whenAnotherSiteSendsIt_thenNothingIsRead() throws Exception {
        var text = "Nordlys resumed its ads on Marsa.";
        assertEquals(403, form("/signals", "cross-site", "text", text).statusCode());
        assertTrue(get("/v1/desk/signals").contains("\"data\":[]"));
        var page = form("/signals", "same-origin", "text", text, "published", "2026-11-20")
                .body();
        assertTrue(page.contains(text), page);
        var id = StrictJson.object(get("/v1/desk/signals").getBytes(StandardCharsets.UTF_8))
                .path("data")
                .get(0)
                .path("id")
                .stringValue();
        assertEquals(303, form("/signals/" + id, "same-origin", "right", "no").statusCode());
        assertTrue(get("/v1/desk/signals?state=rejected").contains(id));
    }

    @Test
    void givenAWinBack_whenOffered_thenTermsAreStrictAndThePilotIsPaused() throws Exception {
        var offer =
                post("/v1/desk/advertisers/" + advertiser + "/win-back", "{\"pilot_micros\":2800000000,\"days\":28}");
        var campaign = get("/v1/campaigns/" + offer.path("campaign").stringValue());
        assertTrue(campaign.contains("\"entity_status\":\"PAUSED\""), campaign);
        assertTrue(campaign.contains("\"daily_micros\":100000000"), campaign);
        assertTrue(
                get("/v1/suitability-terms/" + offer.path("suitability_terms").stringValue())
                        .contains("\"preset\":\"STRICT\""));
    }

    @Test
    void givenTheWeeklyMail_whenWrittenInBothLanguages_thenBothSayTheSame() throws Exception {
        assertTrue(post("/v1/desk/weekly-mail", "{\"language\":\"en\"}")
                .path("text")
                .stringValue()
                .contains("No more advertisers stopped than chance explains."));
        assertTrue(post("/v1/desk/weekly-mail", "{\"language\":\"ar\"}")
                .path("text")
                .stringValue()
                .contains("لم يتوقف من المعلنين أكثر مما تفسره الصدفة."));
    }
}
