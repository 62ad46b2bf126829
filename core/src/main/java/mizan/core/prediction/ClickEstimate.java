package mizan.core.prediction;

/// How likely a render of one ad is clicked.
///
/// An ad that is still being learned is ranked by a sample of what its rate may be, so that it gets its chance
/// (Thompson sampling, Chapelle and Li, NIPS 2011), and charged by the mean. A settled rate has both alike.
///
/// @param mean expected clicks per render, [0, 1]
/// @param sample what it is ranked by, [0, 1]
public record ClickEstimate(double mean, double sample) {
    public static ClickEstimate of(double rate) {
        return new ClickEstimate(rate, rate);
    }
}
