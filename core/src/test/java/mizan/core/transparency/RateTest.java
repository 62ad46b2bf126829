package mizan.core.transparency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateTest {
    @Test
    void givenSharesOfTextbooks_whenTheirIntervalIsTaken_thenItIsWilsons() {
        // Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
        assertBetween(0.2553, 0.3662, Rate.of(81, 263));
        assertBetween(0.0624, 0.1605, Rate.of(15, 148));
        assertBetween(0.0000, 0.1611, Rate.of(0, 20));
        assertBetween(0.0061, 0.1718, Rate.of(1, 29));
    }

    private static void assertBetween(double low, double high, Rate rate) {
        assertEquals(low, rate.low(), 0.00005, rate.toString());
        assertEquals(high, rate.high(), 0.00005, rate.toString());
    }

    @Test
    void givenNothingTried_whenItIsAsked_thenEveryShareIsPossible() {
        assertEquals(new Rate(0, 0, 0, 1), Rate.of(0, 0));
        assertThrows(IllegalArgumentException.class, () -> Rate.of(2, 1));
    }

    @Test
    void givenAKnownShare_whenManySamplesAreDrawn_thenTheIntervalHoldsItAboutAsOftenAsItSays() {
        long seed = 165;
        var random = new SplittableRandom(seed);
        double truth = 0.03;
        int held = 0;
        int samples = 2_000;
        for (int sample = 0; sample < samples; sample++) {
            int hits = 0;
            for (int i = 0; i < 400; i++) {
                hits += random.nextDouble() < truth ? 1 : 0;
            }
            var rate = Rate.of(hits, 400);
            held += rate.low() <= truth && truth <= rate.high() ? 1 : 0;
        }
        assertTrue(held > 0.93 * samples && held < 0.98 * samples, held + " of " + samples + ", seed " + seed);
    }
}
