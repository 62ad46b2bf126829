package mizan.core.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NewsReaderTest {
    private static final String REPORT = """
        Nordlys and Marsa make up

        In a sign of a thaw, Nordlys plans to raise its advertising on Marsa, according to a report in "The Harbour Post".
        It comes a year after many brands left, following the sale of the network in October 2022. Lena Falk, chief
        executive of Nordlys, and Tomas Reyes, owner of Marsa, have had friendly meetings lately. Falk praised Marsa
        on 16 January. Companies such as CBQ, Nisan and Lumen decided to suspend their campaigns on the platform, and
        Marsa sued some of these companies. In 2023, Nordlys stopped all its advertising on the platform, but the
        company plans to return to Marsa.
        """;

    @Test
    void givenOurRows_whenRead_thenEachSaysWhatStandsBesideIt() throws IOException {
        assertEquals(List.of(), wrong("signal-rows.tsv"));
    }

    @Test
    void givenRowsWrittenBeforeTheyWereRead_whenRead_thenEachSaysWhatStandsBesideIt() throws IOException {
        assertEquals(List.of(), wrong("held-out-rows.tsv"));
    }

    @Test
    void givenAWholeReport_whenRead_thenPersonsAndTheseCompaniesAreFollowedThroughIt() {
        assertEquals(
                String.join(
                        "; ",
                        "nordlys raised planned",
                        "nordlys leadership_contact",
                        "nordlys praised 2025-01-16/2025-01-17",
                        "cbq stopped",
                        "nisan stopped",
                        "lumen stopped",
                        "cbq sued by-platform some",
                        "nisan sued by-platform some",
                        "lumen sued by-platform some",
                        "nordlys stopped 2023-01-01/2024-01-01",
                        "nordlys returned planned"),
                SignalRows.read(REPORT.replaceAll("(?<!\n)\n(?!\n)", " ")));
    }

    @Test
    void givenAReport_whenRead_thenEachSignalRestsOnASentenceOfItAndWordsOfThatSentence() {
        var reading = NewsReader.builtIn().read(REPORT, SignalRows.NAMES, SignalRows.PUBLISHED);
        assertFalse(reading.signals().isEmpty());
        for (var signal : reading.signals()) {
            assertTrue(REPORT.contains(signal.evidence()), signal.evidence());
            assertTrue(signal.evidence().contains(signal.cue()), signal.cue());
        }
    }

    @Test
    void givenTextWithoutSense_whenRead_thenNothingFailsAndItIsReadTheSameTwice() throws IOException {
        var words = rows("signal-rows.tsv").stream()
                .flatMap(row -> List.of(row.sentence().split("(?<=\\W)|(?=\\W)")).stream())
                .toList();
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(60); i >= 0; i--) {
                text.append(words.get(random.nextInt(words.size())));
                text.append(random.nextInt(8) == 0 ? " \u202e\u0651,؟" : " ");
            }
            var once = SignalRows.read(text.toString());
            assertEquals(once, SignalRows.read(text.toString()), "seed " + seed);
        }
    }

    /// On a small stack, as a server's thread may have left when it comes here.
    @Test
    void givenCapitalWordsWithoutEnd_whenRead_thenNoStackIsUsedUp() throws Exception {
        var failed = new AtomicReference<Throwable>();
        var thread = new Thread(
                null,
                () -> SignalRows.read("Nordlys stopped advertising on Marsa, " + "A B ".repeat(8_000) + "said so."),
                "small",
                256 << 10);
        thread.setUncaughtExceptionHandler((_, e) -> failed.set(e));
        thread.start();
        thread.join();
        assertNull(failed.get());
    }

    @Test
    void givenMoreThanIsRead_whenRead_thenTheReadingSaysSo() {
        var text = "Nordlys stopped advertising on Marsa. ".repeat(2_000);
        var reading = NewsReader.builtIn().read(text, SignalRows.NAMES, SignalRows.PUBLISHED);
        assertFalse(reading.whole());
        assertEquals(1, reading.signals().size(), "what repeats itself is one signal");
    }

    private static List<String> wrong(String resource) throws IOException {
        var wrong = new ArrayList<String>();
        for (var row : rows(resource)) {
            var read = SignalRows.read(row.sentence());
            if (!read.equals(row.expected())) {
                wrong.add(row.sentence() + "\n  expected " + row.expected() + "\n  read     " + read);
            }
        }
        return wrong;
    }

    private static List<SignalRows.Row> rows(String resource) throws IOException {
        try (var rows = NewsReaderTest.class.getResourceAsStream(resource)) {
            var text = new String(Objects.requireNonNull(rows).readAllBytes(), StandardCharsets.UTF_8);
            return SignalRows.parse(text.lines());
        }
    }
}
