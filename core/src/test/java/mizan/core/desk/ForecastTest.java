package mizan.core.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForecastTest {
    @Test
    void givenTooFewWeeksOrAWeekWithNothing_whenForecast_thenThereIsNone() {
        assertEquals(Optional.empty(), Forecast.of(new long[19]));
        var weekly = new long[30];
        java.util.Arrays.fill(weekly, 5);
        weekly[4] = 0;
        assertEquals(Optional.empty(), Forecast.of(weekly));
    }

    @Test
    void givenTheSameEveryWeek_whenForecast_thenItIsThatAndTheRangeIsAPoint() {
        var weekly = new long[30];
        java.util.Arrays.fill(weekly, 7_000_000);
        var forecast = Forecast.of(weekly).orElseThrow();
        assertEquals(
                new Forecast.Week(7_000_000, 7_000_000, 7_000_000),
                forecast.weeks().getLast());
        assertEquals(0, forecast.meanError());
    }

    /// What the range promises, on 200 made-up years whose future the forecast does not see.
    @Test
    void givenWanderingRevenue_whenTheNextWeeksCome_thenFourOfFiveFallIntoTheRange() {
        int in = 0;
        int all = 0;
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var weekly = new long[56];
            double level = 4e11;
            double step = random.nextGaussian() * 0.01;
            for (int i = 0; i < weekly.length; i++) {
                level *= 1 + step + random.nextGaussian() * 0.03;
                weekly[i] = Math.round(level);
            }
            var forecast = Forecast.of(java.util.Arrays.copyOf(weekly, 52)).orElseThrow();
            for (int ahead = 0; ahead < Forecast.AHEAD; ahead++) {
                var week = forecast.weeks().get(ahead);
                all++;
                in += weekly[52 + ahead] >= week.low() && weekly[52 + ahead] <= week.high() ? 1 : 0;
            }
        }
        System.out.printf(
                "forecast range: %.1f %% of %d weeks inside, promised %.0f %%%n",
                100.0 * in / all, all, 100 * Forecast.RANGE);
        assertTrue(in >= 0.74 * all && in <= 0.9 * all, in + " of " + all);
    }
}
