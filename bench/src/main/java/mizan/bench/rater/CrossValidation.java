package mizan.bench.rater;

import java.util.List;

/// Quality of a way of training on one set: each fifth is judged by weights, probabilities and thresholds
/// that were chosen on the other four.
final class CrossValidation {
    private CrossValidation() {}

    /// @param more rows of other sets to train on as well
    /// @param leastKnown see [Quality.Counting]
    /// @param doubt see [Thresholds#of]
    static Quality of(
            Training training, List<LabelledText> rows, List<LabelledText> more, double leastKnown, double doubt) {
        var scored = training.heldOutScores(rows, more);
        var counting = new Quality.Counting(leastKnown);
        var best = new double[LabelledText.FOLDS];
        var platts = new Platt[LabelledText.FOLDS];
        for (int fold = 0; fold < LabelledText.FOLDS; fold++) {
            int held = fold;
            var others = scored.stream().filter(s -> s.fold() != held).toList();
            var platt = Platt.fit(others);
            var probable = platt.probabilities(others);
            platts[fold] = platt;
            best[fold] = Quality.bestThreshold(probable);
            var thresholds = Thresholds.of(probable, doubt);
            scored.stream()
                    .filter(s -> s.fold() == held)
                    .forEach(s -> counting.judge(s.withScore(platt.probability(s.score())), thresholds));
        }
        double macroF1 = Quality.macroF1(scored, s -> platts[s.fold()].probability(s.score()) >= best[s.fold()]);
        return counting.with(macroF1, Quality.auc(scored));
    }
}
