package mizan.core.pacing;

/// How hard one budget bids, and for how long it has been finding out. A value, so that a store can keep it.
///
/// @param logMultiplier natural logarithm of the bid multiplier, [Pacer#LOWEST] to 0
/// @param steps steps taken since the plan was last changed: the first ones are longer
public record PaceState(double logMultiplier, int steps) {
    /// Where a budget starts that has never been paced: three tenths of its bids. Too low wastes an hour, too
    /// high wastes the budget.
    public static final PaceState COLD = new PaceState(Math.log(0.3), 0);

    public PaceState {
        if (!(logMultiplier >= Pacer.LOWEST && logMultiplier <= 0) || steps < 0) {
            throw new IllegalArgumentException("a multiplier is e^-6 to 1");
        }
    }

    /// What bids are multiplied by, (0, 1].
    public double multiplier() {
        return Math.exp(logMultiplier);
    }
}
