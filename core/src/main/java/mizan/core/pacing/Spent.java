package mizan.core.pacing;

import java.time.Instant;

/// What one span of pacing cost, held money included.
///
/// @param beforeMicros spent of the plan's budget before the span
/// @param inSpanMicros spent within it
public record Spent(Instant from, Instant to, long beforeMicros, long inSpanMicros) {
    public Spent {
        if (!to.isAfter(from) || beforeMicros < 0 || inSpanMicros < 0) {
            throw new IllegalArgumentException("a span ends after it starts, and spend is 0 micros or more");
        }
    }
}
