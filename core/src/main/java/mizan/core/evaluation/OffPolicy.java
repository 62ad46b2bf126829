package mizan.core.evaluation;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// Estimates of the mean reward of a policy that was not running, from the log of one that was.
///
/// Few rows can carry all the weight: a log of 10,000 was seen to speak with the strength of two. So estimates that
/// weigh rows are made from capped weights when the effective sample is below [#LEAST_EFFECTIVE] of the log, and
/// refused when even those do not reach it.
public final class OffPolicy {
    /// Share of the log that must carry the weight.
    public static final double LEAST_EFFECTIVE = 0.05;

    private static final double CAP = 10;

    private OffPolicy() {}

    /// What the log says.
    public sealed interface Judgement {
        double effectiveSample();

        /// @param clipped whether weights above 10 had to be capped, which costs a bias towards the log
        /// @param inverse inverse propensity weighting (IPW)
        /// @param normalised the same, divided by the sum of weights (SNIPW)
        /// @param direct the model alone (DM)
        /// @param doublyRobust the model, corrected by the weighted residuals (DR; Dudik et al., 2011)
        record Estimates(
                double effectiveSample,
                boolean clipped,
                double inverse,
                double normalised,
                double direct,
                double doublyRobust)
                implements Judgement {}

        /// The log holds too little of what the judged policy would do; only the model has an opinion.
        record Refused(double effectiveSample, double direct) implements Judgement {}
    }

    public static Judgement judge(List<Logged> log) {
        if (log.isEmpty()) {
            return new Judgement.Refused(0, 0);
        }
        double effective = effective(log, Logged::weight);
        if (enough(effective, log)) {
            return estimates(log, effective, false, Logged::weight);
        }
        ToDoubleFunction<Logged> capped = row -> Math.min(CAP, row.weight());
        double effectiveCapped = effective(log, capped);
        return enough(effectiveCapped, log)
                ? estimates(log, effectiveCapped, true, capped)
                : new Judgement.Refused(effective, mean(log, Logged::expected));
    }

    private static boolean enough(double effective, List<Logged> log) {
        return effective >= LEAST_EFFECTIVE * log.size();
    }

    private static Judgement estimates(
            List<Logged> log, double effective, boolean clipped, ToDoubleFunction<Logged> weight) {
        double inverse = mean(log, row -> weight.applyAsDouble(row) * row.reward());
        double direct = mean(log, Logged::expected);
        double residual = mean(log, row -> weight.applyAsDouble(row) * (row.reward() - row.predicted()));
        return new Judgement.Estimates(
                effective, clipped, inverse, inverse / mean(log, weight), direct, direct + residual);
    }

    /// Kish's: as many equal rows would say as much.
    private static double effective(List<Logged> log, ToDoubleFunction<Logged> weight) {
        double sum = log.stream().mapToDouble(weight).sum();
        double squares = log.stream()
                .mapToDouble(row -> weight.applyAsDouble(row) * weight.applyAsDouble(row))
                .sum();
        return squares == 0 ? 0 : sum * sum / squares;
    }

    private static double mean(List<Logged> log, ToDoubleFunction<Logged> of) {
        return log.stream().mapToDouble(of).average().orElse(0);
    }
}
