package mizan.core.pacing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import mizan.core.campaign.Pacing;
import org.junit.jupiter.api.Test;

class SpendPlanTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(1));

    @Test
    void givenAnyMode_whenTimePasses_thenThePlanGrowsFromNothingToAllAndFrontLoadedIsNeverBehindEven() {
        for (var mode : Pacing.values()) {
            var plan = new SpendPlan(1_000, 0, START, END, mode);
            double before = 0;
            for (int minute = 1; minute <= 1_440; minute++) {
                var at = START.plus(Duration.ofMinutes(minute));
                double share = plan.share(Traffic.UNIFORM, at);
                assertTrue(share >= before && share <= 1, mode + " at " + at);
                assertTrue(share >= minute / 1_440.0 - 1e-12, mode + " at " + at);
                before = share;
            }
            assertEquals(1, before, 1e-12);
        }
        assertEquals(
                0.625,
                new SpendPlan(1_000, 0, START, END, Pacing.FRONT_LOADED)
                        .share(Traffic.UNIFORM, START.plus(Duration.ofHours(12))),
                1e-12);
    }

    @Test
    void givenAnyTrafficAndSpend_whenThePartsOfADayArePlannedAsTheyAreSpent_thenTheyAddUpToTheBudget() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new SplittableRandom(seed);
            var traffic = TrafficProfile.of(seen(random));
            var mode = random.nextBoolean() ? Pacing.EVEN : Pacing.FRONT_LOADED;
            var plan = new SpendPlan(10_000_000, random.nextInt(1_000_000), START, END, mode);
            long committed = plan.alreadyMicros();
            for (var at = START; at.isBefore(END); at = at.plusSeconds(300)) {
                committed += Math.round(plan.planned(traffic, committed, at, at.plusSeconds(300)));
            }
            assertEquals(10_000_000, (double) committed, 200, "seed " + seed);
        }
    }

    @Test
    void givenARaiseAtNoon_whenPlannedFromThen_thenTheMorningIsNotMadeUpFor() {
        var noon = START.plus(Duration.ofHours(12));
        var plan = new SpendPlan(3_000, 500, noon, END, Pacing.EVEN);
        assertEquals(0, plan.behind(Traffic.UNIFORM, 500, noon), 1e-12);
        assertEquals(1_250 / 3_000.0, plan.behind(Traffic.UNIFORM, 500, noon.plus(Duration.ofHours(6))), 1e-12);
    }

    private static HourlyRate seen(SplittableRandom random) {
        var rate = HourlyRate.nothingSeen(HourlyRate.WEEK);
        long hour = START.getEpochSecond() / 3_600;
        for (int i = random.nextInt(200); i > 0; i--) {
            rate = rate.plus(hour++, random.nextInt(1_000), 1);
        }
        return rate;
    }
}
