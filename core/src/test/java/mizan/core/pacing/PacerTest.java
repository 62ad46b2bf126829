package mizan.core.pacing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import mizan.core.campaign.Pacing;
import org.junit.jupiter.api.Test;

class PacerTest {
    @Test
    void givenAnySpendAndPlan_whenStepped_thenTheMultiplierStaysAboveZeroAndAtMostOne() {
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new SplittableRandom(seed);
            double before = Math.max(Double.MIN_NORMAL, random.nextDouble());
            long spent = random.nextInt(10) == 0 ? Long.MAX_VALUE : random.nextLong(1L << random.nextInt(1, 62));
            double planned = random.nextDouble() * Math.pow(10, random.nextInt(-5, 16));
            for (var mode : Pacing.values()) {
                double next = Pacer.next(mode, before, spent, planned);
                assertTrue(next > 0 && next <= 1, "seed " + seed + ": " + next);
            }
        }
    }

    @Test
    void givenAPlan_whenSpendIsAheadOfItOrBehind_thenTheMultiplierFallsOrRisesAndMoreSpendNeverRaisesIt() {
        for (long seed = 0; seed < 5_000; seed++) {
            var random = new SplittableRandom(seed);
            double before = random.nextDouble(0.01, 0.9);
            int planned = random.nextInt(10, 1_000_000_000);
            long more = random.nextLong(planned + 1L, planned * 4L);
            long less = random.nextLong(0, planned);
            assertTrue(Pacer.next(Pacing.EVEN, before, more, planned) < before, "seed " + seed);
            assertTrue(Pacer.next(Pacing.EVEN, before, less, planned) > before, "seed " + seed);
            assertEquals(before, Pacer.next(Pacing.EVEN, before, planned, planned), 1e-12, "seed " + seed);
            long evenMore = more + random.nextLong(planned);
            assertTrue(
                    Pacer.next(Pacing.EVEN, before, evenMore, planned)
                            <= Pacer.next(Pacing.EVEN, before, more, planned),
                    "seed " + seed);
        }
    }

    @Test
    void givenNoPlanOrNoPacing_whenStepped_thenTheBidIsWhole() {
        assertEquals(1, Pacer.next(Pacing.EVEN, 0.2, 1_000, 0));
        assertEquals(1, Pacer.next(Pacing.FRONT_LOADED, 0.2, 1_000, -1));
        assertEquals(1, Pacer.next(Pacing.ASAP, 0.2, 1_000_000, 1));
    }

    @Test
    void givenSpendInProportionToTheMultiplier_whenSteppedForADay_thenSpendSettlesOnThePlan() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            double planned = 1_000_000;
            double demand = planned * random.nextDouble(1.05, 20);
            double multiplier = Pacer.COLD_START;
            for (int step = 0; step < 288; step++) {
                multiplier = Pacer.next(Pacing.EVEN, multiplier, (long) (demand * multiplier), planned);
            }
            assertEquals(planned, demand * multiplier, planned * 0.01, "seed " + seed);
        }
    }

    @Test
    void givenAnyMode_whenTimePasses_thenThePlanGrowsFromNothingToAllAndFrontLoadedIsNeverBehindEven() {
        for (var mode : Pacing.values()) {
            double before = 0;
            for (int i = 0; i <= 1_000; i++) {
                double time = i / 1_000.0;
                double share = Pacer.plannedShare(mode, time);
                assertTrue(share >= before && share <= 1, mode + " at " + time);
                assertTrue(share >= Pacer.plannedShare(Pacing.EVEN, time) - 1e-12, mode + " at " + time);
                before = share;
            }
            assertEquals(1, before, 1e-12);
        }
        assertEquals(0, Pacer.plannedShare(Pacing.EVEN, 0));
        assertEquals(0, Pacer.plannedShare(Pacing.FRONT_LOADED, 0));
        assertEquals(0.625, Pacer.plannedShare(Pacing.FRONT_LOADED, 0.5), 1e-12);
    }
}
