package mizan.bench.predict;

import static mizan.bench.predict.Finding.figures;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mizan.core.evaluation.Logged;
import mizan.core.evaluation.OffPolicy;

/// C4: what a Thompson sampling policy earns, estimated from the log of a uniformly random one, against what it did
/// earn;
/// and the other way round, where the log holds next to nothing of what is asked.
final class OpenBandit {
    private static final int ITEM = 1;
    private static final int CLICK = 3;
    private static final int PROPENSITY = 4;
    /// Trials that the overall rate counts for in each item's rate.
    private static final double STRENGTH = 100;

    private OpenBandit() {}

    static Finding run(List<String[]> random, List<String[]> thompson) {
        double truth = rate(thompson);
        var judged = OffPolicy.judge(log(random, thompson));
        var backwards = OffPolicy.judge(log(thompson, random));
        var refused = backwards instanceof OffPolicy.Judgement.Refused;
        if (!(judged instanceof OffPolicy.Judgement.Estimates said)) {
            return new Finding(
                    "C4", "an estimate", false, figures("effective_sample", judged.effectiveSample()), figures());
        }
        double inverse = error(said.inverse(), truth);
        double normalised = error(said.normalised(), truth);
        double direct = error(said.direct(), truth);
        double robust = error(said.doublyRobust(), truth);
        return new Finding(
                "C4",
                "relative errors within 0.02 of the published kind: IPW 0.30, SNIPW 0.30, DM 0.21, DR 0.30",
                near(inverse, 0.30) && near(normalised, 0.30) && near(direct, 0.21) && near(robust, 0.30),
                figures(
                        "rows",
                        random.size(),
                        "effective_sample",
                        said.effectiveSample(),
                        "clipped",
                        said.clipped(),
                        "ipw_error",
                        inverse,
                        "snipw_error",
                        normalised,
                        "dm_error",
                        direct,
                        "dr_error",
                        robust,
                        "backwards_effective_sample",
                        backwards.effectiveSample(),
                        "backwards",
                        refused ? "refused" : "clipped"),
                figures("log_mean_error", error(rate(random), truth)));
    }

    private static boolean near(double error, double published) {
        return Math.abs(error - published) <= 0.02;
    }

    private static double error(double said, double truth) {
        return Math.abs(said - truth) / truth;
    }

    private static double rate(List<String[]> rows) {
        return rows.stream().mapToDouble(OpenBandit::click).average().orElse(0);
    }

    private static double click(String[] row) {
        return Double.parseDouble(row[CLICK]);
    }

    /// The judged policy as its own log shows it: how often it chose each item.
    private static List<Logged> log(List<String[]> logging, List<String[]> judged) {
        var chosen = new HashMap<String, Double>();
        judged.forEach(row -> chosen.merge(row[ITEM], 1.0 / judged.size(), Double::sum));
        var rates = rates(logging);
        double overall = rate(logging);
        double expected = chosen.entrySet().stream()
                .mapToDouble(e -> e.getValue() * rates.getOrDefault(e.getKey(), overall))
                .sum();
        return logging.stream()
                .map(row -> new Logged(
                        Double.parseDouble(row[PROPENSITY]),
                        chosen.getOrDefault(row[ITEM], 0.0),
                        click(row),
                        rates.getOrDefault(row[ITEM], overall),
                        expected))
                .toList();
    }

    private static Map<String, Double> rates(List<String[]> rows) {
        var counts = new HashMap<String, double[]>();
        for (var row : rows) {
            var count = counts.computeIfAbsent(row[ITEM], _ -> new double[2]);
            count[0]++;
            count[1] += click(row);
        }
        double overall = rate(rows);
        var rates = new HashMap<String, Double>();
        counts.forEach((item, count) -> rates.put(item, (count[1] + STRENGTH * overall) / (count[0] + STRENGTH)));
        return rates;
    }
}
