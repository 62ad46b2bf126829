package mizan.bench.rater;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import mizan.core.suitability.linear.LinearModel;
import mizan.core.suitability.linear.LinearRater;
import mizan.server.rating.LinearModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Prints the table of docs/science/suitability.md.
@Command(
        name = "measure",
        mixinStandardHelpOptions = true,
        description = "Quality on labelled sets, by 5-fold cross-validation.")
final class MeasureCommand implements Callable<Integer> {
    private static final String ROW = "%-12s %-30s %6s %6s  %5s  %5s  %5s  %5s  %5s  %5s%n";

    /// Sets of one language that are also trained on together, each measured by itself.
    private static final List<String> TOGETHER = List.of("ar-lhsab", "ar-mpold", "ar-osact4");

    @Option(names = "--data", required = true, description = "folder of labelled sets, one folder each")
    private Path data = Path.of(".");

    @Option(names = "--only", defaultValue = "", description = "only sets whose name begins so")
    private String only = "";

    @Option(names = "--shipped", description = "only the shipped models on sets they were not trained on")
    private boolean shippedAlone;

    @Override
    public Integer call() throws IOException {
        System.out.printf(
                Locale.ROOT,
                ROW,
                "set",
                "trained on",
                "rows",
                "off",
                "F1",
                "AUC",
                "passed",
                "caught",
                "alarm",
                "doubt");
        for (var shipped : ShippedModel.ALL) {
            for (var set : LabelledSets.of(data, shipped.language())) {
                if (set.startsWith(only)) {
                    measure(set, shipped);
                }
            }
        }
        return 0;
    }

    private void measure(String set, ShippedModel shipped) throws IOException {
        var training = new Training(4, true);
        var rows = LabelledSets.read(data, List.of(set));
        if (!shippedAlone && rows.stream().anyMatch(LabelledText::offensive)) {
            print(set, "itself", CrossValidation.of(training, rows, List.of(), 0, shipped.doubt()));
            if (TOGETHER.contains(set)) {
                var others =
                        TOGETHER.stream().filter(other -> !other.equals(set)).toList();
                var more = LabelledSets.read(data, others);
                print(
                        set,
                        "itself, " + String.join(", ", others),
                        CrossValidation.of(training, rows, more, 0, shipped.doubt()));
            }
        }
        if (!set.equals(shipped.trainedOn())) {
            var model = Objects.requireNonNull(LinearModels.builtIn().get(shipped.language()));
            print(set, "shipped: " + model.version(), shipped(rows, model));
        } else if (!shippedAlone) {
            print(
                    set,
                    "itself, as shipped",
                    CrossValidation.of(shipped.training(), rows, List.of(), LinearRater.LEAST_KNOWN, shipped.doubt()));
        }
    }

    private static Quality shipped(List<LabelledText> rows, LinearModel model) {
        var scored = rows.stream().map(row -> Scored.by(model, row)).toList();
        var thresholds = new Thresholds(model.clean(), model.bad());
        var counting = new Quality.Counting(LinearRater.LEAST_KNOWN);
        scored.forEach(row -> counting.judge(row, thresholds));
        return counting.with(Quality.macroF1(scored, row -> row.score() >= model.bad()), Quality.auc(scored));
    }

    private static void print(String set, String trainedOn, Quality q) {
        System.out.printf(
                Locale.ROOT,
                ROW,
                set,
                trainedOn,
                q.rows(),
                q.offensive(),
                share(q.macroF1()),
                share(q.auc()),
                share(q.falseClean()),
                share(q.caught()),
                share(q.falseAlarm()),
                share(q.doubtful()));
    }

    private static String share(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
