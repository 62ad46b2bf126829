package mizan.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// What the documents name is there: types, files that they link to, and commands of the launcher.
///
/// Decision records are kept as they were written, so they may name what a later decision took away.
final class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?:[.#(][^`]*)?`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("\\./mizan ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?");
    private static final Pattern DECLARED =
            Pattern.compile("\\b(?:class|record|enum|interface) ([A-Z][A-Za-z0-9]*)\\b");

    /// Commands that the launcher carries out itself.
    private static final Set<String> OF_THE_LAUNCHER = Set.of("image", "release", "challenge", "test");

    @Test
    void givenADocument_whenItNamesAType_thenThatTypeIsInTheSources() throws IOException {
        var declared = new HashSet<String>();
        for (var source : files(".java")) {
            var names = DECLARED.matcher(Files.readString(source));
            while (names.find()) {
                declared.add(names.group(1));
            }
        }
        assertFalse(declared.isEmpty());
        var gone = new ArrayList<String>();
        for (var document : documents()) {
            var names = TYPE.matcher(Files.readString(document));
            while (names.find()) {
                if (!declared.contains(names.group(1)) && !ofTheJdk(names.group(1))) {
                    gone.add(ROOT.relativize(document) + ": " + names.group(1));
                }
            }
        }
        assertEquals(List.of(), gone);
    }

    @Test
    void givenTheLauncher_whenItHandsOver_thenItKnowsEveryCommandOfTheProgram() throws IOException {
        var handsOver = Pattern.compile("^  (demo \\|[a-z| -]*)\\)$", Pattern.MULTILINE)
                .matcher(Files.readString(ROOT.resolve("mizan")));
        assertTrue(handsOver.find(), "the launcher has no line that hands over");
        var known = new TreeSet<>(List.of(handsOver.group(1).split(" \\| ")));
        known.remove("--version");
        assertEquals(new TreeSet<>(new CommandLine(new Main()).getSubcommands().keySet()), known);
    }

    @Test
    void givenADocument_whenItLinksToAFile_thenThatFileIsThere() throws IOException {
        var gone = new ArrayList<String>();
        for (var document : documents()) {
            var links = LINK.matcher(Files.readString(document));
            while (links.find()) {
                if (!Files.exists(document.resolveSibling(links.group(1)))) {
                    gone.add(ROOT.relativize(document) + ": " + links.group(1));
                }
            }
        }
        assertEquals(List.of(), gone);
    }

    @Test
    void givenADocument_whenItNamesACommand_thenThatCommandIsThere() throws IOException {
        var line = new CommandLine(new Main());
        var gone = new ArrayList<String>();
        for (var document : documents()) {
            var commands = COMMAND.matcher(Files.readString(document));
            while (commands.find()) {
                var command = line.getSubcommands().get(commands.group(1));
                boolean known = OF_THE_LAUNCHER.contains(commands.group(1))
                        || (command != null
                                && (command.getSubcommands().isEmpty()
                                        || commands.group(2) == null
                                        || command.getSubcommands().containsKey(commands.group(2))));
                if (!known) {
                    gone.add(ROOT.relativize(document) + ": " + commands.group());
                }
            }
        }
        assertEquals(List.of(), gone);
    }

    /// Words that look like our types and are the platform's.
    private static boolean ofTheJdk(String name) {
        return Set.of("HashMap", "InstantSource", "StandardCharsets", "SplittableRandom", "BitSet")
                .contains(name);
    }

    private static List<Path> documents() throws IOException {
        return files(".md").stream()
                .filter(p -> !p.toString().contains("/decisions/"))
                .toList();
    }

    private static List<Path> files(String ending) throws IOException {
        try (var all = Files.walk(ROOT)) {
            return all.filter(p -> p.toString().endsWith(ending))
                    .filter(p -> !ROOT.relativize(p).toString().matches(".*(^|/)(target|node_modules|\\.git)/.*"))
                    .collect(Collectors.toList());
        }
    }
}
