package mizan.bench.rater;

/// One row with what a model says of it.
///
/// @param score any number that grows with risk: a raw sum, or a probability
/// @param known which share of the row's words the model had met before, [0, 1]
/// @param fold the row's fold, so that thresholds can be chosen on other rows
record Scored(double score, double known, boolean offensive, int fold) {
    Scored withScore(double other) {
        return new Scored(other, known, offensive, fold);
    }
}
