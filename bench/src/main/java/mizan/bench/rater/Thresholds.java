package mizan.bench.rater;

import java.util.List;

/// Two probabilities that part texts into clean, doubtful and bad.
///
/// Both are chosen among inoffensive texts alone, so how many of a set's texts are offensive, which says how it
/// was collected and not how often people offend, moves neither.
///
/// @param clean texts below are let through
/// @param bad texts from here on are called bad
record Thresholds(double clean, double bad) {
    /// The share of inoffensive texts that may be called bad.
    static final double FALSE_ALARM = 0.05;

    /// @param probable probabilities of rows that the model was not fitted on
    /// @param doubt the share of inoffensive texts that is left in between
    static Thresholds of(List<Scored> probable, double doubt) {
        var inoffensive = probable.stream()
                .filter(s -> !s.offensive())
                .mapToDouble(Scored::score)
                .sorted()
                .toArray();
        return new Thresholds(quantile(inoffensive, 1 - FALSE_ALARM - doubt), quantile(inoffensive, 1 - FALSE_ALARM));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * share))];
    }
}
