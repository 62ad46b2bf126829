package mizan.core.pacing;

import mizan.core.campaign.Pacing;

/// The next bid multiplier of a campaign, from what it spent in the last step and what it should have spent.
///
/// Dual mirror descent in its entropic form: the multiplier falls by a factor when spend ran ahead of the
/// plan and rises when it fell behind (Balseiro, Lu, Mirrokni, "The Best of Many Worlds", Operations
/// Research 2023).
public final class Pacer {
    private static final double STEP = 0.1;
    private static final double LOWEST = Math.exp(-6);

    private Pacer() {}

    /// Where a campaign starts that has never been paced.
    public static final double COLD_START = 0.7;

    /// @param previous the multiplier until now, (0, 1]
    /// @param spent micros spent in the step
    /// @param planned micros that the plan gave to the step; 0 when there is no plan
    /// @return (0, 1]; always 1 for ASAP
    public static double next(Pacing mode, double previous, long spent, double planned) {
        if (mode == Pacing.ASAP || planned <= 0) {
            return 1;
        }
        double ahead = Math.clamp(spent / planned, 0.0, 3.0) - 1;
        return Math.clamp(previous * Math.exp(-STEP * ahead), LOWEST, 1.0);
    }

    /// The share of a day's or flight's budget that should be spent when this share of its time is over.
    public static double plannedShare(Pacing mode, double timeShare) {
        return switch (mode) {
            case EVEN -> timeShare;
            case ASAP -> 1;
            // Half again as fast in the first half: the integral of 1.5 - t.
            case FRONT_LOADED -> Math.min(1, timeShare * (1.5 - timeShare / 2));
        };
    }
}
