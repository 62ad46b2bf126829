package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// What somebody finds on the page of notifications.
class NotificationPagesTest {
    private static final String PAGE = "/notifications";

    @TempDir
    private Path folder = Path.of("");

    private ConsoleServer console;
    private String campaign = "";

    @BeforeEach
    void start() throws Exception {
        console = new ConsoleServer(folder);
        var advertiser = console.book(
                "/v1/advertisers", "{\"name\":{\"en\":\"Nordlys\"},\"payer\":\"Nordlys\",\"currency\":\"USD\"}");
        campaign = console.book(
                "/v1/campaigns",
                "{\"advertiser\":\"%s\",\"name\":{\"en\":\"Winter\"},\"entity_status\":\"ACTIVE\"}"
                        .formatted(advertiser));
    }

    @AfterEach
    void stop() {
        console.close();
    }

    /// As somebody else does it.
    private void paused(String why) {
        var fields = JsonNodeFactory.instance.objectNode().put("entity_status", "PAUSED");
        var wish = new Booking.Wish(Kind.CAMPAIGN, java.util.Optional.of(campaign), "pause", fields);
        console.engine.booking().apply(java.util.List.of(wish), new Booking.Author("key_omar", why));
    }

    @Test
    void givenACampaignThatSomebodyElsePaused_whenLookedAt_thenItIsNewUntilItIsMarkedAsRead() throws Exception {
        assertFalse(ConsoleServer.text(console.get(PAGE)).contains("booked Winter"), "one's own deed is no news");
        paused("No stock left");
        var news = console.get(PAGE);
        assertTrue(ConsoleServer.text(news).contains("key_omar paused Winter"), news.body());
        assertTrue(ConsoleServer.text(news).contains("No stock left"));
        assertTrue(ConsoleServer.text(news).contains("1 new"));
        assertEquals(303, console.post(PAGE + "/read", Map.of()).statusCode());
        var read = console.get(PAGE);
        assertTrue(ConsoleServer.text(read).contains("key_omar paused Winter"));
        assertTrue(ConsoleServer.text(read).contains("All read"));
    }

    @Test
    void givenNewsOfAnotherAdvertiser_whenLookedAt_thenTheyAreNotThere() throws Exception {
        paused("No stock left");
        assertFalse(console.get(ConsoleServer.OTHER, PAGE).body().contains("Winter"));
    }

    @Test
    void givenAReader_whenOneHasRead_thenItIsStillNewToTheOther() throws Exception {
        console.post(PAGE + "/read", Map.of());
        assertTrue(console.workspace
                .store()
                .preference("key_1", "notifications.read_up_to")
                .isPresent());
        assertTrue(console.workspace
                .store()
                .preference("key_2", "notifications.read_up_to")
                .isEmpty());
    }
}
