package mizan.core.pacing;

import java.time.Instant;
import mizan.core.campaign.Pacing;

/// How much of a budget should be spent by when.
///
/// @param budgetMicros what is to be spent from `start` up to `end`
/// @param end for a budget without one, the end of the span it is planned for, such as the day
public record Plan(Pacing pacing, long budgetMicros, Instant start, Instant end, TrafficShare traffic) {
    public Plan {
        if (budgetMicros < 0 || !end.isAfter(start)) {
            throw new IllegalArgumentException("a plan spends 0 micros or more in a span that ends after it starts");
        }
    }

    /// The part of the budget that should be spent by then, 0 to 1.
    public double portionBy(Instant instant) {
        double whole = traffic.between(start, end);
        if (!instant.isAfter(start)) {
            return 0;
        }
        if (!instant.isBefore(end)) {
            return 1;
        }
        double passed = whole > 0
                ? traffic.between(start, instant) / whole
                : TrafficShare.UNIFORM.between(start, instant) / TrafficShare.UNIFORM.between(start, end);
        return portion(Math.clamp(passed, 0, 1));
    }

    private double portion(double passed) {
        return switch (pacing) {
            case EVEN -> passed;
            // Starts at one and a half times the even speed and ends at half of it: 5/8 in the first half.
            case FRONT_LOADED -> passed * (3 - passed) / 2;
            case ASAP -> 1;
        };
    }

    /// What should be spent in this span, given what is spent already: the rest of the budget is spread anew
    /// each time, so an early error is not carried along.
    double targetMicros(long spentBeforeMicros, Instant from, Instant to) {
        double left = Math.max(0, budgetMicros - spentBeforeMicros);
        double portionLeft = 1 - portionBy(from);
        return portionLeft > 0 ? left * (portionBy(to) - portionBy(from)) / portionLeft : 0;
    }
}
