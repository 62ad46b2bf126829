package mizan.bench.rater;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import mizan.core.suitability.linear.LinearRater;
import mizan.server.rating.LinearModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What a wider or narrower band of doubt costs: the table by which [ShippedModel#doubt] was chosen.
///
/// The band is laid on held-out scores of the set that the model was trained on, so each row says what that
/// choice would have done to the other sets, which had no part in it.
@Command(
        name = "doubt",
        mixinStandardHelpOptions = true,
        description = "What each width of the shipped models' band of doubt lets pass, and whom it holds up.")
final class DoubtCommand implements Callable<Integer> {
    private static final List<Double> WIDTHS = List.of(0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35);
    private static final String ROW = "%-12s %5s %6s  %5s  %5s  %7s%n";

    @Option(names = "--data", required = true, description = "folder of labelled sets, one folder each")
    private Path data = Path.of(".");

    @Override
    public Integer call() throws IOException {
        System.out.printf(Locale.ROOT, ROW, "set", "width", "clean", "passed", "doubt", "unknown");
        for (var shipped : ShippedModel.ALL) {
            var own = LabelledSets.read(data, List.of(shipped.trainedOn()));
            var heldOut = shipped.training().heldOutScores(own, List.of());
            var probable = Platt.fit(heldOut).probabilities(heldOut);
            print(shipped.trainedOn(), probable, probable);
            for (var set : LabelledSets.of(data, shipped.language())) {
                if (!set.equals(shipped.trainedOn())) {
                    print(set, probable, judged(LabelledSets.read(data, List.of(set)), shipped));
                }
            }
        }
        return 0;
    }

    private static List<Scored> judged(List<LabelledText> rows, ShippedModel shipped) {
        var model = Objects.requireNonNull(LinearModels.builtIn().get(shipped.language()));
        return rows.stream().map(row -> Scored.by(model, row)).toList();
    }

    private static void print(String set, List<Scored> laidOn, List<Scored> judged) {
        double harmless = judged.stream().filter(s -> !s.offensive()).count();
        double unknown = judged.stream()
                .filter(s -> !s.offensive() && s.known() < LinearRater.LEAST_KNOWN)
                .count();
        for (double width : WIDTHS) {
            var thresholds = Thresholds.of(laidOn, width);
            var counting = new Quality.Counting(LinearRater.LEAST_KNOWN);
            judged.forEach(row -> counting.judge(row, thresholds));
            var quality = counting.with(Double.NaN, Double.NaN);
            System.out.printf(
                    Locale.ROOT,
                    ROW,
                    set,
                    share(width),
                    share(thresholds.clean()),
                    share(quality.falseClean()),
                    share(quality.doubtful()),
                    share(unknown / harmless));
        }
    }

    private static String share(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
