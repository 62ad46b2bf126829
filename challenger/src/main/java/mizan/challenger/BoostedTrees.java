package mizan.challenger;

import java.util.List;
import java.util.Map;
import mizan.bench.predict.Challenger;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// Gradient-boosted trees (Chen and Guestrin, "XGBoost", KDD 2016). How many is decided by the last fifth of what is
/// taught; then they are grown anew from all of it.
public final class BoostedTrees implements Challenger {
    private static final int MOST_TREES = 600;
    /// Trees without a gain after which growing ends.
    private static final int PATIENCE = 40;

    private static final Map<String, Object> SETTING = Map.of(
            "objective",
            "binary:logistic",
            "eval_metric",
            "logloss",
            "eta",
            0.03,
            "max_depth",
            6,
            "min_child_weight",
            10,
            "lambda",
            5,
            "subsample",
            0.7,
            "colsample_bytree",
            0.5,
            "nthread",
            1,
            "seed",
            1);

    @Override
    public double[] rates(List<Row> taught, List<Row> asked) {
        try {
            var columns = new Columns();
            var learned = columns.taught(taught);
            var labels = labels(taught);
            int trees = trees(learned, labels);
            var all = labelled(learned, labels, 0, learned.size());
            var booster = XGBoost.train(all, SETTING, trees, Map.of(), null, null);
            return rates(booster, Columns.matrix(columns.asked(asked)));
        } catch (XGBoostError e) {
            throw new IllegalStateException("the boosted trees could not be grown: " + e.getMessage(), e);
        }
    }

    private static int trees(List<float[]> lines, float[] labels) throws XGBoostError {
        int cut = lines.size() * 4 / 5;
        var before = labelled(lines, labels, 0, cut);
        var after = labelled(lines, labels, cut, lines.size());
        var booster = XGBoost.train(before, SETTING, 0, Map.of(), null, null);
        double least = Double.MAX_VALUE;
        int best = 1;
        for (int tree = 1; tree <= MOST_TREES && tree - best < PATIENCE; tree++) {
            booster.update(before, tree);
            double loss = loss(rates(booster, after), labels, cut);
            if (loss < least) {
                least = loss;
                best = tree;
            }
        }
        return best;
    }

    private static double loss(double[] rates, float[] labels, int from) {
        double loss = 0;
        for (int i = 0; i < rates.length; i++) {
            loss -= Math.log(labels[from + i] > 0 ? rates[i] : 1 - rates[i]);
        }
        return loss;
    }

    private static DMatrix labelled(List<float[]> lines, float[] labels, int from, int to) throws XGBoostError {
        var matrix = Columns.matrix(lines.subList(from, to));
        matrix.setLabel(java.util.Arrays.copyOfRange(labels, from, to));
        return matrix;
    }

    private static float[] labels(List<Row> rows) {
        var labels = new float[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = rows.get(i).clicked() ? 1 : 0;
        }
        return labels;
    }

    private static double[] rates(Booster booster, DMatrix asked) throws XGBoostError {
        var said = booster.predict(asked);
        var rates = new double[said.length];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = said[i][0];
        }
        return rates;
    }
}
