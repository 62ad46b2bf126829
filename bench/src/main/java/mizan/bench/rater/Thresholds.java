package mizan.bench.rater;

import java.util.List;

/// Two probabilities that part texts into clean, doubtful and bad.
///
/// Both are chosen within one class each, so how many of a set's texts are offensive, which says how it was
/// collected and not how often people offend, moves neither.
///
/// @param clean texts below are let through
/// @param bad texts from here on are called bad
record Thresholds(double clean, double bad) {
    /// The share of offensive texts that may pass as clean.
    static final double FALSE_CLEAN = 0.10;
    /// The share of inoffensive texts that may be called bad.
    static final double FALSE_ALARM = 0.05;

    /// The share of inoffensive texts that passes as clean at most. Where a set parts well, it is because its
    /// texts were collected by a few words; a model that is then never in doubt would be wrong elsewhere.
    static final double MOST_CLEAN = 0.75;

    /// @param probable probabilities of rows that the model was not fitted on
    static Thresholds of(List<Scored> probable) {
        double bad = quantile(probable, false, 1 - FALSE_ALARM);
        double clean = Math.min(quantile(probable, true, FALSE_CLEAN), quantile(probable, false, MOST_CLEAN));
        return new Thresholds(Math.min(clean, bad), bad);
    }

    private static double quantile(List<Scored> probable, boolean offensive, double share) {
        var sorted = probable.stream()
                .filter(s -> s.offensive() == offensive)
                .mapToDouble(Scored::score)
                .sorted()
                .toArray();
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * share))];
    }
}
