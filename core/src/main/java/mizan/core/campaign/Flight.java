package mizan.core.campaign;

import java.time.Instant;
import java.util.Optional;

/// When a campaign or ad group may run: from `start` up to, not including, `end`. No end means until
/// stopped.
public record Flight(Instant start, Optional<Instant> end) {
    public Flight {
        if (end.isPresent() && !end.get().isAfter(start)) {
            throw new IllegalArgumentException("a flight ends after it starts");
        }
    }

    public boolean notStarted(Instant now) {
        return now.isBefore(start);
    }

    public boolean ended(Instant now) {
        return end.isPresent() && !now.isBefore(end.get());
    }

    public boolean contains(Instant now) {
        return !notStarted(now) && !ended(now);
    }
}
