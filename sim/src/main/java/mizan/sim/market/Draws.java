package mizan.sim.market;

import java.util.random.RandomGenerator;

/// Numbers drawn from the distributions that a market is made of.
final class Draws {
    private Draws() {}

    /// Knuth's for small means; above 60 the normal distribution is as good.
    static int poisson(double mean, RandomGenerator random) {
        if (mean > 60) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    /// With this mean; `spread` is the standard deviation of its logarithm.
    static double lognormal(double mean, double spread, RandomGenerator random) {
        return mean * Math.exp(spread * random.nextGaussian() - spread * spread / 2);
    }

    /// In seconds.
    static double exponential(double mean, RandomGenerator random) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    /// A rank from 0 to `count - 1`, the first far more often than the last (Zipf with exponent 1, by the
    /// inverse of its continuous form).
    static int zipf(int count, RandomGenerator random) {
        return Math.min(count - 1, (int) (Math.pow(count + 1.0, random.nextDouble()) - 1));
    }
}
