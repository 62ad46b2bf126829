package mizan.core.targeting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mizan.core.suitability.text.Folding;
import mizan.core.suitability.text.KeywordAutomaton;
import mizan.core.suitability.text.KeywordList;

/// Names of interests and segments that would tell a special category of personal data: health, religion,
/// political opinions, sexual life, ethnic origin, trade union membership, genetic and biometric data (GDPR
/// art. 9(1)), and criminal convictions (art. 10). Ads may not be aimed by profiles of these (DSA art.
/// 26(3)).
///
/// The names are words, so this is a guard rail and no proof: a platform that calls a segment `s17` must
/// know itself what it means. The terms are in `special-categories.tsv`, `term TAB language TAB category`,
/// and match whole words in Arabic and English with their inflections, as suitability keywords do.
public final class SpecialCategories {
    /// What stands for a space in names of programs.
    private static final Pattern JOINT = Pattern.compile("[_\\-./:+&|\u0640]+");
    private static final Pattern HUMP = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})");

    private static final String RESOURCE = "special-categories.tsv";
    private static final KeywordAutomaton<String> TERMS = KeywordAutomaton.compile(read());

    private SpecialCategories() {}

    /// The category that a name tells, such as `health`.
    public static Optional<String> of(String name) {
        var spoken = HUMP.matcher(JOINT.matcher(name).replaceAll(" ")).replaceAll(" ");
        return TERMS.match(Folding.fold(spoken)).byList().keySet().stream().findFirst();
    }

    /// The file is part of the program, as constant as its classes.
    private static List<KeywordList<String>> read() {
        try (var file = SpecialCategories.class.getResourceAsStream(RESOURCE)) {
            var text = new String(Objects.requireNonNull(file, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
            Map<String, List<String>> byCategory = text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .collect(Collectors.groupingBy(
                            cells -> cells[2], Collectors.mapping(cells -> cells[0], Collectors.toList())));
            return byCategory.entrySet().stream()
                    .map(e -> new KeywordList<>(e.getKey(), e.getValue()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE + " from the program itself", e);
        }
    }
}
