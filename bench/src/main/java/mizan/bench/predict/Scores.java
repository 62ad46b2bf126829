package mizan.bench.predict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// Predicted rates beside what happened.
final class Scores {
    private static final int BINS = 10;
    private static final int DRAWS = 20;
    private final List<Score> scores = new ArrayList<>();

    private record Score(double said, boolean clicked) {}

    void add(double said, boolean clicked) {
        scores.add(new Score(Math.clamp(said, 1e-6, 1 - 1e-6), clicked));
    }

    int size() {
        return scores.size();
    }

    Scores lastHalf() {
        var half = new Scores();
        half.scores.addAll(scores.subList(scores.size() / 2, scores.size()));
        return half;
    }

    double clicks() {
        return scores.stream().filter(Score::clicked).count();
    }

    /// Log loss over the entropy of the click rate: 1 is what the rate alone would lose.
    double normalisedEntropy() {
        double rate = clicks() / scores.size();
        double entropy = -(rate * Math.log(rate) + (1 - rate) * Math.log(1 - rate));
        double loss = scores.stream()
                .mapToDouble(s -> -Math.log(s.clicked() ? s.said() : 1 - s.said()))
                .average()
                .orElse(0);
        return loss / entropy;
    }

    /// Expected clicks over clicks.
    double calibration() {
        return scores.stream().mapToDouble(Score::said).sum() / clicks();
    }

    /// How likely a clicked row scores above one that was not; equal scores count half.
    double areaUnderCurve() {
        var sorted =
                scores.stream().sorted(Comparator.comparingDouble(Score::said)).toList();
        double ranks = 0;
        for (int i = 0; i < sorted.size(); ) {
            int end = i;
            int clicked = 0;
            while (end < sorted.size()
                    && sorted.get(end).said() == sorted.get(i).said()) {
                clicked += sorted.get(end).clicked() ? 1 : 0;
                end++;
            }
            ranks += clicked * ((i + 1 + end) / 2.0);
            i = end;
        }
        double clicks = clicks();
        return (ranks - clicks * (clicks + 1) / 2) / (clicks * (scores.size() - clicks));
    }

    /// Mean distance of said and happened over ten bins of as many rows.
    double calibrationError() {
        var sorted =
                scores.stream().sorted(Comparator.comparingDouble(Score::said)).toList();
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            var rows = sorted.subList(bin * sorted.size() / BINS, (bin + 1) * sorted.size() / BINS);
            double said = rows.stream().mapToDouble(Score::said).sum();
            double happened = rows.stream().filter(Score::clicked).count();
            error += Math.abs(said - happened) / sorted.size();
        }
        return error;
    }

    /// What chance alone makes of [#calibrationError]: clicks drawn from what was said, twenty times.
    double calibrationErrorIfTrue() {
        var random = new SplittableRandom(1);
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            var drawn = new Scores();
            scores.forEach(s -> drawn.add(s.said(), random.nextDouble() < s.said()));
            sum += drawn.calibrationError();
        }
        return sum / DRAWS;
    }
}
