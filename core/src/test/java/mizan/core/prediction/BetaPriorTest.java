package mizan.core.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BetaPriorTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final double WEIGHT = BetaPrior.weight(NOW);

    private static BetaPrior.Path path(BetaPrior prior, String campaign, String ad) {
        return prior.path("shoes@feed", "adv", campaign, ad);
    }

    @Test
    void givenNothingSeen_whenAsked_thenTheRateIsOneInAHundred() {
        var prior = new BetaPrior();
        assertEquals(0.01, prior.rate(path(prior, "cmp", "ad"), WEIGHT), 1e-12);
    }

    @Test
    void givenAnyHistory_whenAsked_thenTheRateIsTheFormulaOfTheLevels() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var prior = new BetaPrior();
            var renders = new double[4];
            var clicks = new double[4];
            for (int i = 0; i < 40; i++) {
                int ad = random.nextInt(4);
                int more = 1 + random.nextInt(3_000);
                int clicked = random.nextInt(1 + more / 50);
                prior.seen(path(prior, "cmp" + ad % 2, "ad" + ad), WEIGHT, more, clicked);
                renders[ad] += more;
                clicks[ad] += clicked;
            }
            for (int ad = 0; ad < 4; ad++) {
                double rate = 0.01;
                for (int level = 0; level < 3; level++) {
                    rate = lean(sum(renders), sum(clicks), rate);
                }
                rate = lean(renders[ad % 2] + renders[ad % 2 + 2], clicks[ad % 2] + clicks[ad % 2 + 2], rate);
                rate = lean(renders[ad], clicks[ad], rate);
                assertEquals(rate, prior.rate(path(prior, "cmp" + ad % 2, "ad" + ad), WEIGHT), 1e-9, "seed " + seed);
            }
        }
    }

    private static double lean(double renders, double clicks, double parent) {
        return (clicks + 500 * parent) / (renders + 500);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    @Test
    void givenAnOldHistory_whenAHalfLifePasses_thenHalfOfItIsLeft() {
        var prior = new BetaPrior();
        var path = path(prior, "cmp", "ad");
        prior.seen(path, WEIGHT, 1_000, 10);
        assertEquals(1_000, prior.renders(path, WEIGHT), 1e-6);
        assertEquals(500, prior.renders(path, BetaPrior.weight(NOW.plus(BetaPrior.HALF_LIFE))), 1e-6);
    }

    @Test
    void givenAdsWhoseRatesScatterMoreOrLess_whenStrengthsAreFitted_thenTheScatterIsFound() {
        for (double strength : new double[] {60, 400, 2_500}) {
            var prior = new BetaPrior();
            for (int ad = 0; ad < 800; ad++) {
                double rate = BetaDraw.of(0.02, strength, ad);
                var random = new SplittableRandom(ad);
                int clicks = 0;
                for (int i = 0; i < 2_000; i++) {
                    clicks += random.nextDouble() < rate ? 1 : 0;
                }
                prior.seen(path(prior, "cmp", "ad" + ad), WEIGHT, 2_000, clicks);
            }
            prior.fitStrengths(NOW);
            double ratio = prior.strength(BetaPrior.Level.AD) / strength;
            assertTrue(ratio > 0.7 && ratio < 1.4, "strength " + strength + " was fitted at " + ratio + " of it");
        }
    }

    @Test
    void givenManyRenders_whenAsked_thenTheRateIsTheAdsOwnWhileANewAdLeansOnItsCampaign() {
        var prior = new BetaPrior();
        prior.seen(path(prior, "cmp", "old"), WEIGHT, 10_000_000, 500_000);
        assertEquals(0.05, prior.rate(path(prior, "cmp", "old"), WEIGHT), 0.0001);
        assertEquals(0.05, prior.rate(path(prior, "cmp", "new"), WEIGHT), 0.0001);
    }

    @Test
    void givenAFactorial_whenItsLogarithmIsTaken_thenItIsTheSumOfLogarithms() {
        double sum = 0;
        for (int n = 1; n < 60; n++) {
            assertEquals(sum, Strength.logGamma(n), 1e-9, "(" + n + " - 1)!");
            sum += Math.log(n);
        }
    }
}
