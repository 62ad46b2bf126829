package mizan.core.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExperimentTest {
    @Test
    void givenASplit_whenManyAreAssigned_thenArmsHaveTheirSharesAndAKeyNeverMoves() {
        var split = new Split("price test", List.of(0.2, 0.3));
        var counts = new int[3];
        for (int i = 0; i < 100_000; i++) {
            int arm = split.arm("viewer" + i);
            assertEquals(arm, new Split("price test", List.of(0.2, 0.3)).arm("viewer" + i));
            counts[arm + 1]++;
        }
        assertEquals(0.5, counts[0] / 1e5, 0.01);
        assertEquals(0.2, counts[1] / 1e5, 0.01);
        assertEquals(0.3, counts[2] / 1e5, 0.01);
    }

    @Test
    void givenTwoSalts_whenTheSameViewersAreSplit_thenTheSplitsAreIndependent() {
        var one = Split.halves("one");
        var other = Split.halves("other");
        int same = 0;
        for (int i = 0; i < 100_000; i++) {
            same += one.arm("v" + i) == other.arm("v" + i) ? 1 : 0;
        }
        assertEquals(0.5, same / 1e5, 0.01);
    }

    @Test
    void givenSharesThatCannotBe_whenASplitIsMade_thenItIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Split("s", List.of(0.6, 0.6)));
        assertThrows(IllegalArgumentException.class, () -> new Split("", List.of(1.0)));
    }

    @Test
    void givenAnyBudget_whenSplit_thenThePartsAddUpToTheMicro() {
        var random = new SplittableRandom(4);
        for (int i = 0; i < 10_000; i++) {
            long micros = random.nextLong(1_000_000_000_000L);
            var parts = BudgetSplit.of(micros, new Split("s", List.of(0.37, 0.41, 0.22)));
            assertEquals(micros, parts.stream().mapToLong(Long::longValue).sum());
            var some = BudgetSplit.of(micros, new Split("s", List.of(0.1, 0.2)));
            assertTrue(some.stream().mapToLong(Long::longValue).sum() <= Math.ceil(micros * 0.3));
        }
    }

    @Test
    void givenNoDifference_whenLookedAtFortyTimes_thenItIsRarelyFound() {
        int found = 0;
        for (long seed = 0; seed < 400; seed++) {
            found += found(0.01, 0.01, seed) ? 1 : 0;
        }
        assertTrue(found <= 20, found + " of 400");
    }

    @Test
    void givenADifference_whenLookedAt_thenItIsFoundInTheEnd() {
        int found = 0;
        for (long seed = 0; seed < 100; seed++) {
            found += found(0.01, 0.016, seed) ? 1 : 0;
        }
        assertTrue(found >= 95, found + " of 100");
    }

    private static boolean found(double control, double treatment, long seed) {
        var random = new SplittableRandom(seed);
        var test = AlwaysValidTest.expecting(0.003);
        long ofControl = 0;
        long ofTreatment = 0;
        for (int look = 1; look <= 40; look++) {
            for (int i = 0; i < 500; i++) {
                ofControl += random.nextDouble() < control ? 1 : 0;
                ofTreatment += random.nextDouble() < treatment ? 1 : 0;
            }
            test = test.look(Sample.of(look * 500L, ofControl), Sample.of(look * 500L, ofTreatment));
        }
        return test.differs(0.05);
    }

    @Test
    void givenTheMarginOfTheTest_whenTheDifferenceReachesIt_thenTheTestJustRejects() {
        var test = AlwaysValidTest.expecting(0.01);
        var control = Sample.of(10_000, 300);
        double margin = test.margin(control, Sample.of(10_000, 372), 0.05);
        assertEquals(0.0077, margin, 0.0008);
        assertEquals(
                372 - 300 > margin * 10_000,
                test.look(control, Sample.of(10_000, 372)).differs(0.05));
    }

    @Test
    void givenWhatWasKnownBefore_whenItIsTakenOut_thenTheMeanStaysAndTheVarianceFalls() {
        var random = new SplittableRandom(5);
        var units = new ArrayList<Cuped.Unit>();
        for (int i = 0; i < 20_000; i++) {
            double before = random.nextGaussian() * 3 + 10;
            units.add(new Cuped.Unit(before, before * 0.8 + random.nextGaussian()));
        }
        var cuped = Cuped.fit(units);
        var plain = Sample.EMPTY;
        var adjusted = Sample.EMPTY;
        for (var unit : units) {
            plain = plain.with(unit.during());
            adjusted = adjusted.with(cuped.adjusted(unit));
        }
        assertEquals(plain.mean(), adjusted.mean(), 1e-9);
        assertEquals(1, adjusted.variance(), 0.05);
        assertTrue(plain.variance() > 6);
    }

    @Test
    void givenGhosts_whenTheLiftIsTaken_thenItIsTheDifferenceWithItsInterval() {
        var lift = GhostAds.lift(Sample.of(10_000, 550), Sample.of(10_000, 500));
        assertEquals(0.005, lift.difference(), 1e-12);
        assertEquals(0.1, lift.relative(), 1e-12);
        assertEquals(0.01238, lift.width(), 0.0001);
        var holdout = GhostAds.Holdout.of("cmp", 10);
        int held = 0;
        for (int i = 0; i < 20_000; i++) {
            held += holdout.holds("v" + i) ? 1 : 0;
        }
        assertEquals(0.1, held / 2e4, 0.01);
    }
}
