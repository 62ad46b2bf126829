package mizan.server.pages;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mizan.server.console.page.Movement;
import mizan.server.reporting.Reports;

/// Spend of every advertiser, week by week, and how it moved.
final class Weekly {
    /// Mondays, oldest first.
    final List<LocalDate> weeks = new ArrayList<>();

    /// Micros by advertiser, one entry a week.
    final Map<String, long[]> spend;

    /// Whole weeks only: a week that has just begun would look like a collapse.
    ///
    /// @param count how many weeks up to the last one that is over
    Weekly(Reports reports, Instant now, int count) {
        var last = PageRoutes.weekOf(LocalDate.ofInstant(now, ZoneOffset.UTC)).minusWeeks(1);
        for (int i = count - 1; i >= 0; i--) {
            weeks.add(last.minusWeeks(i));
        }
        spend = reports.weekly(weeks.getFirst(), count);
    }

    long total(int week) {
        return spend.values().stream().mapToLong(s -> s[week]).sum();
    }

    long total(int from, int to) {
        long sum = 0;
        for (int week = Math.max(0, from); week < to; week++) {
            sum += total(week);
        }
        return sum;
    }

    static long sum(long[] weekly, int from, int to) {
        long sum = 0;
        for (int week = Math.max(0, from); week < Math.min(to, weekly.length); week++) {
            sum += weekly[week];
        }
        return sum;
    }

    /// How one advertiser moved between two spans of equal length. A pause or a departure counts from the
    /// moment it is booked, not only when the money has stopped.
    ///
    /// @param everBefore whether it spent anything before the first span
    /// @param standing at the end of the second span
    static Movement movement(long before, long now, boolean everBefore, Histories.Standing standing) {
        if (before == 0 && now == 0) {
            return Movement.STEADY;
        }
        switch (standing) {
            case PAUSED -> {
                return Movement.PAUSED;
            }
            case GONE -> {
                return Movement.LEFT;
            }
            case ACTIVE -> {}
        }
        if (before == 0) {
            return everBefore ? Movement.RETURNED : Movement.NEW;
        }
        double change = (double) (now - before) / before;
        return change > 0.05 ? Movement.RAISED : change < -0.05 ? Movement.REDUCED : Movement.STEADY;
    }
}
