package mizan.challenger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mizan.bench.predict.Challenger.Row;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// Rows as numbers: those they have, and for each value how often it was seen and clicked before.
///
/// A row that is learned from knows only what the rows before it told; with its own click among the counts the trees
/// would read the answer (ordered target statistics: Prokhorenkova et al., "CatBoost", NeurIPS 2018).
final class Columns {
    /// Renders that the mean of all is worth.
    private static final double STRENGTH = 20;

    private final Map<String, Counts> counts = new HashMap<>();
    private final Counts all = new Counts();

    private static final class Counts {
        private double renders;
        private double clicks;

        private void add(boolean clicked) {
            renders++;
            clicks += clicked ? 1 : 0;
        }

        private double rate(double parent) {
            return (clicks + STRENGTH * parent) / (renders + STRENGTH);
        }
    }

    /// Learns from each row after it was turned into numbers.
    List<float[]> taught(List<Row> rows) {
        var lines = new ArrayList<float[]>(rows.size());
        for (var row : rows) {
            lines.add(line(row));
            all.add(row.clicked());
            for (int i = 0; i < row.values().size(); i++) {
                counts.computeIfAbsent(key(row, i), _ -> new Counts()).add(row.clicked());
            }
        }
        return lines;
    }

    List<float[]> asked(List<Row> rows) {
        return rows.stream().map(this::line).toList();
    }

    private float[] line(Row row) {
        int numbers = row.numbers().size();
        var line = new float[numbers + 2 * row.values().size()];
        for (int i = 0; i < numbers; i++) {
            line[i] = row.numbers().get(i).floatValue();
        }
        double parent = all.rate(0.01);
        for (int i = 0; i < row.values().size(); i++) {
            var known = counts.getOrDefault(key(row, i), new Counts());
            line[numbers + 2 * i] = (float) known.rate(parent);
            line[numbers + 2 * i + 1] = (float) known.renders;
        }
        return line;
    }

    private static String key(Row row, int column) {
        return column + "=" + row.values().get(column);
    }

    static DMatrix matrix(List<float[]> lines) throws XGBoostError {
        int width = lines.getFirst().length;
        var flat = new float[lines.size() * width];
        for (int i = 0; i < lines.size(); i++) {
            System.arraycopy(lines.get(i), 0, flat, i * width, width);
        }
        return new DMatrix(flat, lines.size(), width, Float.NaN);
    }
}
