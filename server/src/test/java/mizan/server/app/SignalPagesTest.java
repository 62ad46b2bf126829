package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The form that reads news: whatever is put into it, a page comes back.
class SignalPagesTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void givenAnyDayAndTextsThatAreHard_whenTheFormIsSent_thenItIsReadAndNothingFails() throws Exception {
        try (var server = new ConsoleServer(folder)) {
            server.book("/v1/advertisers", "{\"name\":{\"en\":\"Nordlys\"},\"payer\":\"N\",\"currency\":\"USD\"}");
            var said = "Yesterday Nordlys stopped advertising on Marsa. ";
            for (var day : List.of(
                    "+999999999-12-31", "-999999999-01-01", "9999-12-31", "0000-01-01", "2026-02-30", "", "x", "١٢")) {
                var answer = server.post("/signals", Map.of("text", said, "source", "s", "published", day));
                assertEquals(200, answer.statusCode(), day);
            }
            for (var text : List.of(
                    said + "A B ".repeat(15_000) + "said so.",
                    said + "The ".repeat(15_000),
                    "«".repeat(30_000),
                    "\u0640".repeat(30_000) + said,
                    "و".repeat(30_000),
                    "Mr. ".repeat(15_000),
                    "(".repeat(60_000))) {
                var answer = server.post("/signals", Map.of("text", text, "source", "s", "published", "2026-11-01"));
                assertEquals(200, answer.statusCode(), text.substring(0, 60));
            }
        }
    }
}
