package mizan.core.pacing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final double GRAIN = 1;

    @Test
    void givenAnySpendAndPlan_whenStepped_thenTheMultiplierStaysAboveZeroAndAtMostOne() {
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new SplittableRandom(seed);
            var before = new PaceState(random.nextDouble(Pacer.LOWEST, 0), random.nextInt(1_000));
            double spent = random.nextInt(10) == 0 ? 9e18 : random.nextLong(1L << random.nextInt(1, 62)) - 1_000.0;
            double planned = random.nextDouble() * Math.pow(10, random.nextInt(-5, 16));
            var step = new Pacer.Step(planned, spent, random.nextInt(1, 1_000_000), random.nextDouble(-3, 3));
            double next = Pacer.next(before, step).multiplier();
            assertTrue(next > 0 && next <= 1, "seed " + seed + ": " + next);
            double replanned =
                    Pacer.replanned(before, Math.pow(10, random.nextInt(-9, 9))).multiplier();
            assertTrue(replanned > 0 && replanned <= 1, "seed " + seed + ": " + replanned);
        }
    }

    @Test
    void givenAPlan_whenSpendIsAheadOfItOrBehind_thenTheMultiplierFallsOrRisesAndMoreSpendNeverRaisesIt() {
        for (long seed = 0; seed < 5_000; seed++) {
            var random = new SplittableRandom(seed);
            var before = state(random.nextDouble(0.01, 0.3), random.nextInt(50));
            int planned = random.nextInt(10, 1_000_000_000);
            double more = random.nextDouble(planned + 1.0, planned * 4.0);
            double less = random.nextDouble(planned);
            assertTrue(after(before, planned, more) < before.multiplier(), "seed " + seed);
            assertTrue(after(before, planned, less) > before.multiplier(), "seed " + seed);
            assertEquals(before.multiplier(), after(before, planned, planned), 1e-12, "seed " + seed);
            double evenMore = more + random.nextDouble(planned);
            assertTrue(after(before, planned, evenMore) <= after(before, planned, more), "seed " + seed);
        }
    }

    @Test
    void givenNothingPlanned_whenStepped_thenNothingIsLearned() {
        var before = state(0.2, 7);
        assertEquals(before, Pacer.next(before, new Pacer.Step(0, 1_000, GRAIN, 0.01)));
        assertEquals(before, Pacer.next(before, new Pacer.Step(-1, 0, GRAIN, 0.01)));
        assertEquals(before, Pacer.next(before, new Pacer.Step(Double.NaN, 0, GRAIN, 0.01)));
    }

    @Test
    void givenSpendInProportionToTheMultiplier_whenSteppedForADay_thenSpendSettlesOnThePlan() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            double planned = 1_000_000;
            double demand = planned * random.nextDouble(1.05, 20);
            var state = PaceState.COLD;
            for (int step = 0; step < 288; step++) {
                state = Pacer.next(state, new Pacer.Step(planned, demand * state.multiplier(), GRAIN, 0));
            }
            assertEquals(planned, demand * state.multiplier(), planned * 0.01, "seed " + seed);
        }
    }

    @Test
    void givenABudgetOfAFewImpressions_whenTheyComeOneByOne_thenTheMultiplierStaysNearTheOneThatSpendsThePlan() {
        for (long seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            var state = PaceState.COLD;
            double sum = 0;
            int days = 20;
            // A tenth of an impression a step is planned; at a multiplier of 1 there would be four times as many.
            for (int step = 0; step < 288 * days; step++) {
                double spent = random.nextDouble() < 0.4 * state.multiplier() ? 1_000 : 0;
                state = Pacer.next(state, new Pacer.Step(100, spent, 1_000, 0));
                sum += state.multiplier();
            }
            assertEquals(0.25, sum / (288 * days), 0.05, "seed " + seed);
        }
    }

    @Test
    void givenARaise_whenPlannedAnew_thenTheMultiplierGoesTowardsItAtOnceAndACutTakesItBack() {
        for (long seed = 0; seed < 1_000; seed++) {
            var random = new SplittableRandom(seed);
            var before = state(random.nextDouble(0.05, 0.3), 100);
            double factor = random.nextDouble(1.1, 9);
            var raised = Pacer.replanned(before, factor);
            assertTrue(raised.multiplier() > before.multiplier(), "seed " + seed);
            assertEquals(
                    before.multiplier(), Pacer.replanned(raised, 1 / factor).multiplier(), 1e-9, "seed " + seed);
        }
    }

    @Test
    void givenABidThatIsDoubled_whenFollowed_thenThePacedBidStays() {
        var before = state(0.4, 100);
        assertEquals(0.4 * 5_000, Pacer.rebid(before, 2).multiplier() * 10_000, 1e-6);
    }

    @Test
    void givenSpendBehindThePlan_whenStepped_thenThePullIsBounded() {
        var before = state(0.2, 100);
        double small =
                Pacer.next(before, new Pacer.Step(1_000, 1_000, GRAIN, 0.02)).logMultiplier();
        double outage =
                Pacer.next(before, new Pacer.Step(1_000, 1_000, GRAIN, 0.9)).logMultiplier();
        assertEquals(before.logMultiplier() + 0.02, small, 1e-12);
        assertEquals(before.logMultiplier() + 0.05, outage, 1e-12);
    }

    private static PaceState state(double multiplier, int steps) {
        return new PaceState(Math.log(multiplier), steps);
    }

    private static double after(PaceState before, double planned, double spent) {
        return Pacer.next(before, new Pacer.Step(planned, spent, GRAIN, 0)).multiplier();
    }
}
