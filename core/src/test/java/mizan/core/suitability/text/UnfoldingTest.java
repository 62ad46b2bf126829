package mizan.core.suitability.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnfoldingTest {
    private static final List<String> WORDS = List.of(
            "سقوط",
            "قَتْلَى",
            "خــمر",
            "STRAẞE",
            "ｇｕｎ",
            "𝐠𝐮𝐧",
            "#stop_the_war",
            "ﷺ",
            "🔥",
            "👍🏽",
            "🇸🇦",
            "e\u0301te\u0301",
            "a\u200Db",
            "١٨",
            "لإسلام",
            "ﬁne",
            ".",
            "حربًا",
            "!!!");

    @Test
    void givenAnyText_whenEachTokenIsLookedUp_thenItsLettersAreFoundWhereTheyWereWritten() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(1, 12); i > 0; i--) {
                text.append(WORDS.get(random.nextInt(WORDS.size())))
                        .append(List.of(" ", "\n", "", "  ").get(random.nextInt(4)));
            }
            var raw = text.toString();
            var folded = Folding.fold(raw);
            for (var token : folded.tokens()) {
                var span = Unfolding.span(raw, folded, token.start(), token.end());
                assertTrue(span.isPresent(), "seed " + seed + ": " + token);
                var found = Folding.fold(
                                raw.substring(span.get().start(), span.get().end()))
                        .text();
                assertTrue(found.contains(token.word()), "seed " + seed + ": " + token + " in " + found);
            }
        }
    }

    @Test
    void givenAWordBehindMarks_whenLookedUp_thenTheSpanIsThatOfTheSender() {
        var raw = "في المَدِينَة سُقوط قتلى";
        var folded = Folding.fold(raw);
        var token = folded.tokens().getLast();
        var span = Unfolding.span(raw, folded, token.start(), token.end()).orElseThrow();
        assertEquals("قتلى", raw.substring(span.start(), span.end()));
    }

    @Test
    void givenLettersBeyondTheText_whenLookedUp_thenThereIsNoSpan() {
        assertEquals(Optional.empty(), Unfolding.span("a b", Folding.fold("a b"), 2, 9));
    }
}
