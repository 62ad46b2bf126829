package mizan.core.pacing;

import java.time.Instant;
import mizan.core.campaign.Pacing;

/// What a budget should have spent by when.
///
/// @param budgetMicros the whole budget, at least 1
/// @param alreadyMicros what was spent before the plan begins: a plan made at noon does not make up for a
///     morning that was planned otherwise
/// @param start when the plan was made
/// @param end of the day or flight, after `start`
public record SpendPlan(long budgetMicros, long alreadyMicros, Instant start, Instant end, Pacing mode) {
    public SpendPlan {
        if (budgetMicros < 1 || !end.isAfter(start)) {
            throw new IllegalArgumentException("a plan has a budget and a time for it");
        }
    }

    /// The share of what was left at the start that should be spent by `at`, [0, 1].
    public double share(Traffic traffic, Instant at) {
        if (mode == Pacing.ASAP || !at.isBefore(end)) {
            return 1;
        }
        double whole = traffic.weight(start, end);
        if (!at.isAfter(start)) {
            return 0;
        }
        double passed = whole > 0
                ? traffic.weight(start, at) / whole
                : Traffic.UNIFORM.weight(start, at) / Traffic.UNIFORM.weight(start, end);
        return switch (mode) {
            // Half again as fast at the beginning, half as fast at the end: the integral of 1.5 - t.
            case FRONT_LOADED -> passed * (1.5 - passed / 2);
            case EVEN, ASAP -> passed;
        };
    }

    /// What should be spent from `from` to `to`, out of what is left at `from`: solved anew at each step, so
    /// that what was missed is spread over all that is to come.
    public double planned(Traffic traffic, long committedMicros, Instant from, Instant to) {
        double passed = share(traffic, from);
        if (passed >= 1) {
            return 0;
        }
        return Math.max(0, budgetMicros - committedMicros) * (share(traffic, to) - passed) / (1 - passed);
    }

    /// How far the spend is behind the plan at an instant, as a share of the budget; below 0 when ahead.
    public double behind(Traffic traffic, long committedMicros, Instant at) {
        double left = Math.max(0, budgetMicros - alreadyMicros);
        return (alreadyMicros + left * share(traffic, at) - committedMicros) / budgetMicros;
    }
}
