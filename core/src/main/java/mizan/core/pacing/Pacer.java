package mizan.core.pacing;

/// The next bid multiplier of a budget, from what it spent in the last step and what it should have spent.
///
/// Dual mirror descent in its entropic form: the multiplier falls by a factor when spend ran ahead of the plan
/// and rises when it fell behind (Balseiro, Lu, Mirrokni, "The Best of Many Worlds", Operations Research 2023).
/// The plan is solved anew at each step from what is left, in shares of the expected traffic rather than in its
/// level: a textbook step towards a fixed rate left 7 to 17 % of budgets unspent. A small pull towards the whole
/// plan takes away what the steps leave over.
public final class Pacer {
    /// Bids never fall below 1/400: a budget that spends too much even so is stopped by its hard limit.
    public static final double LOWEST = -6;

    private static final double STEP = 0.1;
    /// A fresh plan is found in a few long steps: 1/2, 1/4, 1/6, 1/8, and then as always.
    private static final double FIRST_STEP = 0.5;

    /// Charges that a step is measured against at least.
    private static final double GRAINS = 2;

    private static final double PULL = 1;
    /// The pull is bounded, so that an outage of hours is made up for gently and not within minutes.
    private static final double MOST_BEHIND = 0.05;
    /// When the planned spend changes by a factor, the multiplier changes by its square root at once: near a
    /// typical price, spend grows about as the square of the bid.
    private static final double RESPONSE = 0.5;

    private Pacer() {}

    /// One step of one budget.
    ///
    /// @param plannedMicros what the step should have spent; when it is 0 or less nothing can be learned
    /// @param spentMicros what it spent, holds included; below 0 when more holds lapsed than were taken
    /// @param grainMicros what one charge costs at most, at least 1: money does not flow, it drips
    /// @param behind how far the whole spend is behind its plan, as a share of the budget; below 0 when ahead
    public record Step(double plannedMicros, double spentMicros, double grainMicros, double behind) {}

    public static PaceState next(PaceState before, Step step) {
        if (!(step.plannedMicros() > 0)) {
            return before;
        }
        // A budget of twenty impressions a day plans a fraction of one for a step. Measured against so little,
        // most steps would count as nothing spent, and the rest be cut off as far too much.
        double enough = Math.max(step.plannedMicros(), GRAINS * step.grainMicros());
        double ahead = Math.clamp((step.spentMicros() - step.plannedMicros()) / enough, -1.0, 2.0);
        double length = Math.max(STEP, FIRST_STEP / (1 + before.steps()));
        double pull = PULL * step.plannedMicros() / enough * Math.clamp(step.behind(), -MOST_BEHIND, MOST_BEHIND);
        return new PaceState(bounded(before.logMultiplier() - length * ahead + pull), before.steps() + 1);
    }

    /// After a raise or a cut: towards the new plan at once, then in long steps.
    ///
    /// @param change planned spend now over planned spend before, above 0
    public static PaceState replanned(PaceState before, double change) {
        return new PaceState(bounded(before.logMultiplier() + RESPONSE * Math.log(change)), 0);
    }

    /// After the bids changed by a factor: the paced bids stay what they were, as far as the bounds allow.
    public static PaceState rebid(PaceState before, double change) {
        return new PaceState(bounded(before.logMultiplier() - Math.log(change)), before.steps());
    }

    private static double bounded(double log) {
        return Math.clamp(log, LOWEST, 0);
    }
}
