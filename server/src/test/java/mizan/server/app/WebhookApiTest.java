package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import mizan.server.http.StrictJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Webhooks as a program sets them up.
class WebhookApiTest {
    private static final String URL = "https://shop.example/hook";

    @TempDir
    private Path folder = Path.of("");

    private ConsoleServer console;

    @BeforeEach
    void start() throws Exception {
        console = new ConsoleServer(folder);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return console.send(ConsoleServer.KEY, "POST", path, "application/json", json);
    }

    private JsonNode json(String path) throws Exception {
        return StrictJson.own(console.get(path).body());
    }

    private JsonNode made() throws Exception {
        var answer = post("/v1/webhooks", "{\"url\":\"%s\",\"types\":[\"campaign.paused\"]}".formatted(URL));
        assertEquals(201, answer.statusCode(), answer.body());
        return StrictJson.own(answer.body());
    }

    @Test
    void givenAWebhook_whenItIsMadeAndRotated_thenEachSecretIsToldOnce() throws Exception {
        var made = made();
        var secret = made.path("secret").asString();
        assertEquals(
                console.engine.webhooks().all().getFirst().secrets().getFirst().text(), secret);
        var base = "/v1/webhooks/" + made.path("id").asString();
        assertFalse(console.get("/v1/webhooks").body().contains(secret));
        assertFalse(console.get(base).body().contains(secret));
        var rotated = StrictJson.own(post(base + "/rotate", "").body());
        assertNotEquals(secret, rotated.path("secret").asString());
        assertEquals("2026-11-24T10:00:00Z", json(base).path("old_secret_until").asString());
        assertEquals(1, json("/v1/webhooks").path("data").size());
    }

    @Test
    void givenATest_whenItIsReplayed_thenItIsOnItsWayAgain() throws Exception {
        var base = "/v1/webhooks/" + made().path("id").asString();
        assertEquals(200, post(base + "/test", "").statusCode());
        var sent = json(base + "/deliveries").path("data").path(0);
        assertEquals("webhook.test", sent.path("type").asString());
        var again = post(base + "/deliveries/" + sent.path("number").asLong() + "/replay", "");
        assertEquals("waiting", StrictJson.own(again.body()).path("state").asString());
        assertEquals(404, post(base + "/deliveries/999/replay", "").statusCode());
        assertEquals(200, post(base + "/remove", "").statusCode());
        assertEquals(404, console.get(base).statusCode());
    }

    @Test
    void givenWhatCannotBeTold_whenAWebhookIsMade_thenEveryWrongFieldIsNamed() throws Exception {
        for (var url : new String[] {"http://shop.example/", "shop", "https://user:secret@shop.example/"}) {
            var answer = post("/v1/webhooks", "{\"url\":\"%s\",\"types\":[\"campaign.eaten\"]}".formatted(url));
            assertEquals(400, answer.statusCode(), answer.body());
            assertEquals(2, StrictJson.own(answer.body()).path("errors").size(), answer.body());
        }
        assertEquals(
                400, post("/v1/webhooks", "{\"url\":\"%s\"}".formatted(URL)).statusCode());
        assertEquals(0, console.engine.webhooks().all().size());
    }
}
