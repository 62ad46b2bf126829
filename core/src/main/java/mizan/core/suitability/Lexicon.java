package mizan.core.suitability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import mizan.core.suitability.text.KeywordList;
import mizan.core.suitability.text.LanguageGuess;

/// Words and phrases that tell a topic and how risky it is, per language.
///
/// One term a line: `term TAB language TAB topic TAB tier`; `#` begins a comment. A phrase outweighs the
/// words within it, so "shooting star" at LOW takes the sting from "shooting" at MEDIUM.
///
/// @param version names these terms in every verdict
/// @param terms the rows in file order
public record Lexicon(String version, List<Term> terms) {
    /// One row.
    public record Term(String text, String language, Topic topic, Tier tier) {
        public Term {
            if (!KeywordList.isUsable(text)) {
                throw new IllegalArgumentException("the term \"" + text + "\" can match nothing");
            }
        }
    }

    /// Most terms a lexicon may hold.
    public static final int MAX_TERMS = 50_000;

    private static final String RESOURCE = "lexicon.tsv";
    private static final Set<String> LANGUAGES = Set.of(LanguageGuess.ARABIC, LanguageGuess.ENGLISH);
    private static final Map<String, Topic> TOPICS =
            List.of(Topic.values()).stream().collect(Collectors.toUnmodifiableMap(Topic::code, topic -> topic));

    public Lexicon {
        terms = List.copyOf(terms);
        if (terms.size() > MAX_TERMS) {
            throw new IllegalArgumentException("a lexicon holds at most " + MAX_TERMS + " terms, not " + terms.size());
        }
    }

    /// Reads rows. Throws on the first wrong one and names its line: a lexicon is code, not input.
    public static Lexicon parse(String version, List<String> lines) {
        var terms = new ArrayList<Term>();
        var tierOf = new HashMap<String, Integer>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var term = term(line, i + 1);
            var first = tierOf.putIfAbsent(term.text() + '\t' + term.topic(), i + 1);
            if (first != null) {
                throw new IllegalArgumentException("line " + (i + 1) + " repeats line " + first);
            }
            terms.add(term);
        }
        return new Lexicon(version, terms);
    }

    private static Term term(String line, int number) {
        var cells = line.split("\t", -1);
        var topic = cells.length == 4 ? TOPICS.get(cells[2]) : null;
        if (topic == null || !LANGUAGES.contains(cells[1])) {
            throw new IllegalArgumentException("line " + number + " is not term, language, topic, tier: " + line);
        }
        return new Term(cells[0], cells[1], topic, Tier.valueOf(cells[3].toUpperCase(Locale.ROOT)));
    }

    /// The lexicon that comes with Mizan.
    ///
    /// The one read in a package without I/O: the file is part of the program, as constant as its classes,
    /// and a tab-separated file is easier to review and translate than Java.
    public static Lexicon builtIn() {
        try (var file = Lexicon.class.getResourceAsStream(RESOURCE)) {
            var text = new String(Objects.requireNonNull(file, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
            return parse("1", text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE + " from the program itself", e);
        }
    }
}
