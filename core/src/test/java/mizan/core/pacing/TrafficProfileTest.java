package mizan.core.pacing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrafficProfileTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T00:00:00Z");
    private static final long FIRST_HOUR = MONDAY.getEpochSecond() / 3_600;

    @Test
    void givenNothingSeen_whenAsked_thenEveryHourCountsAlike() {
        var nothing = TrafficProfile.of(HourlyRate.nothingSeen(HourlyRate.WEEK));
        assertEquals(
                Traffic.UNIFORM.weight(MONDAY, MONDAY.plusSeconds(5_000)) / 3_600_000,
                nothing.weight(MONDAY, MONDAY.plusSeconds(5_000)),
                1e-9);
    }

    @Test
    void givenOneDaySeen_whenTheNextIsForecast_thenItHasTheSameShape() {
        var seen = HourlyRate.nothingSeen(HourlyRate.WEEK);
        for (int hour = 0; hour < 24; hour++) {
            seen = seen.plus(FIRST_HOUR + hour, 100 + 10 * hour, 1);
        }
        var tomorrow = TrafficProfile.of(seen);
        var evening = MONDAY.plus(Duration.ofHours(24 + 20));
        var night = MONDAY.plus(Duration.ofHours(24 + 2));
        double ratio =
                tomorrow.weight(evening, evening.plusSeconds(3_600)) / tomorrow.weight(night, night.plusSeconds(3_600));
        assertEquals(300.0 / 120, ratio, 0.25);
    }

    @Test
    void givenFourWeeksOfAnotherShape_whenTheyHavePassed_thenTheOldOneCountsLess() {
        var seen = HourlyRate.nothingSeen(HourlyRate.DAY);
        for (int day = 0; day < 84; day++) {
            for (int hour = 0; hour < 24; hour++) {
                boolean busy = (hour < 12) == (day < 28);
                seen = seen.plus(FIRST_HOUR + 24L * day + hour, busy ? 100 : 0, 100);
            }
        }
        // 28 days at weight 1/4 against 56 days at 3/4 of what decays to it.
        assertTrue(seen.at(18, 1) > 0.8 && seen.at(6, 1) < 0.2, seen.at(18, 1) + " " + seen.at(6, 1));
    }

    @Test
    void givenAnySpan_whenCutAnywhere_thenItsPartsAddUp() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new SplittableRandom(seed);
            var seen = HourlyRate.nothingSeen(HourlyRate.WEEK);
            for (int hour = 0; hour < 50; hour++) {
                seen = seen.plus(FIRST_HOUR + hour, random.nextInt(100), 1);
            }
            var fits = HourlyRate.nothingSeen(HourlyRate.DAY).plus(random.nextInt(24), random.nextInt(500), 500);
            var profile = TrafficProfile.of(seen).fitting(fits);
            var from = MONDAY.plusMillis(random.nextLong(10_000_000_000L));
            var cut = from.plusMillis(random.nextLong(4_000_000_000L));
            var to = cut.plusMillis(random.nextLong(4_000_000_000L));
            double whole = profile.weight(from, to);
            assertEquals(whole, profile.weight(from, cut) + profile.weight(cut, to), whole * 1e-9, "seed " + seed);
        }
    }

    @Test
    void givenARateThatWasKept_whenReadAgain_thenItIsTheSame() {
        var rate = HourlyRate.nothingSeen(HourlyRate.DAY).plus(FIRST_HOUR, 3, 7).plus(FIRST_HOUR + 30, 5, 9);
        var again = HourlyRate.of(rate.counts(), rate.exposures(), rate.newestHour());
        for (int hour = 0; hour < 24; hour++) {
            assertEquals(rate.at(hour, 2), again.at(hour, 2), 0);
        }
    }
}
