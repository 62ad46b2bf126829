package mizan.bench.rater;

import mizan.core.suitability.linear.LinearModel;

/// One row with what a model says of it.
///
/// @param score any number that grows with risk: a raw sum, or a probability
/// @param known which share of the row's words the model had met before, [0, 1]
/// @param fold the row's fold, so that thresholds can be chosen on other rows
record Scored(double score, double known, boolean offensive, int fold) {
    /// A row that the model was not fitted on, by its probability.
    static Scored by(LinearModel model, LabelledText row) {
        var reading = model.read(row.features());
        return new Scored(reading.probability(), reading.known(), row.offensive(), row.fold());
    }

    Scored withScore(double other) {
        return new Scored(other, known, offensive, fold);
    }
}
