package mizan.core.prediction;

/// The 99 % interval of the mean behind a count (Byar's approximation, within 1 % of the exact one from 5 up).
final class Poisson {
    private static final double Z = 2.576;

    private Poisson() {}

    static double lower(double count) {
        return count <= 0 ? 0 : cube(count, -Z);
    }

    static double upper(double count) {
        return cube(count + 1, Z);
    }

    private static double cube(double count, double z) {
        double root = 1 - 1 / (9 * count) + z / (3 * Math.sqrt(count));
        return root <= 0 ? 0 : count * root * root * root;
    }
}
