package mizan.bench.rater;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import mizan.core.suitability.linear.LinearModel;
import mizan.core.suitability.linear.Rarity;
import mizan.core.suitability.linear.TextFeatures;

/// Fits a [LinearModel]: logistic regression by LIBLINEAR over places that are stretched by how differently
/// the classes use them, then Platt scaling and thresholds on held-out folds.
///
/// Sources: Fan et al., "LIBLINEAR: A Library for Large Linear Classification", JMLR 9 (2008); Wang and
/// Manning, "Baselines and Bigrams", ACL 2012, for the stretching.
final class Training {
    private static final int WEIGHT_LEVELS = 127;

    private final double cost;
    private final boolean stretched;

    /// @param cost inverse regularisation
    /// @param stretched whether places are stretched; it lifts every set by itself, and loses where a model
    ///     is asked about texts that were collected in another way
    Training(double cost, boolean stretched) {
        this.cost = cost;
        this.stretched = stretched;
        Linear.disableDebugOutput();
    }

    /// Weights over places weighed by rarity, the bias behind them.
    @SuppressWarnings("ArrayRecordComponent") // Used within one fit.
    private record Fitted(Rarity rarity, double[] weights) {
        Scored score(LabelledText row) {
            var values = rarity.weigh(row.features());
            double score = weights[TextFeatures.SIZE];
            for (int i = 0; i < values.length; i++) {
                score += weights[row.features().places()[i]] * values[i];
            }
            return new Scored(score, rarity.known(row.features()), row.offensive(), row.fold());
        }
    }

    /// @param doubt see [Thresholds#of]
    LinearModel fit(String version, List<LabelledText> rows, double doubt) {
        var heldOut = heldOutScores(rows, List.of());
        var platt = Platt.fit(heldOut);
        return quantised(version, fitted(rows), platt, Thresholds.of(platt.probabilities(heldOut), doubt));
    }

    /// Each row scored by weights that were fitted without its fold.
    ///
    /// @param more rows of other sets, fitted on as well, likewise without the fold
    List<Scored> heldOutScores(List<LabelledText> rows, List<LabelledText> more) {
        var scored = new ArrayList<Scored>(rows.size());
        for (int fold = 0; fold < LabelledText.FOLDS; fold++) {
            int held = fold;
            var fitOn = new ArrayList<LabelledText>();
            rows.stream().filter(r -> r.fold() != held).forEach(fitOn::add);
            more.stream().filter(r -> r.fold() != held).forEach(fitOn::add);
            var fitted = fitted(fitOn);
            rows.stream().filter(r -> r.fold() == held).map(fitted::score).forEach(scored::add);
        }
        return scored;
    }

    /// Both classes weigh the same in sum: the sets' shares of offensive texts say how they were collected,
    /// not how often people offend.
    private Fitted fitted(List<LabelledText> rows) {
        var rarity = Rarity.of(rows.stream().map(LabelledText::features).toList());
        var stretch = stretched ? stretch(rows) : alike();
        var problem = new Problem();
        problem.l = rows.size();
        problem.n = TextFeatures.SIZE + 1;
        problem.bias = 1;
        problem.y = rows.stream().mapToDouble(r -> r.offensive() ? 1 : -1).toArray();
        problem.x = rows.stream().map(r -> nodes(r, rarity, stretch)).toArray(Feature[][]::new);
        var parameter = new Parameter(SolverType.L2R_LR, cost, 0.01);
        double positives = rows.stream().filter(LabelledText::offensive).count();
        parameter.setWeights(
                new double[] {rows.size() / (2 * positives), rows.size() / (2 * (rows.size() - positives))},
                new int[] {1, -1});
        var model = Linear.train(problem, parameter);
        double sign = model.getLabels()[0] == 1 ? 1 : -1;
        var weights = model.getFeatureWeights().clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= sign * (i < TextFeatures.SIZE ? stretch[i] : 1);
        }
        return new Fitted(rarity, weights);
    }

    /// The size of each place's log-odds between the classes, each count raised by one: what both use alike
    /// is shrunk to nothing, so that a small set does not teach its chance co-occurrences.
    private static double[] stretch(List<LabelledText> rows) {
        var offensive = new double[TextFeatures.SIZE];
        var inoffensive = new double[TextFeatures.SIZE];
        for (var row : rows) {
            var counts = row.offensive() ? offensive : inoffensive;
            for (int place : row.features().places()) {
                counts[place]++;
            }
        }
        double offensiveRows = rows.stream().filter(LabelledText::offensive).count();
        double inoffensiveRows = rows.size() - offensiveRows;
        var stretch = new double[TextFeatures.SIZE];
        for (int i = 0; i < stretch.length; i++) {
            stretch[i] = Math.abs(
                    Math.log((offensive[i] + 1) / (offensiveRows + 2) * (inoffensiveRows + 2) / (inoffensive[i] + 1)));
        }
        return stretch;
    }

    private static double[] alike() {
        var ones = new double[TextFeatures.SIZE];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Feature[] nodes(LabelledText row, Rarity rarity, double[] stretch) {
        var places = row.features().places();
        var values = rarity.weigh(row.features());
        var nodes = new ArrayList<Feature>();
        for (int i = 0; i < values.length; i++) {
            nodes.add(new FeatureNode(places[i] + 1, values[i] * stretch[places[i]]));
        }
        nodes.sort(Comparator.comparingInt(Feature::getIndex));
        nodes.add(new FeatureNode(TextFeatures.SIZE + 1, 1));
        return nodes.toArray(Feature[]::new);
    }

    /// One byte a weight: the root of its share of the heaviest one.
    private static LinearModel quantised(String version, Fitted fitted, Platt platt, Thresholds thresholds) {
        var weights = fitted.weights();
        double heaviest = 0;
        for (int i = 0; i < TextFeatures.SIZE; i++) {
            heaviest = Math.max(heaviest, Math.abs(weights[i]));
        }
        var bytes = new byte[TextFeatures.SIZE];
        for (int i = 0; i < bytes.length; i++) {
            long root = Math.round(WEIGHT_LEVELS * Math.sqrt(Math.abs(weights[i]) / heaviest));
            bytes[i] = (byte) (weights[i] < 0 ? -root : root);
        }
        double step = heaviest / (WEIGHT_LEVELS * WEIGHT_LEVELS);
        float intercept = (float) (platt.slope() * weights[TextFeatures.SIZE] + platt.intercept());
        return new LinearModel(
                version,
                fitted.rarity(),
                bytes,
                (float) step,
                (float) platt.slope(),
                intercept,
                (float) thresholds.clean(),
                (float) thresholds.bad());
    }
}
