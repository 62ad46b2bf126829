package mizan.core.suitability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.suitability.text.Folding;
import mizan.core.suitability.text.Span;
import org.junit.jupiter.api.Test;

class LexiconRaterTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Lexicon LEXICON = Lexicon.builtIn();
    private static final LexiconRater RATER = new LexiconRater(LEXICON);

    @Test
    void givenPlainPosts_whenRated_thenTheyAreSafe() {
        for (var text : List.of(
                "What a beautiful morning, the coffee is great today",
                "صباح الخير يا أصدقاء، القهوة اليوم رائعة",
                "I love this new recipe for my family dinner",
                "مبروك للفريق هذا الفوز الجميل")) {
            assertEquals(Tier.SAFE, rate(text).tier(), text);
            assertEquals(Set.of(), rate(text).topics(), text);
        }
    }

    @Test
    void givenWordsOfDailyLife_whenRated_thenTheyStayLow() {
        for (var text : List.of(
                "A killer deal on all our shoes today",
                "I took a shot of the shooting star with my new camera",
                "My photo shoot was so good, we are killing it",
                "This spray kills germs in your home",
                "عودة حرب الأسعار في سوق الهواتف",
                "مدفع رمضان في المدينة القديمة",
                "هذا الكوميدي خفيف الدم وأنا ميت من الضحك",
                "موسم جميل في مقدمة المواسم",
                "الفريق لعب بحماس كبير")) {
            assertTrue(rate(text).tier().compareTo(Tier.LOW) <= 0, () -> text + " " + rate(text));
        }
    }

    @Test
    void givenHarshPosts_whenRated_thenTierTopicAndEvidenceTell() {
        expect("Dozens were killed in the war this morning", Tier.HIGH, Topic.DEATH_INJURY_MILITARY);
        expect("سقوط قتلى وجرحى في الحرب", Tier.HIGH, Topic.DEATH_INJURY_MILITARY);
        expect("The police arrested a man for murder", Tier.HIGH, Topic.CRIME);
        expect("كوكايين ومخدرات في المدينة", Tier.HIGH, Topic.DRUGS_TOBACCO_ALCOHOL);
        expect("هجوم إرهابي على السوق", Tier.HIGH, Topic.TERRORISM);
        expect("They call it genocide and it is", Tier.HIGH, Topic.HATE);
        var verdict = rate("سقوط قتلى في الحرب");
        assertEquals(Optional.of("قتلي"), verdict.evidence());
        assertEquals(Optional.of(new Span(5, 9)), verdict.span(), "قتلى as it was written");
        assertEquals(LexiconRater.NAME, verdict.rater());
        assertEquals(NOW, verdict.ratedAt());
    }

    @Test
    void givenAHarshWordInAndOutsideAPhrase_whenRated_thenThePhraseShieldsOnlyItsOwnWords() {
        assertEquals(Tier.LOW, rate("we saw a shooting star and it was great").tier());
        assertTrue(rate("we saw a shooting star and then a shooting in the street")
                        .tier()
                        .compareTo(Tier.MEDIUM)
                >= 0);
    }

    @Test
    void givenAPostThatCannotBeRead_whenRated_thenItHasNoVerdict() {
        for (var text : List.of(
                "",
                "   ",
                "🔥🔥",
                "12345",
                "El presidente habló de la guerra en la ciudad",
                "این یک متن فارسی است که می‌خوانید")) {
            assertEquals(Optional.empty(), RATER.rate(PostWords.of(PostContent.of(text)), NOW), text);
        }
        assertEquals(
                Optional.empty(),
                RATER.rate(
                        PostWords.of(new PostContent(Optional.empty(), Optional.empty(), false, Set.of("news"))), NOW));
        assertEquals(
                Optional.empty(),
                RATER.rate(PostWords.of(PostContent.of("the day is good ".repeat(Folding.MAX_CHARS / 10))), NOW));
    }

    @Test
    void givenTheBuiltInLexicon_whenRead_thenEveryTopicHasTermsInBothLanguages() {
        var counts = new EnumMap<Topic, Map<String, Integer>>(Topic.class);
        for (var term : LEXICON.terms()) {
            counts.computeIfAbsent(term.topic(), _ -> new HashMap<>()).merge(term.language(), 1, Integer::sum);
        }
        for (var topic : Topic.values()) {
            for (var language : List.of("ar", "en")) {
                int terms = counts.getOrDefault(topic, Map.of()).getOrDefault(language, 0);
                assertTrue(terms >= 40, topic + " " + language + " has " + terms);
            }
        }
    }

    @Test
    void givenABrokenLine_whenParsed_thenTheLineIsNamed() {
        for (var line :
                List.of("word\ten\tcrime", "word\txx\tcrime\tLOW", "word\ten\tnothing\tLOW", "!!\ten\tcrime\tLOW")) {
            assertThrows(IllegalArgumentException.class, () -> Lexicon.parse("x", List.of(line)), line);
        }
        var twice = List.of("word\ten\tcrime\tLOW", "word\ten\tcrime\tHIGH");
        assertThrows(IllegalArgumentException.class, () -> Lexicon.parse("x", twice));
    }

    private static void expect(String text, Tier tier, Topic topic) {
        var verdict = rate(text);
        assertEquals(tier, verdict.tier(), text);
        assertTrue(verdict.topics().contains(topic), () -> text + " " + verdict);
        assertTrue(verdict.evidence().isPresent(), text);
    }

    private static PostVerdict rate(String text) {
        return rate(PostContent.of(text));
    }

    private static PostVerdict rate(PostContent post) {
        return RATER.rate(PostWords.of(post), NOW).orElseThrow(() -> new AssertionError("unrated: " + post));
    }
}
