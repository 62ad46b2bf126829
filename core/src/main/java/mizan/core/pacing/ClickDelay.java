package mizan.core.pacing;

import java.time.Duration;

/// How long readers take to click, where it was seen, taken as exponential: an ad that was not clicked yet is
/// clicked later with probability `p * e^(-age / mean)`. Immutable.
///
/// @param sumSeconds of the delays seen, the older ones counting less
/// @param clicks how many, likewise
public record ClickDelay(double sumSeconds, double clicks) {
    /// Before any click was seen: a minute, as if twenty had been.
    public static final ClickDelay UNKNOWN = new ClickDelay(20 * 60, 20);

    /// Half of what is known is as old as this many clicks.
    private static final double MEMORY = 2_000;

    public ClickDelay plus(Duration delay) {
        double kept = Math.pow(0.5, 1 / MEMORY);
        return new ClickDelay(sumSeconds * kept + Math.max(0, delay.toMillis()) / 1_000.0, clicks * kept + 1);
    }

    /// At least a second.
    public Duration mean() {
        return Duration.ofMillis(Math.max(1_000, Math.round(1_000 * sumSeconds / clicks)));
    }
}
