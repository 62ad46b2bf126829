package mizan.core.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The traffic that one campaign can expect: feeds by hour of the week, times the share of them that fit it by
/// hour of the day.
public final class TrafficProfile implements Traffic {
    private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();
    /// Three minutes that were watched say as much of an hour as the same hour of other days does.
    private static final double TRAFFIC_STRENGTH = 0.05;
    /// So do a hundred feeds that were asked whether they fit.
    private static final double FIT_STRENGTH = 100;

    private final double[] byHour;
    private final double week;

    private TrafficProfile(double[] byHour) {
        this.byHour = byHour;
        this.week = Arrays.stream(byHour).sum();
    }

    /// The traffic of everybody.
    ///
    /// @param feeds seen in each hour of the week
    public static TrafficProfile of(HourlyRate feeds) {
        return new TrafficProfile(IntStream.range(0, HourlyRate.WEEK)
                .mapToDouble(hour -> feeds.at(hour, TRAFFIC_STRENGTH))
                .toArray());
    }

    /// The part of it that fits one campaign.
    ///
    /// @param fitting of the feeds that were asked, by hour of the day
    public TrafficProfile fitting(HourlyRate fitting) {
        var share = IntStream.range(0, HourlyRate.DAY)
                .mapToDouble(hour -> fitting.at(hour, FIT_STRENGTH))
                .toArray();
        return new TrafficProfile(IntStream.range(0, HourlyRate.WEEK)
                .mapToDouble(hour -> byHour[hour] * share[hour % HourlyRate.DAY])
                .toArray());
    }

    @Override
    public double weight(Instant from, Instant to) {
        long start = from.toEpochMilli();
        long end = to.toEpochMilli();
        long weekMillis = (long) (HourlyRate.WEEK * HOUR_MILLIS);
        long weeks = (end - start) / weekMillis;
        double weight = weeks * week;
        for (long at = start + weeks * weekMillis; at < end; ) {
            long hour = Math.floorDiv(at, (long) HOUR_MILLIS);
            long next = Math.min(end, (hour + 1) * (long) HOUR_MILLIS);
            weight += byHour[Math.floorMod(hour, byHour.length)] * (next - at) / HOUR_MILLIS;
            at = next;
        }
        return weight;
    }
}
