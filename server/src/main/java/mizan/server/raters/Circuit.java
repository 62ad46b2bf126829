package mizan.server.raters;

import java.time.Duration;
import java.time.Instant;

/// When a rater may be asked again after it failed: later after each failure in a row, and after several one
/// question at a time.
///
/// @param failures in a row
/// @param waitUntil nobody asks before
record Circuit(int failures, Instant waitUntil) {
    /// So many failures in a row open it.
    static final int OPENS_AFTER = 5;

    static final Circuit FRESH = new Circuit(0, Instant.EPOCH);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /// How it stands.
    enum State {
        /// It answers, or failed a few times only.
        CLOSED,
        /// Nobody asks.
        OPEN,
        /// The next question decides.
        HALF_OPEN
    }

    State state(Instant now) {
        if (failures < OPENS_AFTER) {
            return State.CLOSED;
        }
        return mayAsk(now) ? State.HALF_OPEN : State.OPEN;
    }

    boolean mayAsk(Instant now) {
        return !now.isBefore(waitUntil);
    }

    /// @param jitter 0 to 1, so that many servers do not come back to one rater at once
    Circuit failed(Instant now, double jitter) {
        return new Circuit(failures + 1, now.plus(wait(FIRST_WAIT, failures, LONGEST_WAIT, jitter)));
    }

    /// Half to the whole of a wait that doubles with each time before, up to a limit.
    static Duration wait(Duration first, int before, Duration longest, double jitter) {
        var doubled = first.multipliedBy(1L << Math.min(before, 30));
        var limited = doubled.compareTo(longest) > 0 ? longest : doubled;
        return Duration.ofMillis((long) (limited.toMillis() * (0.5 + jitter / 2)));
    }
}
