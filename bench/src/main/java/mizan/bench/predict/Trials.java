package mizan.bench.predict;

import static mizan.bench.predict.Finding.figures;

import java.util.SplittableRandom;
import mizan.core.experiment.AlwaysValidTest;
import mizan.core.experiment.Sample;

/// E1 and E2: the always-valid test, looked at forty times, beside the usual test looked at as often and once.
final class Trials {
    private static final int LOOKS = 40;
    private static final int A_LOOK = 500;
    private static final double RATE = 0.01;
    private static final double LIFT = 0.3;
    private static final double ALPHA = 0.05;
    private static final double Z = 1.96;

    private Trials() {}

    private record Found(double alwaysValid, double peeking, double once) {}

    static Finding withoutDifference(int runs) {
        var found = runs(runs, RATE);
        return new Finding(
                "E1",
                "false alarms <= 0.05",
                found.alwaysValid() <= ALPHA,
                figures("runs", runs, "always_valid", found.alwaysValid()),
                figures("z_at_every_look", found.peeking(), "z_once", found.once()));
    }

    static Finding withDifference(int runs) {
        var found = runs(runs, RATE * (1 + LIFT));
        return new Finding(
                "E2",
                "+30 % found in >= 0.44 of experiments of 20,000 an arm",
                found.alwaysValid() >= 0.44,
                figures("runs", runs, "always_valid", found.alwaysValid()),
                figures("z_at_every_look_not_valid", found.peeking(), "z_once", found.once()));
    }

    private static Found runs(int runs, double treated) {
        int alwaysValid = 0;
        int peeking = 0;
        int once = 0;
        for (long seed = 0; seed < runs; seed++) {
            var random = new SplittableRandom(seed);
            var test = AlwaysValidTest.expecting(LIFT * RATE);
            boolean ever = false;
            boolean last = false;
            long control = 0;
            long treatment = 0;
            for (int look = 1; look <= LOOKS; look++) {
                for (int i = 0; i < A_LOOK; i++) {
                    control += random.nextDouble() < RATE ? 1 : 0;
                    treatment += random.nextDouble() < treated ? 1 : 0;
                }
                var a = Sample.of((long) look * A_LOOK, control);
                var b = Sample.of((long) look * A_LOOK, treatment);
                test = test.look(a, b);
                last = Math.abs(z(a, b)) > Z;
                ever |= last;
            }
            alwaysValid += test.differs(ALPHA) ? 1 : 0;
            peeking += ever ? 1 : 0;
            once += last ? 1 : 0;
        }
        return new Found(alwaysValid / (double) runs, peeking / (double) runs, once / (double) runs);
    }

    private static double z(Sample a, Sample b) {
        double variance = a.variance() / a.count() + b.variance() / b.count();
        return variance == 0 ? 0 : (b.mean() - a.mean()) / Math.sqrt(variance);
    }
}
