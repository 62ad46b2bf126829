package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import mizan.core.campaign.Creative;
import mizan.core.campaign.ReviewStatus;
import mizan.server.api.Actions;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.RememberedAnswers;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.landing.LandingPage;
import mizan.server.landing.Look;
import mizan.server.pages.Community;
import mizan.server.pages.FrontDoor;
import mizan.server.pages.PageRoutes;
import mizan.server.people.EntryLinks;
import mizan.server.people.Workspace;
import mizan.server.picture.redraw.SamplePictures;
import mizan.server.serve.LeaseRules;
import mizan.server.store.SqliteLandingStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A picture sent by a form without script, and a person's verdict on the creative that shows it.
class CreativePagesTest {
    private static final String KEY = "mz_live_creatives";
    private static final String BOUNDARY = "----MizanTest";
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final byte[] NOTHING = {};
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder = Path.of("");

    private Engine engine;
    private Server server;
    private String advertiser = "";

    @BeforeEach
    void start() throws Exception {
        open();
        var made = send(
                "/v1/advertisers",
                "application/json",
                "{\"name\":{\"en\":\"Nordlys\"},\"payer\":\"Nordlys Gulf\",\"currency\":\"USD\"}"
                        .getBytes(StandardCharsets.UTF_8));
        advertiser = StrictJson.own(made.body()).path("id").stringValue();
    }

    private void open() {
        engine = Engine.embedded(folder, LeaseRules.STANDARD, () -> NOW, new SplittableRandom(5));
        var keys = new ApiKeys();
        keys.admit(ApiKeys.hash(KEY), new Principal("key_1", Mode.LIVE, EnumSet.allOf(Scope.class), Optional.empty()));
        var workspace = Workspace.empty(keys, () -> NOW, new SplittableRandom(12));
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
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givenAPictureInTheForm_whenSent_thenItStandsInTheFeedOfBothLanguagesAndStaysWhenWordsChange()
            throws Exception {
        assertEquals(303, creative(Map.of(), SamplePictures.jpeg(600, 300)).statusCode());
        var picture = only().picture().orElseThrow();
        assertEquals("Dates on a plate", picture.alternative().in("en"));
        assertEquals(600, picture.width());
        var page =
                get("/first-campaign/" + advertiser + "?step=creative&lang=en").body();
        assertEquals(4, page.split("<img class=\"art\" src=\"/pictures/" + picture.name(), -1).length - 1);
        assertTrue(page.contains("width=\"600\" height=\"300\" alt=\"Dates on a plate\""));

        assertEquals(
                303,
                creative(Map.of("headline_en", "Fresh dates", "picture_name", picture.name()), NOTHING)
                        .statusCode());
        assertEquals(picture, only().picture().orElseThrow());
        assertEquals("Fresh dates", only().headline().in("en"));

        assertEquals(
                303,
                creative(Map.of("picture_name", picture.name(), "without_picture", "yes"), NOTHING)
                        .statusCode());
        assertTrue(only().picture().isEmpty());
    }

    @Test
    void givenAFileThatIsNoPicture_whenSent_thenTheFormSaysWhyInTheReadersLanguageAndKeepsWhatWasTyped()
            throws Exception {
        var svg = "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8);
        var refused = creative(Map.of("headline_en", "Fresh dates"), svg);
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("This is SVG, whatever its name says."), refused.body());
        assertTrue(refused.body().contains("value=\"Fresh dates\""));
        assertTrue(engine.booking().book().creatives().isEmpty());
    }

    @Test
    void givenAPictureWithoutWords_whenSent_thenTheyAreAskedForAndThePictureNeedNotBeSentAgain() throws Exception {
        var asked = creative(Map.of("alternative_en", ""), SamplePictures.png(300, 200));
        assertEquals(400, asked.statusCode());
        assertTrue(asked.body().contains("What it shows, for readers who do not see it: is needed."), asked.body());
        var kept = Pattern.compile("name=\"picture_name\" value=\"([^\"]+)\"").matcher(asked.body());
        assertTrue(kept.find());
        assertEquals(
                303, creative(Map.of("picture_name", kept.group(1)), NOTHING).statusCode());
        assertEquals(kept.group(1), only().picture().orElseThrow().name());
    }

    @Test
    void givenACreativeThatWaits_whenAPersonDecides_thenJustWhatWasSeenIsApproved() throws Exception {
        creative(Map.of(), SamplePictures.png(300, 200));
        var page = get("/creatives?lang=en").body();
        assertTrue(text(page).contains("1 creative waits for a person"), page);
        assertTrue(page.contains("oasis.example/dates"));
        var seen = version(page);
        creative(Map.of("headline_en", "Other dates"), NOTHING);
        assertEquals("/creatives?saved=CHANGED", decide("APPROVED", "", seen));
        assertEquals(ReviewStatus.PENDING_REVIEW, only().review());

        assertEquals(
                "/creatives?saved=INCOMPLETE",
                decide("REJECTED", "", version(get("/creatives").body())));
        assertEquals(
                "/creatives?saved=REJECTED",
                decide("REJECTED", "CONTENT_DRIFT", version(get("/creatives").body())));
        assertEquals(Optional.of("content_drift"), only().reviewReason());
        assertTrue(text(get("/creatives?lang=en").body()).contains("No creative waits"));

        creative(Map.of("headline_en", "Better dates"), NOTHING);
        assertEquals(
                "/creatives?saved=APPROVED",
                decide("APPROVED", "", version(get("/creatives").body())));
        assertEquals(Optional.empty(), only().reviewReason());
        creative(Map.of("headline_en", "Best dates"), NOTHING);
        var again = get("/creatives?lang=en").body();
        assertTrue(again.contains("Changed since it was approved:"), again);
        assertFalse(again.contains("<code>body</code>"));
    }

    @Test
    void givenALandingPageThatChanged_whenAPersonTakesItDown_thenItsAdsAreShownNoMoreAndTheReasonIsKept()
            throws Exception {
        creative(Map.of(), NOTHING);
        decide("APPROVED", "", version(get("/creatives").body()));
        var then = new Look(NOW, "oasis.example", List.of(1L, 2L, 3L, 4L));
        var now = new Look(NOW, "casino.example", List.of(9L));
        var id = only().id();
        server.close();
        try (var store = SqliteLandingStore.open(folder.resolve("landings.db"))) {
            store.put(new LandingPage(
                    id, "https://oasis.example/dates", Optional.of(then), Optional.of(now), 0, "", NOW.plusSeconds(9)));
        }
        open();
        var page = text(get("/creatives?lang=en").body());
        assertTrue(page.contains("It leads to another place now: casino.example"), page);
        assertTrue(text(get("/creatives?lang=ar").body()).contains("صارت تقود إلى مكان آخر"));
        assertEquals("/creatives?saved=SUSPENDED", landing("suspend"));
        assertEquals(ReviewStatus.SUSPENDED, only().review());
        assertEquals(Optional.of("content_drift"), only().reviewReason());
        assertFalse(text(get("/creatives?lang=en").body()).contains("casino.example"));
    }

    private String landing(String act) throws Exception {
        return send(
                        "/creatives/" + only().id() + "/landing",
                        "application/x-www-form-urlencoded",
                        ("act=" + act).getBytes(StandardCharsets.UTF_8))
                .headers()
                .firstValue("location")
                .orElse("");
    }

    /// What a reader sees of a page, without its marks.
    private static String text(String page) {
        return page.replaceAll("<[^>]*>", "").replaceAll("\\s+", " ");
    }

    private static String version(String page) {
        var version = Pattern.compile("name=\"version\" value=\"([^\"]+)\"").matcher(page);
        assertTrue(version.find(), page);
        return version.group(1);
    }

    private String decide(String decision, String reason, String version) throws Exception {
        var body = "decision=" + decision + "&reason=" + reason + "&version=" + version;
        return send(
                        "/creatives/" + only().id() + "/review",
                        "application/x-www-form-urlencoded",
                        body.getBytes(StandardCharsets.UTF_8))
                .headers()
                .firstValue("location")
                .orElse("");
    }

    private Creative only() {
        var creatives = engine.booking().book().creatives().values();
        assertEquals(1, creatives.size());
        return creatives.iterator().next();
    }

    /// What a browser sends of the creative's form.
    private HttpResponse<String> creative(Map<String, String> typed, byte[] picture) throws Exception {
        var fields = new LinkedHashMap<>(Map.of(
                "headline_en", "Dates",
                "body_en", "From the farm",
                "call_to_action_en", "Order",
                "alternative_en", "Dates on a plate",
                "landing_page", "https://oasis.example/dates"));
        fields.putAll(typed);
        var body = new ByteArrayOutputStream();
        for (var field : List.copyOf(fields.entrySet())) {
            write(
                    body,
                    "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n"
                            + field.getValue() + "\r\n");
        }
        write(
                body,
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n"
                        + "Content-Type: image/png\r\n\r\n");
        body.writeBytes(picture);
        write(body, "\r\n--" + BOUNDARY + "--\r\n");
        return send(
                "/first-campaign/" + advertiser + "/creative?lang=en",
                "multipart/form-data; boundary=" + BOUNDARY,
                body.toByteArray());
    }

    private static void write(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String path, String type, byte[] body) throws Exception {
        return client.send(
                request(path)
                        .header("content-type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("authorization", "Bearer " + KEY)
                .header("sec-fetch-site", "same-origin");
    }
}
