package mizan.core.transparency;

/// How often something was so, and between which shares the truth lies in 95 of 100 cases: the Wilson score interval
/// (Wilson 1927), which holds for shares near 0 too, where the usual one ends below it.
///
/// @param hits of `trials`
/// @param low of 0 to 1
public record Rate(long hits, long trials, double low, double high) {
    /// Of the normal distribution, 2.5 % on each side.
    private static final double Z = 1.959963984540054;

    /// @throws IllegalArgumentException for more hits than trials, or negative ones
    public static Rate of(long hits, long trials) {
        if (hits < 0 || hits > trials) {
            throw new IllegalArgumentException(hits + " of " + trials + " is no share");
        }
        if (trials == 0) {
            return new Rate(0, 0, 0, 1);
        }
        double n = trials;
        double share = hits / n;
        double scale = 1 + Z * Z / n;
        double centre = (share + Z * Z / (2 * n)) / scale;
        double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / scale;
        // At the ends the formula is exact, its rounding is not.
        return new Rate(
                hits,
                trials,
                hits == 0 ? 0 : Math.max(0, centre - half),
                hits == trials ? 1 : Math.min(1, centre + half));
    }

    /// 0 without any trial.
    public double share() {
        return trials == 0 ? 0 : (double) hits / trials;
    }
}
