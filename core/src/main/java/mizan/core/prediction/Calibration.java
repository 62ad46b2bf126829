package mizan.core.prediction;

/// Keeps the rates of one placement true on average: a shift of their log odds, moved by every render and click, and
/// watched. One thread learns, any number read.
///
/// When clicks show beyond doubt that it expects less than 80 % or more than 125 % of them, it is not trusted until
/// that
/// has passed, and the prior alone is used.
public final class Calibration {
    public static final double LOWEST = 0.8;
    public static final double HIGHEST = 1.25;

    /// At rest the rates are off by about sqrt(STEP / 2) of themselves, 3 %; a change is followed within about
    /// 1 / STEP expected clicks.
    private static final double STEP = 0.002;

    /// While it is not trusted: quick, and as rough as the quickness costs.
    private static final double QUICK_STEP = 0.05;

    /// Watched are the last clicks, between half as many as this and as many.
    private static final double WATCHED = 64;

    private volatile State state = new State(0, 0, 0, true);

    /// @param shift added to the log odds
    /// @param expected clicks that were expected of late
    /// @param clicks that happened of late
    /// @param trusted whether the two agree
    public record State(double shift, double expected, double clicks, boolean trusted) {
        /// Expected over happened; 1 before anything happened.
        public double ratio() {
            return clicks == 0 && expected == 0 ? 1 : expected / Math.max(clicks, 0.5);
        }

        private State moved(double by) {
            return new State(shift + (trusted ? STEP : QUICK_STEP) * by, expected, clicks, trusted);
        }

        private State watched(double moreExpected, double moreClicks) {
            double e = expected + moreExpected;
            double c = clicks + moreClicks;
            double keep = Math.max(e, c) > WATCHED ? 0.5 : 1;
            return new State(shift, e * keep, c * keep, trusted(e, c));
        }

        private boolean trusted(double e, double c) {
            if (trusted) {
                return e / Poisson.upper(c) <= HIGHEST && e >= LOWEST * Poisson.lower(c);
            }
            return e >= LOWEST * c && e <= HIGHEST * c;
        }
    }

    public double corrected(double rate) {
        return ClickModel.probability(ClickModel.logOdds(rate) + state.shift());
    }

    /// Whether clicks and expectation agree, see above.
    public boolean trusted() {
        return state.trusted();
    }

    public State state() {
        return state;
    }

    public void restore(State kept) {
        state = kept;
    }

    /// A render for which the model said this rate; its click, if any, is told on its own.
    public void rendered(double rate) {
        double corrected = corrected(rate);
        state = state.watched(corrected, 0).moved(-corrected);
    }

    public void clicked() {
        state = state.watched(0, 1).moved(1);
    }
}
