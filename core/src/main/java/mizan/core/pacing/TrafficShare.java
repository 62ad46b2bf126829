package mizan.core.pacing;

import java.time.Duration;
import java.time.Instant;

/// How a placement's traffic is spread over time, as far as it is foreseen.
///
/// Only ratios are used, so the level of the forecast may be wrong without harm; its shape should be right.
@FunctionalInterface
public interface TrafficShare {
    /// As much traffic at any time: the forecast of a platform that has no history yet.
    TrafficShare UNIFORM = (from, to) -> Duration.between(from, to).toMillis();

    /// Traffic expected from `from` up to `to`, in any unit, 0 or more; additive over neighbouring spans.
    double between(Instant from, Instant to);
}
