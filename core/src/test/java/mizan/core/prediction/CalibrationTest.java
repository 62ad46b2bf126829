package mizan.core.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    @Test
    void givenAModelThatIsRight_whenItIsWatched_thenNoAlarmIsRaised() {
        int alarms = 0;
        for (long seed = 0; seed < 50; seed++) {
            var calibration = new Calibration();
            watch(calibration, 0.01, 0.01, 40_000, seed);
            alarms += calibration.trusted() ? 0 : 1;
        }
        assertTrue(alarms <= 1, alarms + " false alarms in 50");
    }

    @Test
    void givenAModelThatExpectsFourTimesTooMuch_whenItIsWatched_thenItIsCorrected() {
        for (long seed = 0; seed < 20; seed++) {
            var calibration = new Calibration();
            watch(calibration, 0.04, 0.01, 60_000, seed);
            assertEquals(1, calibration.corrected(0.04) / 0.01, 0.45, "seed " + seed);
        }
    }

    @Test
    void givenASuddenDrop_whenItIsSeen_thenTheModelIsNotTrustedUntilItFits() {
        var calibration = new Calibration();
        watch(calibration, 0.05, 0.05, 20_000, 1);
        assertTrue(calibration.trusted());
        watch(calibration, 0.05, 0.005, 3_000, 2);
        assertFalse(calibration.trusted(), calibration.state().toString());
        watch(calibration, 0.05, 0.005, 400_000, 3);
        assertTrue(calibration.trusted(), calibration.state().toString());
    }

    @Test
    void givenACount_whenItsIntervalIsAsked_thenItIsTheExactOneOfTheTables() {
        // Exact 99 % limits of a Poisson mean: Pearson and Hartley, Biometrika Tables, table 40.
        assertEquals(0, Poisson.lower(0));
        assertEquals(5.30, Poisson.upper(0), 0.35);
        assertEquals(3.72, Poisson.lower(10), 0.08);
        assertEquals(21.40, Poisson.upper(10), 0.08);
    }

    private static void watch(Calibration calibration, double said, double truth, int renders, long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < renders; i++) {
            double rate = said * Math.exp(random.nextDouble(-0.5, 0.5));
            calibration.rendered(rate);
            if (random.nextDouble() < rate * truth / said) {
                calibration.clicked();
            }
        }
    }
}
