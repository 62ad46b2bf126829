package mizan.core.prediction;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Click rates: `prior x what the context adds`, corrected for the placement. One thread learns, any number ask.
///
/// A render is learned at once as not clicked, and a click, whenever it comes, once more as clicked; the model then
/// predicts `b = p / (1 + p)`, whose odds are the rate itself (fake negatives with calibration: Ktena et al.,
/// "Addressing Delayed Feedback", RecSys 2019). So nothing waits for a click, and no delay has to be guessed.
public final class ClickLearner {
    private static final int FIT_EVERY = 10_000;

    private final BetaPrior prior = new BetaPrior();
    private final ClickModel model = new ClickModel(ClickModel.Rates.STANDARD);
    private final Map<String, Calibration> calibrations = new ConcurrentHashMap<>();
    private int sinceFit;

    /// One ad in one context.
    ///
    /// @param places of its features, see [Features#place]
    /// @param placement whose calibration applies
    @SuppressWarnings("ArrayRecordComponent") // Never compared; made once for each score.
    public record Row(BetaPrior.Path path, int[] places, String placement) {}

    /// Expected clicks per render in the first position. Without bounds: the caller knows what is credible.
    ///
    /// @param weight of [BetaPrior#weight] now
    public double rate(Row row, double weight) {
        double believed = prior.rate(row.path(), weight);
        var calibration = calibration(row.placement());
        return calibration.trusted()
                ? calibration.corrected(believed * Math.exp(model.margin(row.places())))
                : believed;
    }

    /// @param positionFactor how likely the position is looked at, relative to the first; (0, 1]
    /// @param at when it was decided
    public void rendered(Row row, double positionFactor, Instant at) {
        double weight = BetaPrior.weight(at);
        double believed = prior.rate(row.path(), weight) * positionFactor;
        calibration(row.placement()).rendered(believed * Math.exp(model.margin(row.places())));
        model.learn(row.places(), Math.log(believed), false);
        // A render that few look at counts for less: rates are those of the first position.
        prior.seen(row.path(), weight, positionFactor, 0);
        if (++sinceFit == FIT_EVERY) {
            sinceFit = 0;
            prior.fitStrengths(at);
        }
    }

    /// The click of a row that was rendered before.
    public void clicked(Row row, double positionFactor, Instant at) {
        double weight = BetaPrior.weight(at);
        double believed = prior.rate(row.path(), weight) * positionFactor;
        calibration(row.placement()).clicked();
        model.learn(row.places(), Math.log(believed), true);
        prior.seen(row.path(), weight, 0, 1);
    }

    private Calibration calibration(String placement) {
        return calibrations.computeIfAbsent(placement, _ -> new Calibration());
    }

    /// How each placement's rates stand to its clicks. One that is not trusted is an alarm.
    public Map<String, Calibration.State> calibration() {
        var states = new TreeMap<String, Calibration.State>();
        calibrations.forEach((placement, calibration) -> states.put(placement, calibration.state()));
        return states;
    }

    public void restoreCalibration(String placement, Calibration.State state) {
        calibration(placement).restore(state);
    }

    public BetaPrior prior() {
        return prior;
    }

    public ClickModel model() {
        return model;
    }
}
