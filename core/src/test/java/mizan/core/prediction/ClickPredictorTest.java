package mizan.core.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClickPredictorTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final PageSignals PAGE =
            new PageSignals("feed", "FEED", "SA", "ar", "phone", 9, List.of("sport", "food"));
    private static final PageSignals OTHER = new PageSignals("feed", "FEED", "SA", "en", "desktop", 9, List.of("news"));

    private static AdSignals ad(int number) {
        return new AdSignals("ad" + number, "cmp" + number % 3, "adv" + number % 2, "shoes", "NATIVE_CARD");
    }

    /// Ads are clicked twice as often on one page as on the other.
    private static ClickPredictor taught(long seed, int renders) {
        var random = new SplittableRandom(seed);
        var predictor = new ClickPredictor(new ClickLearner());
        for (int i = 0; i < renders; i++) {
            boolean first = random.nextBoolean();
            var shown = new ClickPredictor.Shown(ad(random.nextInt(6)), first ? PAGE : OTHER, 1, NOW);
            predictor.rendered(shown);
            if (random.nextDouble() < (first ? 0.04 : 0.02)) {
                predictor.clicked(shown);
            }
        }
        return predictor;
    }

    @Test
    void givenAContextThatDoublesClicks_whenItWasLearned_thenEstimatesDifferByAsMuch() {
        for (long seed = 0; seed < 5; seed++) {
            var predictor = taught(seed, 60_000);
            assertEquals(0.04, average(predictor, PAGE), 0.01, "seed " + seed);
            assertEquals(0.02, average(predictor, OTHER), 0.006, "seed " + seed);
        }
    }

    private static double average(ClickPredictor predictor, PageSignals page) {
        double sum = 0;
        for (int i = 0; i < 6; i++) {
            sum += predictor.on(page, NOW, 1).estimate(ad(i)).mean();
        }
        return sum / 6;
    }

    @Test
    void givenTheSameHistoryAndSeed_whenAskedAgain_thenTheAnswersAreTheSameToTheLastDigit() {
        var one = taught(3, 5_000);
        var other = taught(3, 5_000);
        for (int i = 0; i < 6; i++) {
            assertEquals(
                    one.on(PAGE, NOW, 5).estimate(ad(i)), other.on(PAGE, NOW, 5).estimate(ad(i)));
        }
    }

    @Test
    void givenANewAd_whenItIsRanked_thenByADrawAroundItsMeanAndAKnownAdByItsMean() {
        var predictor = taught(4, 60_000);
        var known = predictor.on(PAGE, NOW, 1).estimate(ad(1));
        assertEquals(known.mean(), known.sample());
        double sum = 0;
        for (long seed = 0; seed < 2_000; seed++) {
            sum += predictor.on(PAGE, NOW, seed).estimate(ad(77)).sample();
        }
        var fresh = predictor.on(PAGE, NOW, 1).estimate(ad(77));
        assertNotEquals(fresh.mean(), fresh.sample());
        assertEquals(1, sum / 2_000 / fresh.mean(), 0.1);
    }

    @Test
    void givenClicksWithoutEnd_whenAsked_thenNoEstimateIsAboveThePromisedMaximum() {
        var predictor = new ClickPredictor(new ClickLearner());
        for (int i = 0; i < 5_000; i++) {
            var shown = new ClickPredictor.Shown(ad(1), PAGE, 1, NOW);
            predictor.rendered(shown);
            predictor.clicked(shown);
        }
        for (long seed = 0; seed < 100; seed++) {
            var estimate = predictor.on(PAGE, NOW, seed).estimate(ad((int) seed));
            assertTrue(estimate.mean() <= ClickPredictor.MAX_RATE && estimate.sample() <= ClickPredictor.MAX_RATE);
        }
    }

    @Test
    void givenRendersInALowPosition_whenTheyAreClickedLess_thenTheRateOfTheFirstPositionIsLearned() {
        var random = new SplittableRandom(9);
        var predictor = new ClickPredictor(new ClickLearner());
        for (int i = 0; i < 60_000; i++) {
            double factor = i % 2 == 0 ? 1 : 0.5;
            var shown = new ClickPredictor.Shown(ad(i % 2), PAGE, factor, NOW);
            predictor.rendered(shown);
            if (random.nextDouble() < 0.03 * factor) {
                predictor.clicked(shown);
            }
        }
        assertEquals(0.03, predictor.on(PAGE, NOW, 1).estimate(ad(0)).mean(), 0.006);
        assertEquals(0.03, predictor.on(PAGE, NOW, 1).estimate(ad(1)).mean(), 0.006);
    }

    @Test
    void givenContendersThatDiffer_whenPropensitiesAreDrawn_thenTheyAddUpAndFavourTheBetter() {
        var known = new Exploration.Contender(1, 0.01, 5_000, true, 1);
        var fresh = new Exploration.Contender(1, 0.008, 100, false, 2);
        double first = Exploration.propensity(List.of(known, fresh), 0, 8);
        double second = Exploration.propensity(List.of(known, fresh), 1, 8);
        assertEquals(1, first + second, 1.0 / Exploration.DRAWS);
        assertTrue(first > second && second > 0.05, first + " and " + second);
    }
}
