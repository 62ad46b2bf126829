package mizan.core.campaign;

import java.util.OptionalLong;

/// Hard limits of spend, in micros of the advertiser's currency. Absent means: only the levels above limit
/// it.
///
/// @param totalMicros over the whole flight, at least 1
/// @param dailyMicros in one day of the advertiser's time zone, at least 1
public record Budget(OptionalLong totalMicros, OptionalLong dailyMicros) {
    public static final Budget UNLIMITED = new Budget(OptionalLong.empty(), OptionalLong.empty());

    public Budget {
        if (totalMicros.orElse(1) < 1 || dailyMicros.orElse(1) < 1) {
            throw new IllegalArgumentException("a budget is at least one micro");
        }
    }

    public static Budget total(long micros) {
        return new Budget(OptionalLong.of(micros), OptionalLong.empty());
    }

    public static Budget of(long totalMicros, long dailyMicros) {
        return new Budget(OptionalLong.of(totalMicros), OptionalLong.of(dailyMicros));
    }
}
