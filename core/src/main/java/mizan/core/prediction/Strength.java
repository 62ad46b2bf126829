package mizan.core.prediction;

import java.util.List;
import java.util.OptionalDouble;

/// How much a child leans on its parent: the `M` of a beta prior with the parent's rate as its mean that makes the
/// children's counts likeliest (the marginal likelihood of the beta-binomial).
final class Strength {
    /// More say nothing new and cost time in the thread that folds.
    static final int MAX_CHILDREN = 2_000;

    private static final int FEWEST_CHILDREN = 5;
    private static final double FEWEST_CLICKS = 20;
    private static final double SMALLEST = 10;
    private static final double LARGEST = 100_000;
    private static final int STEPS = 33;

    private Strength() {}

    /// @param parent the parent's rate, (0, 1)
    record Child(double renders, double clicks, double parent) {}

    /// Empty while there is too little to learn it from.
    static OptionalDouble likeliest(List<Child> children) {
        double clicks = children.stream().mapToDouble(Child::clicks).sum();
        if (children.size() < FEWEST_CHILDREN || clicks < FEWEST_CLICKS) {
            return OptionalDouble.empty();
        }
        double best = SMALLEST;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < STEPS; i++) {
            double strength = SMALLEST * Math.pow(LARGEST / SMALLEST, i / (STEPS - 1.0));
            double likelihood =
                    children.stream().mapToDouble(c -> likelihood(c, strength)).sum();
            if (likelihood > highest) {
                highest = likelihood;
                best = strength;
            }
        }
        return OptionalDouble.of(best);
    }

    private static double likelihood(Child child, double strength) {
        double parent = Math.clamp(child.parent(), 1e-6, 1 - 1e-6);
        // Renders are weighed by position, so an ad low on the page can have more clicks than renders.
        double misses = Math.max(0, child.renders() - child.clicks());
        double a = strength * parent;
        double b = strength - a;
        return logBeta(a + child.clicks(), b + misses) - logBeta(a, b);
    }

    private static double logBeta(double a, double b) {
        return logGamma(a) + logGamma(b) - logGamma(a + b);
    }

    /// Stirling's series after moving the argument above 8, where its error is below 1e-10.
    static double logGamma(double x) {
        double product = 1;
        while (x < 8) {
            product *= x;
            x++;
        }
        double r = 1 / x;
        double series = r * (1 / 12.0 - r * r * (1 / 360.0 - r * r * (1 / 1260.0 - r * r / 1680.0)));
        return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
    }
}
