package mizan.bench.predict;

import static mizan.bench.predict.Finding.figures;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import mizan.core.prediction.Calibration;
import mizan.core.prediction.ClickLearner;
import mizan.core.prediction.Features;

/// C1: one pass over logged search ads, then rows that were never seen.
///
/// Without a test file the last fifth of the training file is kept aside; nothing was chosen by looking at it but the
/// step
/// of the model, see the document.
final class SearchClicks {
    private static final String[] COLUMNS = {
        "", "", "url", "ad", "advertiser", "depth", "position", "query", "keyword", "title", "description", "user"
    };
    private static final int AD = 3;
    private static final int ADVERTISER = 4;
    private static final int DEPTH = 5;
    private static final int POSITION = 6;
    private static final int KEYWORD = 8;
    private static final int USER = 11;
    private static final double STRENGTH = 50;
    /// The rate is a product and can pass 1; the product's own bound, one in ten, is below the mean of this log.
    private static final double CREDIBLE = 0.9;
    /// The log has no order of time; everything is of one moment.
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private SearchClicks() {}

    /// @param taught rows that are learned from
    /// @param asked rows that were never seen
    private record Parts(List<String[]> taught, List<String[]> asked) {
        static Parts of(List<String[]> train, Optional<List<String[]>> test) {
            int cut = train.size() * 4 / 5;
            return test.map(aside -> new Parts(train, aside))
                    .orElseGet(() -> new Parts(train.subList(0, cut), train.subList(cut, train.size())));
        }
    }

    static Finding run(List<String[]> train, Optional<List<String[]>> test) {
        var parts = Parts.of(train, test);
        var taught = parts.taught();
        var asked = parts.asked();
        var scores = builtIn(parts);
        double entropy = scores.normalisedEntropy();
        double error = scores.calibrationError();
        return new Finding(
                "C1",
                "normalised entropy <= 0.937 in one pass, calibration error (10 bins) <= 0.01",
                entropy <= 0.937 && error <= 0.01,
                figures(
                        "rows_learned", taught.size(),
                        "rows_asked", asked.size(),
                        "normalised_entropy", entropy,
                        "area_under_curve", scores.areaUnderCurve(),
                        "calibration_error", error,
                        "expected_over_clicks", scores.calibration()),
                figures(
                        "constant", constant(rate(taught), asked).normalisedEntropy(),
                        "beta_per_advertiser", perAdvertiser(taught, asked).normalisedEntropy(),
                        "calibration_error_if_every_rate_were_true", scores.calibrationErrorIfTrue()));
    }

    private static Scores builtIn(Parts parts) {
        var learner = new ClickLearner();
        parts.taught().forEach(row -> learn(learner, row));
        var scores = new Scores();
        parts.asked().forEach(row -> scores.add(Math.min(CREDIBLE, learner.rate(row(learner, row), 1)), clicked(row)));
        return scores;
    }

    /// The same rows, learned offline. A challenger is worth promoting when its entropy is 1 % below the built-in
    /// model's and its rates are as true as those of a model that is trusted.
    static Finding challenged(Challenger challenger, List<String[]> train, Optional<List<String[]>> test) {
        var parts = Parts.of(train, test);
        var asked = parts.asked();
        double[] rates = challenger.rates(
                parts.taught().stream().map(SearchClicks::plain).toList(),
                asked.stream().map(SearchClicks::plain).toList());
        var scores = new Scores();
        for (int i = 0; i < rates.length; i++) {
            scores.add(rates[i], clicked(asked.get(i)));
        }
        double builtIn = builtIn(parts).normalisedEntropy();
        double entropy = scores.normalisedEntropy();
        boolean promoted = entropy <= 0.99 * builtIn
                && scores.calibration() >= Calibration.LOWEST
                && scores.calibration() <= Calibration.HIGHEST;
        return new Finding(
                "C1-trees",
                "normalised entropy <= 0.905",
                entropy <= 0.905,
                figures(
                        "normalised_entropy",
                        entropy,
                        "area_under_curve",
                        scores.areaUnderCurve(),
                        "calibration_error",
                        scores.calibrationError(),
                        "expected_over_clicks",
                        scores.calibration(),
                        "worth_promoting",
                        promoted),
                figures("built_in_in_one_pass", builtIn));
    }

    /// Ids here grow with time, so that their size says something too.
    private static Challenger.Row plain(String[] row) {
        var numbers = new ArrayList<Double>();
        var values = new ArrayList<String>();
        for (int i = 2; i < row.length; i++) {
            numbers.add(Double.valueOf(row[i]));
            values.add(row[i]);
        }
        values.add(row[ADVERTISER] + "/" + row[POSITION]);
        values.add(row[AD] + "/" + row[POSITION]);
        values.add(row[ADVERTISER] + "/" + row[KEYWORD]);
        return new Challenger.Row(numbers, values, clicked(row));
    }

    private static void learn(ClickLearner learner, String[] row) {
        var it = row(learner, row);
        learner.rendered(it, 1, AT);
        if (clicked(row)) {
            learner.clicked(it, 1, AT);
        }
    }

    private static ClickLearner.Row row(ClickLearner learner, String[] row) {
        var path = learner.prior().path("search", row[ADVERTISER], row[AD], row[AD] + "/" + row[KEYWORD]);
        return new ClickLearner.Row(path, places(row), "search");
    }

    private static int[] places(String[] row) {
        var features = new ArrayList<Long>();
        for (int i = 2; i < row.length; i++) {
            if (i != USER || !row[USER].equals("0")) { // 0 is a reader who is not known.
                features.add(feature(row, i));
            }
        }
        features.add(Features.cross(feature(row, ADVERTISER), feature(row, POSITION)));
        features.add(Features.cross(feature(row, DEPTH), feature(row, POSITION)));
        features.add(Features.cross(feature(row, AD), feature(row, POSITION)));
        features.add(Features.cross(feature(row, ADVERTISER), feature(row, KEYWORD)));
        features.add(Features.of("known", Boolean.toString(!row[USER].equals("0"))));
        return features.stream().mapToInt(Features::place).toArray();
    }

    private static long feature(String[] row, int column) {
        return Features.of(COLUMNS[column], row[column]);
    }

    private static boolean clicked(String[] row) {
        return row[0].equals("1");
    }

    private static double rate(List<String[]> rows) {
        return rows.stream().filter(SearchClicks::clicked).count() / (double) rows.size();
    }

    private static Scores constant(double rate, List<String[]> asked) {
        var scores = new Scores();
        asked.forEach(row -> scores.add(rate, clicked(row)));
        return scores;
    }

    private static Scores perAdvertiser(List<String[]> taught, List<String[]> asked) {
        var counts = new HashMap<String, double[]>();
        for (var row : taught) {
            var count = counts.computeIfAbsent(row[ADVERTISER], _ -> new double[2]);
            count[0]++;
            count[1] += clicked(row) ? 1 : 0;
        }
        double all = rate(taught);
        var scores = new Scores();
        for (var row : asked) {
            var count = counts.getOrDefault(row[ADVERTISER], new double[2]);
            scores.add((count[1] + STRENGTH * all) / (count[0] + STRENGTH), clicked(row));
        }
        return scores;
    }
}
