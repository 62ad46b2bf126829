package mizan.core.suitability.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MatchingPropertiesTest {
    private static final String ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";
    private static final List<String> INDEFINITE = List.of("", "و", "ف", "ب", "ك", "ل", "وب", "ول", "فك", "فل");
    private static final List<String> DEFINITE = List.of("ال", "وال", "فال", "بال", "كال", "وبال", "لل", "ولل", "فلل");
    private static final List<String> SUFFIXES =
            List.of("", "ه", "ها", "هم", "هن", "هما", "ك", "كم", "كن", "ي", "نا", "كما");
    private static final List<String> DECORATIONS = List.of(
            "\u0640", "\u064E", "\u0651", "\u200B", "\u200D", "\u200F", "\u00AD", "\u2060", "\u202B", "\uFE0F",
            "\u034F", "\u061C", "\uFEFF", "\u0652", "\uFE77");

    @Test
    void givenAnyText_whenFolded_thenFoldingAgainChangesNothingAndSpansHold() {
        for (long seed = 0; seed < 3_000; seed++) {
            var random = new SplittableRandom(seed);
            var text = anything(random);
            var once = Folding.fold(text);
            assertEquals(escaped(once.text()), escaped(Folding.fold(once.text()).text()), "seed " + seed);
            for (var token : once.tokens()) {
                assertEquals(token.word(), once.text().substring(token.start(), token.end()), "seed " + seed);
            }
            for (var reading : once.otherReadings()) {
                for (var token : reading) {
                    assertTrue(token.end() <= once.text().length(), "seed " + seed);
                }
            }
        }
    }

    @Test
    void givenEveryCodePoint_whenFoldedBetweenLetters_thenFoldingAgainChangesNothing() {
        for (int cp = 1; cp <= Character.MAX_CODE_POINT; cp++) {
            var once = Folding.fold("a" + Character.toString(cp) + "ب").text();
            if (!once.equals(Folding.fold(once).text())) {
                throw new AssertionError("U+" + Integer.toHexString(cp));
            }
        }
    }

    @Test
    void givenAnyTextAndAnyKeywords_whenMatched_thenItEndsAndEveryMatchIsInside() {
        for (long seed = 0; seed < 1_000; seed++) {
            var random = new SplittableRandom(seed);
            var keywords = IntStream.range(0, 20)
                    .mapToObj(_ -> anything(random))
                    .map(text -> text.substring(0, Math.min(text.length(), 6)))
                    .toList();
            var post = Folding.fold(anything(random));
            var found = KeywordAutomaton.compile(List.of(new KeywordList<>(1, keywords)))
                    .match(post);
            assertTrue(found.complete(), "seed " + seed);
            for (var match : found.byList().values()) {
                assertTrue(keywords.contains(match.keyword()), "seed " + seed);
                assertFalse(match.evidence(post).isBlank(), "seed " + seed);
            }
        }
    }

    @Test
    void givenAKeyword_whenInflectedAndDecorated_thenItMatches() {
        for (long seed = 0; seed < 5_000; seed++) {
            var random = new SplittableRandom(seed);
            var keyword = arabicWord(random, 3 + random.nextInt(4));
            var definite = random.nextBoolean();
            var form = definite
                    ? pick(random, DEFINITE) + keyword
                    : pick(random, INDEFINITE) + keyword + pick(random, SUFFIXES);
            var post = "كلمة " + decorated(random, form) + "، كلمة";
            assertTrue(matches(keyword, post), "seed " + seed + " " + keyword + " in " + form);
        }
    }

    @Test
    void givenATaMarbuta_whenASuffixFollows_thenItTurnsToTaAndMatches() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new SplittableRandom(seed);
            var stem = arabicWord(random, 3 + random.nextInt(3));
            var suffix = pick(random, SUFFIXES);
            var form = pick(random, INDEFINITE) + stem + (suffix.isEmpty() ? "ة" : "ت" + suffix);
            assertTrue(matches(stem + "ة", decorated(random, form)), "seed " + seed + " " + form);
        }
    }

    /// Letters that no affix rule explains, on either side: the keyword is only a substring.
    @Test
    void givenAKeywordInsideALongerWord_whenNoAffixExplainsTheRest_thenItDoesNotMatch() {
        for (long seed = 0; seed < 5_000; seed++) {
            var random = new SplittableRandom(seed);
            var keyword = arabicWord(random, 3 + random.nextInt(4));
            var outside = pick(random, List.of("م", "ت", "س", "ش", "ق", "ر", "د"));
            if (keyword.startsWith(outside) || keyword.endsWith(outside)) {
                continue; // with the tail below this could be a stretched letter, which is another rule
            }
            var before = outside + keyword + pick(random, SUFFIXES);
            var after = pick(random, INDEFINITE) + keyword + outside + pick(random, List.of("", "ج", "ط", "خ"));
            var bothSides = pick(random, DEFINITE) + keyword + pick(random, SUFFIXES.subList(1, SUFFIXES.size()));
            assertFalse(matches(keyword, before), "seed " + seed + " " + keyword + " in " + before);
            assertFalse(matches(keyword, after), "seed " + seed + " " + keyword + " in " + after);
            // The article and a possessive exclude each other, unless the sum is another legal form ("لل" + ...).
            if (!bothSides.startsWith("ل") && !bothSides.contains("لل")) {
                assertFalse(matches(keyword, bothSides), "seed " + seed + " " + keyword + " in " + bothSides);
            }
        }
    }

    @Test
    void givenALatinKeyword_whenInsideALongerWord_thenItDoesNotMatch() {
        for (long seed = 0; seed < 5_000; seed++) {
            var random = new SplittableRandom(seed);
            var keyword = latinWord(random, 3 + random.nextInt(5));
            char outside = (char) ('a' + random.nextInt(18));
            assertTrue(matches(keyword, decorated(random, keyword)), "seed " + seed + " " + keyword);
            if (keyword.startsWith("" + outside + outside)) {
                continue; // a third letter would be a stretched one
            }
            assertFalse(matches(keyword, outside + keyword), "seed " + seed + " " + keyword);
            assertFalse(matches(keyword, keyword + "q"), "seed " + seed + " " + keyword);
        }
    }

    @Test
    void givenManyLists_whenMatchedAtOnce_thenTheAnswerIsThatOfEachListAlone() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var vocabulary = IntStream.range(0, 30)
                    .mapToObj(_ -> arabicWord(random, 2 + random.nextInt(2)))
                    .toList();
            var lists = new ArrayList<KeywordList<Integer>>();
            for (int id = 0; id < 10; id++) {
                lists.add(new KeywordList<>(
                        id,
                        IntStream.range(0, 5)
                                .mapToObj(_ -> random.nextInt(3) == 0
                                        ? pick(random, vocabulary) + " " + pick(random, vocabulary)
                                        : pick(random, vocabulary))
                                .toList()));
            }
            var words = IntStream.range(0, 12)
                    .mapToObj(_ -> pick(random, INDEFINITE) + pick(random, vocabulary))
                    .toList();
            var post = Folding.fold(String.join(" ", words));
            var together = KeywordAutomaton.compile(lists).match(post);
            for (var list : lists) {
                var alone = KeywordAutomaton.compile(List.of(list)).match(post);
                assertEquals(alone.byList().get(list.id()), together.byList().get(list.id()), "seed " + seed);
            }
        }
    }

    @Test
    void givenHostileTexts_whenMatched_thenWorkStaysWithinTheLimitAndTheLongOnesFailClosed() {
        var automaton =
                KeywordAutomaton.compile(List.of(new KeywordList<>("list", List.of("civil war", "حرب", "a a a a"))));
        var hostile = List.of(
                "civil " + "🔥".repeat(30_000) + " war",
                "a ".repeat(30_000),
                "\u064E\u0651".repeat(30_000),
                "\u0301\u0316".repeat(30_000) + "حرب",
                "#" + "aA".repeat(30_000),
                "و".repeat(60_000),
                "\u202E" + "raw".repeat(20_000),
                "\uFDFA".repeat(60_000),
                "\uD83D".repeat(1_000) + "\uDE00".repeat(1_000));
        for (var text : hostile) {
            automaton.match(Folding.fold(text));
        }
        assertTrue(automaton.match(Folding.fold(hostile.getFirst())).byList().containsKey("list"));
        var cut = automaton.match(Folding.fold("🔥".repeat(Folding.MAX_CHARS)));
        assertFalse(cut.complete());
        assertTrue(cut.excludes("list"));
    }

    @Test
    void givenAListBuiltToExplode_whenMatched_thenTheLimitStopsItAndThePostIsExcluded() {
        // Each word of the post is both "الحرب" and "حرب", so phrases over the two double at every word.
        var phrases = new ArrayList<String>();
        for (int bits = 0; bits < 8_192; bits++) {
            var phrase = new StringBuilder();
            for (int i = 0; i < 13; i++) {
                phrase.append((bits >> i & 1) == 0 ? "دم " : "الدم ");
            }
            phrases.add(phrase.toString().strip());
        }
        var automaton = KeywordAutomaton.compile(List.of(new KeywordList<>("list", phrases)));
        var found = automaton.match(Folding.fold("الدم ".repeat(1_000)));
        assertFalse(found.complete());
        assertTrue(found.excludes("other"));
    }

    @Test
    void givenUselessKeywords_whenCompiled_thenTheyAreNamed() {
        var automaton = KeywordAutomaton.compile(List.of(new KeywordList<>("list", List.of("!!!", "\u200B", "war"))));
        assertEquals(List.of("!!!", "\u200B"), automaton.unusable());
        assertFalse(KeywordList.isUsable("x".repeat(101)));
        assertTrue(KeywordList.isUsable("🔥"));
    }

    private static boolean matches(String keyword, String post) {
        var automaton = KeywordAutomaton.compile(List.of(new KeywordList<>("list", List.of(keyword))));
        return automaton.match(Folding.fold(post)).byList().containsKey("list");
    }

    /// No doubled letters: a keyword with three in a row would meet the rule for stretched words.
    private static String arabicWord(SplittableRandom random, int length) {
        var word = new StringBuilder();
        while (word.length() < length) {
            char letter = ARABIC.charAt(random.nextInt(ARABIC.length()));
            if (word.isEmpty() || word.charAt(word.length() - 1) != letter) {
                word.append(letter);
            }
        }
        return word.toString();
    }

    private static String latinWord(SplittableRandom random, int length) {
        var word = new StringBuilder();
        random.ints(length, 'a', 'q').forEach(letter -> word.append((char) letter));
        return word.toString();
    }

    private static String decorated(SplittableRandom random, String form) {
        var out = new StringBuilder();
        for (int i = 0; i < form.length(); i++) {
            out.append(form.charAt(i));
            while (random.nextInt(3) == 0) {
                out.append(pick(random, DECORATIONS));
            }
        }
        return out.toString();
    }

    private static String escaped(String text) {
        var out = new StringBuilder();
        text.codePoints()
                .forEach(cp -> out.append(cp < 0x7F ? Character.toString(cp) : "<" + Integer.toHexString(cp) + ">"));
        return out.toString();
    }

    private static String anything(SplittableRandom random) {
        var text = new StringBuilder();
        int length = random.nextInt(80);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(6)) {
                case 0 -> text.append(ARABIC.charAt(random.nextInt(ARABIC.length())));
                case 1 -> text.append((char) ('a' + random.nextInt(26)));
                case 2 -> text.append(pick(random, DECORATIONS));
                case 3 -> text.appendCodePoint(random.nextInt(0x600, 0x700));
                case 4 -> text.append(pick(random, List.of(" ", "#", "_", "\n", ".", "🔥", "\u202E", "\uFDFA", "ﻻ")));
                default -> text.appendCodePoint(random.nextInt(1, 0x1FFFF));
            }
        }
        return text.toString();
    }

    private static <T> T pick(SplittableRandom random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
