package mizan.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private static String run(String... arguments) {
        var before = System.out;
        var said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, Main.run(arguments));
        } finally {
            System.setOut(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private String headless(String into, String... more) {
        var arguments = new ArrayList<>(List.of("demo", "--headless", "--weeks", "1", "--advertisers", "12"));
        arguments.addAll(List.of("--folder", folder.resolve(into).toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void givenOneSeed_whenPlayedTwice_thenOnlyTheSecondsMayDiffer() {
        var first = headless("a", "--json");
        var second = headless("b", "--json");
        assertEquals(withoutSeconds(first), withoutSeconds(second));
        assertEquals(1, first.lines().count());
        for (var member : List.of(
                "\"feeds\":504",
                "\"ads_shown\":",
                "\"impressions_billed\":",
                "\"revenue\":{\"currency\":\"USD\",\"micros\":",
                "\"overspend_micros\":0",
                "\"terms_broken\":0",
                "\"ledger_sum\":0")) {
            assertTrue(first.contains(member), member + " in " + first);
        }
    }

    private static String withoutSeconds(String line) {
        assertTrue(line.strip().matches(".*,\"seconds\":[0-9.]+}"), line);
        return line.substring(0, line.indexOf(",\"seconds\""));
    }

    @Test
    void givenNoTerminal_whenPlayed_thenTheLinesHoldNoEscapeCodes() {
        var english = headless("c");
        assertTrue(english.startsWith("  Mizan "), english);
        assertTrue(english.chars().noneMatch(c -> c == 0x1b || c == '\r'), english);
        assertTrue(headless("d", "--lang", "ar").startsWith("  ميزان "));
    }

    @Test
    void givenAFolderOfSomebodyElse_whenTheDemoStarts_thenItIsLeftAlone() throws IOException {
        var theirs = Files.createDirectory(folder.resolve("theirs"));
        Files.writeString(theirs.resolve("letter"), "keep");
        assertEquals(Main.REFUSED, Main.run("demo", "--headless", "--folder", theirs.toString()));
        assertEquals("keep", Files.readString(theirs.resolve("letter")));
    }

    @Test
    void givenAPortThatIsTaken_whenStarted_thenItIsRefusedBeforeAFolderIsMade() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = String.valueOf(taken.getLocalPort());
            var untouched = folder.resolve("untouched");
            assertEquals(Main.REFUSED, Main.run("demo", "--port", port, "--folder", untouched.toString()));
            assertEquals(Main.REFUSED, Main.run("start", "--port", port, "--folder", untouched.toString()));
            assertFalse(Files.exists(untouched));
        }
    }

    @Test
    void givenWrongOptions_whenTheDemoStarts_thenItIsWrongUsage() {
        assertEquals(Main.USAGE, Main.run("demo", "--weeks", "0"));
        assertEquals(Main.USAGE, Main.run("demo", "--lang", "fr"));
        assertEquals(Main.USAGE, Main.run("demo", "--port", "70000"));
        assertEquals(Main.USAGE, Main.run("demo", "--nonsense"));
    }

    @Test
    void givenTheTranscriptsWords_whenCompared_thenBothLanguagesHaveThem() throws IOException {
        assertEquals(keys("en"), keys("ar"));
    }

    private static Set<String> keys(String language) throws IOException {
        var words = new Properties();
        try (var in = DemoCommandTest.class.getResourceAsStream("demo_" + language + ".properties")) {
            words.load(java.util.Objects.requireNonNull(in));
        }
        return new TreeSet<>(words.stringPropertyNames());
    }
}
