package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mizan.server.webhooks.EventType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Webhooks as somebody sets them up in the console.
class WebhookPagesTest {
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

    @Test
    void givenAnAddress_whenAWebhookIsMade_thenItsSecretIsShownOnceAndNeverAgain() throws Exception {
        var made = console.post("/webhooks", Map.of("url", URL, "type.campaign.paused", "on"));
        var webhook = console.engine.webhooks().all().getFirst();
        var secret = webhook.secrets().getFirst().text();
        assertTrue(made.body().contains(secret));
        assertEquals(java.util.Set.of(EventType.CAMPAIGN_PAUSED, EventType.TEST), webhook.types());
        for (var page : List.of("/webhooks", "/webhooks/" + webhook.id(), "/audit")) {
            assertFalse(console.get(page).body().contains(secret), page);
        }
        var rotated = console.post("/webhooks/" + webhook.id() + "/rotate", Map.of());
        assertFalse(rotated.body().contains(secret));
        assertEquals(2, console.engine.webhooks().all().getFirst().secrets().size());
    }

    @Test
    void givenWhatIsNoAddress_whenAWebhookIsMade_thenWhatWasTypedStaysAndNothingIsMade() throws Exception {
        for (var url : List.of("http://shop.example/", "shop", "https://user:secret@shop.example/", "ftp://x/", "")) {
            var answer = console.post("/webhooks", Map.of("url", url, "type.campaign.paused", "on"));
            assertEquals(400, answer.statusCode(), url);
            assertTrue(answer.body().contains("value=\"" + url + "\""), url);
        }
        assertEquals(400, console.post("/webhooks", Map.of("url", URL)).statusCode());
        assertEquals(List.of(), console.engine.webhooks().all());
    }

    @Test
    void givenAWebhook_whenItIsTestedReplayedAndRemoved_thenEachIsDone() throws Exception {
        console.post("/webhooks", Map.of("url", URL, "type.campaign.paused", "on"));
        var webhook = console.engine.webhooks().all().getFirst();
        var page = "/webhooks/" + webhook.id();
        assertEquals(303, console.post(page + "/test", Map.of()).statusCode());
        var sent = console.engine.webhooks().deliveries(webhook, 1).getFirst();
        assertTrue(ConsoleServer.text(console.get(page)).contains("A test"));
        assertEquals(
                303,
                console.post(page + "/replay", Map.of("delivery", Long.toString(sent.number())))
                        .statusCode());
        assertEquals(
                404, console.post(page + "/replay", Map.of("delivery", "999")).statusCode());
        assertEquals(303, console.post(page + "/remove", Map.of()).statusCode());
        assertEquals(404, console.get(page).statusCode());
    }

    @Test
    void givenSomebodyWithoutTheRight_whenTheyAsk_thenTheyMayNot() throws Exception {
        assertEquals(403, console.get(ConsoleServer.OTHER, "/webhooks").statusCode());
        assertEquals(
                403,
                console.post(ConsoleServer.OTHER, "/webhooks", Map.of("url", URL, "type.campaign.paused", "on"))
                        .statusCode());
    }
}
