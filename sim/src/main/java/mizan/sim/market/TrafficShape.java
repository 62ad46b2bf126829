package mizan.sim.market;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;

/// How many feeds are opened in each minute: a daily and a weekly rhythm, noise, and what may happen to it.
///
/// @param feedsPerDay on an average day
/// @param rhythm of the day
/// @param events spikes and outages
public record TrafficShape(double feedsPerDay, Rhythm rhythm, List<Event> events) {
    private static final double MINUTE_NOISE = 0.08;
    private static final double[] WEEKDAYS = {1.0, 0.98, 0.98, 1.0, 1.06, 1.02, 0.96};

    public TrafficShape {
        events = List.copyOf(events);
    }

    public enum Rhythm {
        /// Quiet at night, a bump at lunch, the peak at half past eight in the evening.
        USUAL,
        /// Quiet by day and at sunset, the peak at half past ten, awake until the last meal before dawn.
        RAMADAN
    }

    /// Traffic multiplied for a while: 5 is a spike, 0 an outage.
    public record Event(Instant from, Duration lasts, double factor) {
        boolean covers(Instant at) {
            return !at.isBefore(from) && at.isBefore(from.plus(lasts));
        }
    }

    /// Feeds opened in the minute that begins at `at`.
    int feeds(Instant at, RandomGenerator random) {
        double noise = Math.exp(MINUTE_NOISE * random.nextGaussian() - MINUTE_NOISE * MINUTE_NOISE / 2);
        return Draws.poisson(expected(at) * noise, random);
    }

    /// Feeds expected in the minute that begins at `at`.
    double expected(Instant at) {
        var utc = at.atOffset(ZoneOffset.UTC);
        double hour = utc.getHour() + utc.getMinute() / 60.0;
        double rate = feedsPerDay
                / 1_440
                * daily(hour)
                / mean()
                * WEEKDAYS[utc.getDayOfWeek().getValue() - 1];
        for (var event : events) {
            rate *= event.covers(at) ? event.factor() : 1;
        }
        return rate;
    }

    private double mean() {
        double sum = 0;
        for (int i = 0; i < 96; i++) {
            sum += daily(i / 4.0);
        }
        return sum / 96;
    }

    private double daily(double hour) {
        return switch (rhythm) {
            case USUAL -> 0.35 + 0.65 * wave(hour, 20.5) + 0.15 * bump(hour, 13, 1.5);
            case RAMADAN -> 0.3 + 0.75 * wave(hour, 22.5) + 0.35 * bump(hour, 3.5, 1.2) - 0.25 * bump(hour, 18, 0.7);
        };
    }

    private static double wave(double hour, double peak) {
        return Math.pow((1 + Math.cos(2 * Math.PI * (hour - peak) / 24)) / 2, 1.3);
    }

    private static double bump(double hour, double at, double width) {
        double away = (hour - at) / width;
        return Math.exp(-away * away / 2);
    }
}
