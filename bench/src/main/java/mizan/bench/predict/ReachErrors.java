package mizan.bench.predict;

import static mizan.bench.predict.Finding.figures;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import mizan.server.reporting.ReachSketch;

/// R1 and R2: sketches against exact counts.
final class ReachErrors {
    private static final int USERS = 1_000_000;
    private static final int DAYS = 30;
    private static final int VISITS_A_DAY = 40_000;
    private static final int READERS = 200_000;

    private ReachErrors() {}

    /// Thirty days of visits, the more the lower a user's number (Zipf with exponent 1), merged.
    static Finding merged(int seeds) {
        double numberSum = 0;
        double numberMost = 0;
        double thetaSum = 0;
        double thetaMost = 0;
        for (long seed = 0; seed < seeds; seed++) {
            var random = new SplittableRandom(seed);
            var seen = new BitSet(USERS);
            var days = new ArrayList<ReachSketch>();
            for (int day = 0; day < DAYS; day++) {
                var sketch = new ReachSketch();
                for (int i = 0; i < VISITS_A_DAY; i++) {
                    int user = (int) Math.min(USERS - 1, Math.exp(random.nextDouble() * Math.log(USERS)));
                    seen.set(user);
                    sketch.seen(seed + "/" + user);
                }
                days.add(sketch);
            }
            var all = ReachSketch.Merged.of(days);
            double exact = seen.cardinality();
            double number = Math.abs(all.viewers().viewers() / exact - 1);
            double theta = Math.abs(all.viewersByTheta() / exact - 1);
            numberSum += number;
            thetaSum += theta;
            numberMost = Math.max(numberMost, number);
            thetaMost = Math.max(thetaMost, theta);
        }
        return new Finding(
                "R1",
                "mean error <= 1.6 %, largest <= 5 %, of HLL and of Theta, over 30 merged days",
                numberSum / seeds <= 0.016 && thetaSum / seeds <= 0.016 && numberMost <= 0.05 && thetaMost <= 0.05,
                figures(
                        "seeds", seeds,
                        "hll_mean", numberSum / seeds,
                        "hll_largest", numberMost,
                        "theta_mean", thetaSum / seeds,
                        "theta_largest", thetaMost),
                figures("standard_error_of_4096", 1 / Math.sqrt(4_096)));
    }

    static Finding overlap(int seeds) {
        double most = 0;
        double sum = 0;
        int cases = 0;
        for (double jaccard : List.of(0.05, 0.1, 0.2, 0.35, 0.5)) {
            for (long seed = 0; seed < seeds; seed++) {
                // Two sets of as many: both / (2 READERS - both) = jaccard.
                long both = Math.round(2 * READERS * jaccard / (1 + jaccard));
                var one = new ReachSketch();
                var other = new ReachSketch();
                for (long user = 0; user < READERS; user++) {
                    one.seen(seed + "/" + user);
                    other.seen(seed + "/" + (user + READERS - both));
                }
                var said = ReachSketch.Merged.of(List.of(one)).overlap(ReachSketch.Merged.of(List.of(other)));
                double error = Math.abs(said.viewers() - both) / (2.0 * READERS - both);
                sum += error;
                most = Math.max(most, error);
                cases++;
            }
        }
        return new Finding(
                "R2",
                "error of the overlap over the union <= 3 %, Jaccard 0.05 to 0.5",
                most <= 0.03,
                figures("cases", cases, "mean", sum / cases, "largest", most),
                figures("standard_error_of_4096", 1 / Math.sqrt(4_096)));
    }
}
