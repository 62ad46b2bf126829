package mizan.core.campaign;

import java.time.Duration;

/// At most `max` renders to one viewer within any span of this length (a rolling window, not a calendar
/// day).
///
/// @param max 1 to 1,000
/// @param window one minute to 90 days
public record FrequencyCap(int max, Duration window) {
    public static final Duration LONGEST = Duration.ofDays(90);

    public FrequencyCap {
        if (max < 1 || max > 1_000) {
            throw new IllegalArgumentException("a cap is 1 to 1,000");
        }
        if (window.compareTo(Duration.ofMinutes(1)) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a cap's window is one minute to 90 days");
        }
    }
}
