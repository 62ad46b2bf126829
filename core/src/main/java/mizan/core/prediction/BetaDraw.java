package mizan.core.prediction;

import java.util.SplittableRandom;

/// A draw from a beta distribution: the same seed, the same draw.
final class BetaDraw {
    private BetaDraw() {}

    /// @param mean (0, 1)
    /// @param evidence how many trials the mean stands for, above 0
    static double of(double mean, double evidence, long seed) {
        var random = new SplittableRandom(seed);
        double hits = gamma(mean * evidence, random);
        double misses = gamma((1 - mean) * evidence, random);
        return hits / (hits + misses);
    }

    /// Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 2000.
    private static double gamma(double shape, SplittableRandom random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                if (Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                    return d * v;
                }
            }
        }
    }
}
