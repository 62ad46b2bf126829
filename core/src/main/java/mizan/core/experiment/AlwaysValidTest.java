package mizan.core.experiment;

/// A test that may be looked at as often as one likes: the mixture sequential probability ratio test (Johari, Koomen,
/// Pekelis and Walsh, "Always Valid Inference", Operations Research 2022).
///
/// With the difference `d` of two means and its variance `s`, the likelihood ratio against "no difference", averaged
/// over the effects that one expects, is `sqrt(s / (s + t^2)) * exp(t^2 d^2 / (2 s (s + t^2)))`; `p` is the least
/// inverse of it so far. In an experiment without any difference, it ever falls below `alpha` with probability at
/// most `alpha`, however often it is looked at.
///
/// @param expectedEffect `t`: the size of difference worth finding, in the unit of the values; above 0. It decides how
///     soon an effect is found, not whether the answer is right. Too small a value costs less than too large a one.
/// @param p the probability that no difference would look like this, (0, 1]; never rises
public record AlwaysValidTest(double expectedEffect, double p) {
    /// Below this the variance is not yet known well enough for the large-sample formula.
    private static final long FEWEST = 100;

    public AlwaysValidTest {
        if (!(expectedEffect > 0)) {
            throw new IllegalArgumentException("the expected effect is above 0");
        }
    }

    public static AlwaysValidTest expecting(double effect) {
        return new AlwaysValidTest(effect, 1);
    }

    /// After another look at everything so far.
    public AlwaysValidTest look(Sample control, Sample treatment) {
        double variance = control.error() + treatment.error();
        if (Math.min(control.count(), treatment.count()) < FEWEST || variance == 0) {
            return this;
        }
        double difference = treatment.mean() - control.mean();
        double prior = expectedEffect * expectedEffect;
        double exponent = prior * difference * difference / (2 * variance * (variance + prior));
        double ratio = Math.sqrt(variance / (variance + prior)) * Math.exp(exponent);
        return new AlwaysValidTest(expectedEffect, Math.min(p, 1 / ratio));
    }

    public boolean differs(double alpha) {
        return p <= alpha;
    }

    /// Half the width of an interval around the difference that holds the truth at every look at once with probability
    /// `1 - alpha`.
    public double margin(Sample control, Sample treatment, double alpha) {
        double variance = control.error() + treatment.error();
        double prior = expectedEffect * expectedEffect;
        return Math.sqrt(2
                * variance
                * (variance + prior)
                / prior
                * (Math.log(1 / alpha) + 0.5 * Math.log((variance + prior) / variance)));
    }
}
