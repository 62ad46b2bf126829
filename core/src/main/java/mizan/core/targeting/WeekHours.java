package mizan.core.targeting;

import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.IntStream;

/// Hours of the week on the advertiser's clock, for day-parting. Hour 0 is Monday 00:00 to 01:00, hour 167
/// Sunday 23:00 to 24:00.
///
/// A moment is in one hour of a zone whatever the zone's offset is: where clocks are put back an hour runs
/// twice, where they are put forward it does not run at all.
///
/// @param low hours 0 to 63, a bit each
/// @param middle hours 64 to 127
/// @param high hours 128 to 167
public record WeekHours(long low, long middle, long high) {
    public static final int HOURS = 7 * 24;
    /// 1970-01-01 was a Thursday.
    private static final int EPOCH_HOUR = 3 * 24;

    public WeekHours {
        if (high >>> (HOURS - 2 * Long.SIZE) != 0) {
            throw new IllegalArgumentException("a week has " + HOURS + " hours");
        }
    }

    /// @param hours each 0 to 167
    public static WeekHours of(IntStream hours) {
        var words = new long[3];
        hours.forEach(hour -> words[hour / Long.SIZE] |= 1L << hour);
        return new WeekHours(words[0], words[1], words[2]);
    }

    public boolean contains(int hour) {
        long word = hour < Long.SIZE ? low : hour < 2 * Long.SIZE ? middle : high;
        return (word >>> hour & 1) != 0;
    }

    /// Ascending.
    public IntStream hours() {
        return IntStream.range(0, HOURS).filter(this::contains);
    }

    /// The hour of the week that a clock in this zone shows.
    public static int at(Instant moment, ZoneId zone) {
        long local = moment.getEpochSecond() + zone.getRules().getOffset(moment).getTotalSeconds();
        return (int) Math.floorMod(Math.floorDiv(local, 3_600L) + EPOCH_HOUR, (long) HOURS);
    }
}
