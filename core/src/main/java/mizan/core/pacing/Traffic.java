package mizan.core.pacing;

import java.time.Duration;
import java.time.Instant;

/// How much traffic a span of time is expected to have. Only ratios are read, so the unit does not matter, and
/// a day with half the usual traffic is still planned right.
public interface Traffic {
    /// As much at any time: what is assumed before anything was seen.
    Traffic UNIFORM = (from, to) -> Duration.between(from, to).toMillis();

    /// @param to not before `from`
    double weight(Instant from, Instant to);
}
