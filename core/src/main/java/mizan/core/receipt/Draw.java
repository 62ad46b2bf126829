package mizan.core.receipt;

/// How the click rate of an ad that is hardly known was drawn: from the beta distribution around its mean.
///
/// With the mean beside it, anybody can draw again, and so say how likely it was that this ad was chosen.
///
/// @param evidenceMilli how many renders the mean stood for, in thousandths; 0 when nothing was drawn
/// @param mostRatePpm what no draw counts for more than, in clicks per million renders
public record Draw(int evidenceMilli, int mostRatePpm) {
    /// The mean was taken.
    public static final Draw NONE = new Draw(0, 0);

    /// @param evidence in renders, above 0; rounded to the nearest thousandth, at least one
    public static Draw of(double evidence, int mostRatePpm) {
        return new Draw(Math.clamp(Math.round(evidence * 1_000), 1, Integer.MAX_VALUE), mostRatePpm);
    }

    public boolean happened() {
        return evidenceMilli > 0;
    }

    /// @return in renders
    public double evidence() {
        return evidenceMilli / 1e3;
    }
}
