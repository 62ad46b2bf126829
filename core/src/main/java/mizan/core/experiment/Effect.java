package mizan.core.experiment;

/// What is known of a campaign's effect at this look. It may be looked at as often as one likes, see
/// [AlwaysValidTest].
public sealed interface Effect {
    /// How often a campaign without any effect is ever said to have one, at most.
    double ALPHA = 0.05;

    /// A difference of half a point is worth finding. It decides how soon an effect is found, not whether
    /// the answer is right.
    double WORTH_FINDING = 0.005;

    /// With fewer viewers in a group, or fewer outcomes in both together, nothing is said: the test's
    /// formula is one for many.
    int LEAST_VIEWERS = 100;
    int LEAST_OUTCOMES = 10;

    /// Not enough yet.
    record TooEarly() implements Effect {}

    /// @param difference more (or fewer) of the exposed did something than of the ghosts, as a share of
    ///     viewers
    /// @param low where the truth lies, at every look at once, with probability 1 - [#ALPHA], to `high`
    /// @param p the probability that ads without any effect would look like this
    record Known(double difference, double low, double high, double p) implements Effect {
        public boolean differs() {
            return p <= ALPHA;
        }
    }

    /// @param exposed outcomes of viewers who saw an ad of the campaign
    /// @param ghosts outcomes of held-out viewers who would have seen one
    static Effect of(Sample exposed, Sample ghosts) {
        boolean few = Math.min(exposed.count(), ghosts.count()) < LEAST_VIEWERS
                || exposed.sum() + ghosts.sum() < LEAST_OUTCOMES
                || exposed.error() + ghosts.error() == 0;
        if (few) {
            return new TooEarly();
        }
        var test = AlwaysValidTest.expecting(WORTH_FINDING).look(ghosts, exposed);
        double difference = exposed.mean() - ghosts.mean();
        double margin = test.margin(ghosts, exposed, ALPHA);
        return new Known(difference, difference - margin, difference + margin, test.p());
    }
}
