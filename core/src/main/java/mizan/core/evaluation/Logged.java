package mizan.core.evaluation;

/// One choice that was made by chance and logged, and what the policy to be judged thinks of it.
///
/// @param propensity how likely the logging policy was to choose it, (0, 1]
/// @param target how likely the judged policy is to choose it, [0, 1]
/// @param reward what came of it, such as 1 for a click
/// @param predicted what a model expects of this choice
/// @param expected what the model expects of the judged policy's own choice here: the mean over its actions
public record Logged(double propensity, double target, double reward, double predicted, double expected) {
    public Logged {
        if (!(propensity > 0 && propensity <= 1) || !(target >= 0 && target <= 1)) {
            throw new IllegalArgumentException("a propensity lies in (0, 1], a target in [0, 1]");
        }
    }

    double weight() {
        return target / propensity;
    }
}
