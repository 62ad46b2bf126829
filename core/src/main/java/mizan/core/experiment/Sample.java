package mizan.core.experiment;

/// Values of one arm, added up: enough for its mean and variance.
///
/// @param count how many
/// @param sum of them
/// @param squares sum of their squares
public record Sample(long count, double sum, double squares) {
    public static final Sample EMPTY = new Sample(0, 0, 0);

    /// Units of which some did something, such as viewers who bought.
    public static Sample of(long units, long successes) {
        return new Sample(units, successes, successes);
    }

    public Sample with(double value) {
        return new Sample(count + 1, sum + value, squares + value * value);
    }

    public double mean() {
        return count == 0 ? 0 : sum / count;
    }

    public double variance() {
        return count < 2 ? 0 : Math.max(0, (squares - sum * sum / count) / (count - 1));
    }

    /// Variance of the mean.
    double error() {
        return count == 0 ? 0 : variance() / count;
    }
}
