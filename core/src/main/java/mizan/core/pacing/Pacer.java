package mizan.core.pacing;

import mizan.core.campaign.Pacing;

/// The next pacing multiplier of a campaign, from what the last span cost and what it should have cost.
///
/// Dual mirror descent in its entropic form: the multiplier's logarithm moves against the relative error of
/// the spend (Balseiro, Lu and Mirrokni, "The Best of Many Worlds: Dual Mirror Descent for Online Allocation
/// Problems", Operations Research 2023), plus a small pull towards the plan's total. A campaign under several
/// budgets takes the product of their multipliers.
public final class Pacer {
    /// For a campaign without a past: cautious, because a budget spent too early cannot be spent again.
    public static final double START = 0.3;

    /// The smallest multiplier, e^-6: low enough to win next to nothing, high enough to find back.
    public static final double LOWEST = Math.exp(-6);

    private static final double STEP = 0.1;
    private static final double PULL = 0.2;
    private static final double LARGEST_RATIO = 3;

    private Pacer() {}

    /// @param previous the multiplier in force during the span; on a new day, the last one of the day before
    /// @return [LOWEST, 1]; always 1 for ASAP
    public static double next(Plan plan, double previous, Spent spent) {
        if (plan.pacing() == Pacing.ASAP) {
            return 1;
        }
        double excess =
                ratio(spent.inSpanMicros(), plan.targetMicros(spent.beforeMicros(), spent.from(), spent.to())) - 1;
        double log = Math.log(Math.clamp(previous, LOWEST, 1)) - STEP * excess + PULL * behind(plan, spent);
        // Clipping the sum, rather than keeping an integral apart, is what stops it from winding up.
        return Math.clamp(Math.exp(log), LOWEST, 1);
    }

    private static double ratio(long spent, double target) {
        if (target > 0) {
            return Math.min(spent / target, LARGEST_RATIO);
        }
        // Nothing was to be spent: at a standstill that is as planned, anything else is far too much.
        return spent == 0 ? 1 : LARGEST_RATIO;
    }

    /// How far the total spend lies behind the plan, as a part of the budget; negative when ahead.
    private static double behind(Plan plan, Spent spent) {
        if (plan.budgetMicros() == 0) {
            return 0;
        }
        double total = (double) spent.beforeMicros() + spent.inSpanMicros();
        return plan.portionBy(spent.to()) - total / plan.budgetMicros();
    }
}
