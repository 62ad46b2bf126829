package mizan.core.suitability.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mizan.core.suitability.PostContent;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.PostWords;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.core.suitability.text.Folding;
import mizan.core.suitability.text.Span;
import org.junit.jupiter.api.Test;

class LinearModelTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final List<String> MET = List.of(
            "what a nice day with the family", "the food was good and the people too", "you are a grumbler and a bore");

    /// A model that has met [#MET] and dislikes grumblers.
    private static LinearModel model() {
        var rarity = Rarity.of(
                MET.stream().map(t -> TextFeatures.of(Folding.fold(t))).toList());
        var weights = new byte[TextFeatures.SIZE];
        for (int place : TextFeatures.of(Folding.fold("grumbler")).places()) {
            weights[place] = 10;
        }
        return new LinearModel("test-1", rarity, weights, 0.1f, 1, -3, 0.2f, 0.8f);
    }

    private static Optional<PostVerdict> rate(String text) {
        return new LinearRater(Map.of("en", model())).rate(PostWords.of(PostContent.of(text)), NOW);
    }

    @Test
    void givenATextOfKnownHarmlessWords_whenRated_thenItIsSafe() {
        var verdict = rate("what a good day with nice people and the family").orElseThrow();
        assertEquals(Tier.SAFE, verdict.tier(), verdict.toString());
        assertEquals("test-1", verdict.raterVersion());
    }

    @Test
    void givenADoubt_whenItsVerdictIsReadAgain_thenItsNumbersAreFound() {
        var verdict = rate("the quokkas and the wombats hopped along this billabong yesterday")
                .orElseThrow();
        assertEquals(Tier.LOW, verdict.tier(), verdict.toString());
        var reading = LinearRater.reading(verdict).orElseThrow();
        var exact = model().read(Folding.fold("the quokkas and the wombats hopped along this billabong yesterday"));
        assertEquals(exact.probability(), reading.probability(), 0.005);
        assertEquals(exact.known(), reading.known(), 0.005);
        assertTrue(reading.doubt() >= 1 - reading.known(), verdict.toString());
    }

    @Test
    void givenABadText_whenRated_thenItIsHighAndTheHeaviestWordIsPointedAt() {
        var text = "You are a GRUMBLER and a bore";
        var verdict = rate(text).orElseThrow();
        assertEquals(Tier.HIGH, verdict.tier(), verdict.toString());
        assertEquals(Set.of(Topic.HATE, Topic.OBSCENITY), verdict.topics());
        assertEquals(Optional.of(new Span(10, 18)), verdict.span());
    }

    @Test
    void givenWordsThatTheModelNeverMet_whenRated_thenItIsInDoubtNotSafe() {
        var verdict = rate("the quokkas and the wombats hopped along this billabong yesterday")
                .orElseThrow();
        assertEquals(Tier.LOW, verdict.tier(), verdict.toString());
        assertTrue(verdict.evidence().orElseThrow().startsWith("in doubt"), verdict.toString());
    }

    @Test
    void givenALanguageWithoutAModel_whenRated_thenTheRaterSaysNothing() {
        assertEquals(Optional.empty(), rate("صباح الخير يا أصدقاء، القهوة اليوم رائعة"));
        assertEquals(Optional.empty(), rate(""));
    }

    @Test
    void givenAModel_whenStoredAndReadAgain_thenItReadsTextsAlike() {
        var model = model();
        var again = LinearModel.of(model.bytes());
        assertArrayEquals(model.bytes(), again.bytes());
        for (var text : MET) {
            assertEquals(model.read(Folding.fold(text)), again.read(Folding.fold(text)), text);
        }
    }

    @Test
    void givenADamagedModel_whenRead_thenItIsRefused() {
        var stored = model().bytes();
        for (long seed = 0; seed < 100; seed++) {
            var random = new SplittableRandom(seed);
            var damaged = stored.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            assertThrows(IllegalArgumentException.class, () -> LinearModel.of(damaged), "seed " + seed);
            var cut = Arrays.copyOf(stored, random.nextInt(stored.length));
            assertThrows(IllegalArgumentException.class, () -> LinearModel.of(cut), "seed " + seed);
        }
    }

    @Test
    void givenAnyText_whenItsFeaturesAreTaken_thenEachPlaceIsThereOnceAndRepeatsAddNone() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var text = text(random);
            var places = TextFeatures.of(Folding.fold(text)).places();
            assertEquals(places.length, IntStream.of(places).distinct().count(), "seed " + seed);
            assertTrue(IntStream.of(places).allMatch(p -> p >= 0 && p < TextFeatures.SIZE), "seed " + seed);
            var once = TextFeatures.of(Folding.fold("word")).places();
            var thrice = TextFeatures.of(Folding.fold("word word word")).places();
            assertTrue(thrice.length <= once.length + 1, "only the pair is new");
        }
    }

    /// Random letters of two scripts, and a word longer than any.
    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(400); i > 0; i--) {
            text.append("ab حرب\n".charAt(random.nextInt(7)));
        }
        return text.append("x".repeat(random.nextInt(500))).toString();
    }
}
