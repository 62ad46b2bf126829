package mizan.bench.rater;

import java.util.List;

/// Turns scores into probabilities: `1 / (1 + exp(-(slope * score + intercept)))`.
///
/// Fitted by Newton's method as in Lin, Lin and Weng, "A Note on Platt's Probabilistic Outputs for Support
/// Vector Machines", Machine Learning 68 (2007). Both classes weigh the same in sum.
record Platt(double slope, double intercept) {
    private static final int ROUNDS = 100;

    static Platt fit(List<Scored> scored) {
        double bad = scored.stream().filter(Scored::offensive).count();
        double good = scored.size() - bad;
        double a = 1;
        double b = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double gradientA = 0;
            double gradientB = 0;
            double aa = 1e-9;
            double ab = 0;
            double bb = 1e-9;
            for (var one : scored) {
                double p = 1 / (1 + Math.exp(-(a * one.score() + b)));
                double target = one.offensive() ? (bad + 1) / (bad + 2) : 1 / (good + 2);
                double weight = one.offensive() ? 0.5 / bad : 0.5 / good;
                double error = weight * (p - target);
                double curve = weight * p * (1 - p);
                gradientA += error * one.score();
                gradientB += error;
                aa += curve * one.score() * one.score();
                ab += curve * one.score();
                bb += curve;
            }
            double determinant = aa * bb - ab * ab;
            double stepA = (bb * gradientA - ab * gradientB) / determinant;
            double stepB = (aa * gradientB - ab * gradientA) / determinant;
            a -= stepA;
            b -= stepB;
            if (Math.abs(stepA) + Math.abs(stepB) < 1e-9) {
                break;
            }
        }
        return new Platt(a, b);
    }

    double probability(double score) {
        return 1 / (1 + Math.exp(-(slope * score + intercept)));
    }

    List<Scored> probabilities(List<Scored> scored) {
        return scored.stream().map(s -> s.withScore(probability(s.score()))).toList();
    }
}
