package mizan.core.prediction;

/// How likely a render of one ad is clicked.
///
/// An ad that is still being learned is ranked by a sample of what its rate may be, so that it gets its chance
/// (Thompson sampling, Chapelle and Li, NIPS 2011), and charged by the mean. A settled rate has both alike.
///
/// @param mean expected clicks per render, [0, 1]
/// @param sample what it is ranked by, [0, 1]
/// @param evidence how many renders the mean stood for when the sample was drawn; 0 when it was not drawn
public record ClickEstimate(double mean, double sample, double evidence) {
    public static ClickEstimate of(double rate) {
        return new ClickEstimate(rate, rate, 0);
    }
}
