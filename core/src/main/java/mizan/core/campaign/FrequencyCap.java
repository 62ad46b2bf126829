package mizan.core.campaign;

import java.time.Duration;

/// At most `max` renders to one viewer within any span of this length (a rolling window, not a calendar
/// day), and a rest between two of them.
///
/// @param max 1 to 1,000
/// @param window one minute to 90 days
/// @param coolDown the least time between two renders: zero for none, else one minute up to the window
public record FrequencyCap(int max, Duration window, Duration coolDown) {
    public static final Duration LONGEST = Duration.ofDays(90);
    public static final Duration SHORTEST = Duration.ofMinutes(1);

    public FrequencyCap {
        if (max < 1 || max > 1_000) {
            throw new IllegalArgumentException("a cap is 1 to 1,000");
        }
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a cap's window is one minute to 90 days");
        }
        if (!coolDown.isZero() && (coolDown.compareTo(SHORTEST) < 0 || coolDown.compareTo(window) > 0)) {
            throw new IllegalArgumentException("a cool-down is one minute up to the window");
        }
    }

    public FrequencyCap(int max, Duration window) {
        this(max, window, Duration.ZERO);
    }
}
