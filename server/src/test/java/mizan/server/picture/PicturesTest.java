package mizan.server.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mizan.server.app.Engine;
import mizan.server.app.Server;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.picture.redraw.Limits;
import mizan.server.picture.redraw.SamplePictures;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Pictures over real HTTP, drawn by the real helper.
class PicturesTest {
    private static final String KEY = "mz_test_0000000000000000000000000000000000000000000000000000";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private Server server;
    private Engine engine;

    @BeforeEach
    void start() {
        engine = Engine.embedded(folder, LeaseRules.STANDARD, () -> now, new SplittableRandom(1));
        var keys = new ApiKeys();
        keys.admit(
                ApiKeys.hash(KEY), new Principal("key_test", Mode.TEST, EnumSet.allOf(Scope.class), Optional.empty()));
        server = new Server(
                new Server.Listen("127.0.0.1", 0), Map.of(Mode.TEST, engine), Mode.TEST, keys, List.of(), () -> now);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<byte[]> send(byte[] picture, String type, String language) throws Exception {
        return CLIENT.send(
                to("/v1/pictures")
                        .header("authorization", "Bearer " + KEY)
                        .header("content-type", type)
                        .header("accept-language", language)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> get(String path, boolean known) throws Exception {
        var request = to(path);
        if (known) {
            request.header("authorization", "Bearer " + KEY);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static ObjectNode json(HttpResponse<byte[]> response) {
        return StrictJson.object(response.body());
    }

    @Test
    void givenAPicture_whenSentTwiceUnderAnyType_thenItIsOnePictureAndOnlyThoseWhoCameInSeeIt() throws Exception {
        var first = send(SamplePictures.png(300, 200), "text/html", "en");
        assertEquals(201, first.statusCode(), new String(first.body(), StandardCharsets.UTF_8));
        assertEquals(json(first), json(send(SamplePictures.png(300, 200), "image/gif", "en")));
        assertEquals("image/png", json(first).path("media_type").asString());
        assertEquals(300, json(first).path("width").asInt());
        var url = json(first).path("url").asString();
        assertEquals(404, get(url, false).statusCode());
        var seen = get(url, true);
        assertEquals(
                "private, no-store", seen.headers().firstValue("cache-control").orElseThrow());
        assertEquals(
                "nosniff", seen.headers().firstValue("x-content-type-options").orElseThrow());
        assertTrue(seen.headers()
                .firstValue("content-security-policy")
                .orElseThrow()
                .contains("sandbox"));
        assertEquals("image/png", seen.headers().firstValue("content-type").orElseThrow());
    }

    @Test
    void givenAStoredPicture_whenItsFileIsChanged_thenItIsNotShown() throws Exception {
        var sent = json(send(SamplePictures.png(300, 200), "image/png", "en"));
        var file = folder.resolve("pictures").resolve(sent.path("name").asString());
        var bytes = Files.readAllBytes(file);
        assertArrayEquals(bytes, get(sent.path("url").asString(), true).body());
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertEquals(404, get(sent.path("url").asString(), true).statusCode());
    }

    @Test
    void givenWhatIsNoPicture_whenSent_thenTheProblemSaysWhatItIsAndWhatToDoInBothLanguages() throws Exception {
        var svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
                .getBytes(StandardCharsets.UTF_8);
        var english = send(svg, "image/png", "en");
        assertEquals(422, english.statusCode());
        assertEquals("picture_type", json(english).path("code").asString());
        assertTrue(json(english).path("detail").asString().startsWith("This is SVG, whatever its name says. Send PNG"));
        assertTrue(json(send(svg, "image/png", "ar")).path("detail").asString().contains("SVG مهما كان اسمه"));
        assertEquals(
                "picture_missing",
                json(send(new byte[0], "image/png", "en")).path("code").asString());
        assertEquals(
                413, send(new byte[Limits.SENT_BYTES + 1], "image/png", "en").statusCode());
        assertEquals(
                "picture_size",
                json(send(SamplePictures.png(10, 10), "image/png", "en"))
                        .path("code")
                        .asString());
        assertEquals(
                0,
                Optional.ofNullable(folder.resolve("pictures").toFile().list()).orElseThrow().length);
    }

    @Test
    void givenManyHostilePicturesAtOnce_whenSent_thenNoneIsAnErrorOfOursAndTheHeapStaysSmall() throws Exception {
        var gif = SamplePictures.gif(64, 64, 3, 10);
        var jpeg = SamplePictures.jpeg(4_000, 3_000);
        long before = used();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 12; i++) {
                var sent = (i % 2 == 0 ? gif : jpeg).clone();
                sent[sent.length / 2 + i] ^= (byte) (1 << i % 8);
                answers.add(threads.submit(() -> send(sent, "image/png", "en").statusCode()));
            }
            for (var answer : answers) {
                assertTrue(List.of(201, 422, 503).contains(answer.get()), "status " + answer.get());
            }
        }
        assertTrue(used() - before < 64 << 20, "the heap grew by " + (used() - before));
    }

    private static long used() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void givenACreativeThatNamesAPicture_whenApprovedAndTakenDown_thenAnybodySeesItFromThenAndUntilThen()
            throws Exception {
        var picture = json(send(SamplePictures.png(300, 200), "image/png", "en"));
        var advertiser = post("/v1/advertisers", "{\"name\":{\"en\":\"N\"},\"payer\":\"N\",\"currency\":\"USD\"}", 201);
        var body = """
                {"advertiser":"%s","kind":"IMAGE","headline":{"en":"H","ar":"ع"},"body":{"en":"B"},"call_to_action":{"en":"Go"},
                 "landing_page":"https://n.example/","picture":{"name":"%s","alternative":{"en":"Halves","ar":"نصفان"}}}""".formatted(
                        advertiser.path("id").asString(), picture.path("name").asString());
        var creative = post("/v1/creatives", body, 201);
        assertEquals(300, creative.path("picture").path("width").asInt());
        var url = picture.path("url").asString();
        var review = "/v1/creatives/" + creative.path("id").asString() + "/review";
        assertEquals(404, get(url, false).statusCode());
        post(review, "{\"decision\":\"APPROVED\"}", 200);
        assertEquals(
                "public, max-age=31536000, immutable",
                get(url, false).headers().firstValue("cache-control").orElseThrow());
        post(review, "{\"decision\":\"SUSPENDED\",\"reason_code\":\"takedown_request\"}", 200);
        assertEquals(404, get(url, false).statusCode());

        assertEquals(
                "/picture/alternative/ar",
                post("/v1/creatives", body.replace(",\"ar\":\"نصفان\"", ""), 400)
                        .path("param")
                        .asString());
        assertEquals(
                "/picture/name",
                post("/v1/creatives", body.replace(".png", ".jpg"), 400)
                        .path("param")
                        .asString());
        assertEquals(
                "/picture/width",
                post("/v1/creatives", body.replace("\"alternative\"", "\"width\":9,\"alternative\""), 400)
                        .path("param")
                        .asString());
        var without = body.replaceFirst(",\\s*\"picture\".*", "}");
        var waits = post("/v1/creatives", without, 201).path("id").asString();
        assertEquals(
                "/picture",
                post("/v1/creatives/" + waits + "/review", "{\"decision\":\"APPROVED\"}", 400)
                        .path("param")
                        .asString());
    }

    private ObjectNode post(String path, String body, int status) throws Exception {
        var answer = CLIENT.send(
                to(path).header("authorization", "Bearer " + KEY)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(status, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        return json(answer);
    }

    @Test
    void givenACarousel_whenApprovedAndDecided_thenItsCardsAreAnsweredInOrderWithTheirPicturesForAnybody()
            throws Exception {
        var pictures = new ArrayList<ObjectNode>();
        for (int width = 300; width < 303; width++) {
            pictures.add(json(send(SamplePictures.png(width, 200), "image/png", "en")));
        }
        var advertiser = post("/v1/advertisers", "{\"name\":{\"en\":\"N\"},\"payer\":\"N\",\"currency\":\"USD\"}", 201)
                .path("id")
                .asString();
        var cards = pictures.stream()
                .map(p ->
                        "{\"headline\":{\"en\":\"%s wide\"},\"picture\":{\"name\":\"%s\",\"alternative\":{\"en\":\"Halves\"}}}"
                                .formatted(
                                        p.path("width").asInt(), p.path("name").asString()))
                .toList();
        var body = """
                {"advertiser":"%s","kind":"CAROUSEL","headline":{"en":"H"},"body":{"en":"B"},"call_to_action":{"en":"Go"},
                 "landing_page":"https://n.example/","cards":[%s]}""";
        for (var wrong : List.of(
                body.formatted(advertiser, cards.getFirst()),
                body.formatted(advertiser, String.join(",", Collections.nCopies(11, cards.getFirst()))),
                body.formatted(advertiser, String.join(",", cards)).replace("CAROUSEL", "NATIVE_CARD"))) {
            assertEquals(
                    "/cards", post("/v1/creatives", wrong, 400).path("param").asString(), wrong);
        }
        var foreign = body.formatted(advertiser, String.join(",", cards).replaceFirst("\\.png", ".jpg"));
        assertEquals(
                "/cards/0/picture/name",
                post("/v1/creatives", foreign, 400).path("param").asString());
        var creative = post("/v1/creatives", body.formatted(advertiser, String.join(",", cards)), 201);
        assertEquals(
                301,
                creative.path("cards").path(1).path("picture").path("width").asInt());
        post("/v1/creatives/" + creative.path("id").asString() + "/review", "{\"decision\":\"APPROVED\"}", 200);
        for (var picture : pictures) {
            assertEquals(200, get(picture.path("url").asString(), false).statusCode());
        }
        var ad = decided(advertiser, creative.path("id").asString());
        assertEquals("CAROUSEL", ad.path("kind").asString());
        for (int i = 0; i < 3; i++) {
            var card = ad.path("cards").path(i);
            assertEquals(300 + i + " wide", card.path("headline").asString());
            assertEquals(pictures.get(i).path("url"), card.path("picture").path("url"));
            assertEquals("Halves", card.path("picture").path("alternative").asString());
        }
    }

    /// The ad of a feed in which this creative alone competes.
    private JsonNode decided(String advertiser, String creative) throws Exception {
        post(
                "/v1/placements",
                "{\"code\":\"home\",\"name\":{\"en\":\"Home\"},\"currency\":\"USD\",\"first_slot\":1}",
                201);
        CLIENT.send(
                to("/v1/advertisers/" + advertiser + "/funding")
                        .header("authorization", "Bearer " + KEY)
                        .header("content-type", "application/json")
                        .header("idempotency-key", "fund")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"micros\":1000000000,\"currency\":\"USD\",\"reference\":\"PO 1\"}"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        var campaign = post(
                        "/v1/campaigns",
                        "{\"advertiser\":\"%s\",\"name\":{\"en\":\"C\"},\"entity_status\":\"ACTIVE\",\"pacing\":\"ASAP\"}"
                                .formatted(advertiser),
                        201)
                .path("id")
                .asString();
        var group = post(
                        "/v1/ad-groups",
                        "{\"campaign\":\"%s\",\"name\":{\"en\":\"G\"},\"entity_status\":\"ACTIVE\",\"bid\":{\"amount_micros\":20000000}}"
                                .formatted(campaign),
                        201)
                .path("id")
                .asString();
        post(
                "/v1/ads",
                "{\"ad_group\":\"%s\",\"creative\":\"%s\",\"entity_status\":\"ACTIVE\"}".formatted(group, creative),
                201);
        var decision = post("/v1/decisions", """
                {"placement":"home","posts":[
                 {"id":"p1","author":"@a","text":"A lovely morning in the garden with the children and the cat."},
                 {"id":"p2","author":"@b","text":"Coffee and bread with friends near the old harbour today."}]}""", 200);
        return decision.path("slots").path(0).path("ad");
    }

    @Test
    void givenAMovingPictureWithoutACaption_whenBooked_thenItIsRefused() throws Exception {
        var picture = json(send(SamplePictures.gif(120, 100, 3, 20), "image/gif", "en"));
        assertTrue(picture.path("moving").asBoolean());
        assertEquals(600, picture.path("motion_millis").asInt());
        var advertiser = post("/v1/advertisers", "{\"name\":{\"en\":\"N\"},\"payer\":\"N\",\"currency\":\"USD\"}", 201);
        var body = """
                {"advertiser":"%s","headline":{"en":"H"},"body":{"en":"B"},"call_to_action":{"en":"Go"},
                 "landing_page":"https://n.example/","picture":{"name":"%s","alternative":{"en":"Colours"}}}""".formatted(
                        advertiser.path("id").asString(), picture.path("name").asString());
        assertEquals(
                "/picture/caption",
                post("/v1/creatives", body, 400).path("param").asString());
        post(
                "/v1/creatives",
                body.replace("\"alternative\"", "\"caption\":{\"en\":\"They change\"},\"alternative\""),
                201);
    }

    @Test
    void givenARestart_whenAPictureIsAskedFor_thenItIsStillThereAndLeftOversAreNot() throws Exception {
        var name = json(send(SamplePictures.png(300, 200), "image/png", "en"))
                .path("name")
                .asString();
        server.close();
        Files.write(folder.resolve("pictures/left-over.part"), new byte[10]);
        start();
        assertEquals(200, get("/pictures/" + name, true).statusCode());
        assertFalse(Files.exists(folder.resolve("pictures/left-over.part")));
    }

    @Test
    void givenAnAddressThatIsNoPicture_whenAskedFor_thenNothingElseIsRead() throws Exception {
        for (var path :
                List.of("/pictures/x.png", "/pictures/..%2Fbook.db", "/pictures/%2Fetc%2Fpasswd", "/pictures/")) {
            assertEquals(404, get(path, true).statusCode(), path);
        }
    }
}
