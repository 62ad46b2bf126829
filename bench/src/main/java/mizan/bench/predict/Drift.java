package mizan.bench.predict;

import static mizan.bench.predict.Finding.figures;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mizan.core.prediction.ClickLearner;
import mizan.core.prediction.Features;

/// C2: after learning, the click rate falls to a quarter. Each row is asked first and learned then.
///
/// Without a test file the fall is made: the second half of the training file, without three of four clicked rows.
final class Drift {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private Drift() {}

    static Finding run(List<String[]> train, Optional<List<String[]>> test) {
        int half = train.size() / 2;
        var taught = test.isPresent() ? train : train.subList(0, half);
        var asked = test.orElseGet(() -> thinned(train.subList(half, train.size())));
        var learning = learned(taught);
        var frozen = learned(taught);
        var scores = new Scores();
        var withoutUpdate = new Scores();
        for (var row : asked) {
            boolean clicked = row[0].equals("1");
            scores.add(learning.rate(row(learning, row), 1), clicked);
            withoutUpdate.add(frozen.rate(row(frozen, row), 1), clicked);
            learn(learning, row);
        }
        double calibration = scores.lastHalf().calibration();
        double entropy = scores.normalisedEntropy();
        return new Finding(
                "C2",
                "expected over clicks 0.7 to 1.4 in the last half, normalised entropy <= 1.10",
                calibration >= 0.7 && calibration <= 1.4 && entropy <= 1.1,
                figures(
                        "test",
                        test.isPresent() ? "a file" : "made from the training file",
                        "rows_asked",
                        asked.size(),
                        "clicks_in_last_half",
                        scores.lastHalf().clicks(),
                        "expected_over_clicks",
                        calibration,
                        "normalised_entropy",
                        entropy),
                figures(
                        "no_update_expected_over_clicks",
                                withoutUpdate.lastHalf().calibration(),
                        "no_update_normalised_entropy", withoutUpdate.normalisedEntropy()));
    }

    private static List<String[]> thinned(List<String[]> rows) {
        var left = new ArrayList<String[]>();
        int clicks = 0;
        for (var row : rows) {
            if (!row[0].equals("1") || clicks++ % 4 == 0) {
                left.add(row);
            }
        }
        return left;
    }

    private static ClickLearner learned(List<String[]> rows) {
        var learner = new ClickLearner();
        rows.forEach(row -> learn(learner, row));
        return learner;
    }

    private static void learn(ClickLearner learner, String[] fields) {
        var row = row(learner, fields);
        learner.rendered(row, 1, AT);
        if (fields[0].equals("1")) {
            learner.clicked(row, 1, AT);
        }
    }

    private static ClickLearner.Row row(ClickLearner learner, String[] fields) {
        var places = Arrays.stream(fields, 1, fields.length)
                .mapToInt(field -> Features.place(Features.of("field", field)))
                .toArray();
        return new ClickLearner.Row(learner.prior().path("display", "one", "one", "one"), places, "display");
    }
}
