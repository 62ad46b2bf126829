package mizan.core.pacing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import mizan.core.campaign.Pacing;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-24T00:00:00Z");
    private static final Instant NEXT = MIDNIGHT.plus(Duration.ofDays(1));
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final int STEPS = 288;

    /// Three times as much traffic at noon as at midnight.
    private static final TrafficShare DAILY = (from, to) -> rate(to) - rate(from);

    private static double rate(Instant at) {
        double hours = Duration.between(MIDNIGHT, at).toMillis() / 3_600_000.0;
        return 2 * hours - Math.sin(hours * Math.PI / 12) * 12 / Math.PI;
    }

    @Test
    void givenAnyPast_whenTheNextMultiplierIsTaken_thenItIsInRangeAndMoreSpendNeverRaisesIt() {
        for (long seed = 0; seed < 10_000; seed++) {
            var random = new SplittableRandom(seed);
            var pacing = List.of(Pacing.values()).get(random.nextInt(3));
            var plan = new Plan(pacing, random.nextLong(1_000_000_000), MIDNIGHT, NEXT, DAILY);
            var from = MIDNIGHT.plus(STEP.multipliedBy(random.nextInt(STEPS)));
            double previous = random.nextDouble();
            long before = random.nextLong(1_000_000_000);
            long less = random.nextLong(100_000_000);
            long more = less + random.nextLong(100_000_000);
            double afterLess = Pacer.next(plan, previous, new Spent(from, from.plus(STEP), before, less));
            double afterMore = Pacer.next(plan, previous, new Spent(from, from.plus(STEP), before, more));
            assertTrue(afterLess >= Pacer.LOWEST && afterLess <= 1, "seed " + seed + ": " + afterLess);
            assertTrue(afterMore <= afterLess, "seed " + seed);
        }
    }

    @Test
    void givenAsap_whenPaced_thenTheBidIsNeverLowered() {
        var plan = new Plan(Pacing.ASAP, 1_000, MIDNIGHT, NEXT, TrafficShare.UNIFORM);
        assertEquals(1, Pacer.next(plan, 0.1, new Spent(MIDNIGHT, MIDNIGHT.plus(STEP), 900, 100)));
    }

    @Test
    void givenSpendExactlyOnPlan_whenPaced_thenTheMultiplierStays() {
        var plan = new Plan(Pacing.EVEN, 288_000, MIDNIGHT, NEXT, TrafficShare.UNIFORM);
        var noon = MIDNIGHT.plus(Duration.ofHours(12));
        assertEquals(0.5, Pacer.next(plan, 0.5, new Spent(noon, noon.plus(STEP), 144_000, 1_000)), 1e-12);
    }

    @Test
    void givenPlans_whenTimePasses_thenTheyNeverGoBackAndEndComplete() {
        for (var pacing : Pacing.values()) {
            var plan = new Plan(pacing, 1_000, MIDNIGHT, NEXT, DAILY);
            double last = 0;
            for (int i = 1; i <= STEPS; i++) {
                double portion = plan.portionBy(MIDNIGHT.plus(STEP.multipliedBy(i)));
                assertTrue(portion >= last && portion <= 1, pacing + " at step " + i);
                last = portion;
            }
            assertEquals(1, last, 1e-9);
        }
        assertEquals(
                0.625,
                new Plan(Pacing.FRONT_LOADED, 1, MIDNIGHT, NEXT, TrafficShare.UNIFORM)
                        .portionBy(MIDNIGHT.plus(Duration.ofHours(12))),
                1e-9);
    }

    @Test
    void givenAForecastOfNothing_whenPlanned_thenTheClockTakesItsPlace() {
        var plan = new Plan(Pacing.EVEN, 1_000, MIDNIGHT, NEXT, (_, _) -> 0);
        assertEquals(0.5, plan.portionBy(MIDNIGHT.plus(Duration.ofHours(12))), 1e-9);
    }

    @Test
    void givenAMarketThatCanSpendThrice_whenPacedForADay_thenTheBudgetIsUsedAndThePlanFollowed() {
        for (long seed = 0; seed < 200; seed++) {
            for (var pacing : new Pacing[] {Pacing.EVEN, Pacing.FRONT_LOADED}) {
                var day = new Day(pacing, seed, 3, DAILY);
                assertTrue(day.use() >= 0.97, "seed " + seed + ": " + pacing + " used " + day.use());
                assertTrue(day.deviation() <= 0.05, "seed " + seed + ": " + pacing + " strayed " + day.deviation());
            }
        }
    }

    @Test
    void givenAWrongForecast_whenPacedForADay_thenTheBudgetIsStillUsed() {
        for (long seed = 0; seed < 200; seed++) {
            var day = new Day(Pacing.EVEN, seed, 3, TrafficShare.UNIFORM);
            assertTrue(day.use() >= 0.9, "seed " + seed + " used " + day.use());
        }
    }

    /// A day of 5-minute steps against competing bids that are log-normal. What is spent never exceeds what is
    /// left, as the leases see to.
    private static final class Day {
        private static final long BUDGET = 1_000_000_000;
        private long spent;
        private double strayed;

        Day(Pacing pacing, long seed, double market, TrafficShare forecast) {
            var random = new SplittableRandom(seed);
            var plan = new Plan(pacing, BUDGET, MIDNIGHT, NEXT, forecast);
            double multiplier = Pacer.START;
            for (int i = 0; i < STEPS; i++) {
                var from = MIDNIGHT.plus(STEP.multipliedBy(i));
                var to = from.plus(STEP);
                double share = DAILY.between(from, to) / DAILY.between(MIDNIGHT, NEXT);
                long cost = 0;
                int auctions = 200;
                double unit = BUDGET * market * share / auctions / MEAN_PRICE;
                for (int a = 0; a < auctions; a++) {
                    double price = Math.exp(0.6 * random.nextGaussian()) * 0.4;
                    cost += price <= multiplier ? (long) (price * unit) : 0;
                }
                cost = Math.min(cost, BUDGET - spent);
                multiplier = Pacer.next(plan, multiplier, new Spent(from, to, spent, cost));
                spent += cost;
                strayed += Math.abs((double) spent / BUDGET - plan.portionBy(to)) / STEPS;
            }
        }

        /// Of the prices that a multiplier of 1 meets, so that `market` is about how often it could spend.
        private static final double MEAN_PRICE = 0.45;

        double use() {
            return (double) spent / BUDGET;
        }

        double deviation() {
            return strayed;
        }
    }
}
