package mizan.bench.predict;

import static mizan.bench.predict.Finding.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import mizan.core.prediction.BetaPrior;
import mizan.core.prediction.ClickLearner;
import mizan.core.prediction.Features;

/// C5: clicks come an hour late on average (exponential). Renders are learned at once here; the peer waits five minutes
/// and
/// then believes what it sees.
final class LateClicks {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int SECONDS = 48 * 3_600;
    private static final double RATE = 0.02;
    private static final long WAIT = 300;

    private LateClicks() {}

    private record Click(long second, ClickLearner.Row row, Instant renderedAt) {}

    private record Waiting(long second, ClickLearner.Row row, long clickedAt) {}

    static Finding run(int seeds) {
        double worst = 0;
        double naive = 0;
        for (long seed = 0; seed < seeds; seed++) {
            worst = Math.max(worst, Math.abs(bias(seed)));
            naive += waiting(seed);
        }
        return new Finding(
                "C5",
                "bias of the rate <= 5 % with clicks an hour late, in every seed",
                worst <= 0.05,
                figures("seeds", seeds, "largest_bias", worst),
                figures("labelled_after_five_minutes_bias", naive / seeds));
    }

    /// One render a second; the mean of what was said in the last day, against the truth.
    private static double bias(long seed) {
        var random = new SplittableRandom(seed);
        var learner = new ClickLearner();
        var clicks = new PriorityQueue<Click>(Comparator.comparingLong(Click::second));
        double said = 0;
        for (long second = 0; second < SECONDS; second++) {
            for (var click = clicks.peek(); click != null && click.second() <= second; click = clicks.peek()) {
                learner.clicked(click.row(), 1, click.renderedAt());
                clicks.poll();
            }
            var at = START.plusSeconds(second);
            var row = row(learner, random.nextInt(20));
            said += second >= SECONDS / 2 ? learner.rate(row, BetaPrior.weight(at)) : 0;
            learner.rendered(row, 1, at);
            if (random.nextDouble() < RATE) {
                clicks.add(new Click(second + delay(random), row, at));
            }
        }
        return said / (SECONDS / 2) / RATE - 1;
    }

    private static double waiting(long seed) {
        var random = new SplittableRandom(seed);
        var learner = new ClickLearner();
        var waiting = new ArrayDeque<Waiting>();
        double said = 0;
        for (long second = 0; second < SECONDS; second++) {
            while (!waiting.isEmpty() && waiting.peek().second() <= second) {
                var due = waiting.poll();
                learner.rendered(due.row(), 1, START);
                if (due.clickedAt() <= due.second()) {
                    learner.clicked(due.row(), 1, START);
                }
            }
            var row = row(learner, random.nextInt(20));
            said += second >= SECONDS / 2 ? learner.rate(row, BetaPrior.weight(START)) : 0;
            long clickedAt = random.nextDouble() < RATE ? second + delay(random) : Long.MAX_VALUE;
            waiting.add(new Waiting(second + WAIT, row, clickedAt));
        }
        return said / (SECONDS / 2) / RATE - 1;
    }

    private static long delay(SplittableRandom random) {
        return 1 + Math.round(random.nextExponential() * Duration.ofHours(1).toSeconds());
    }

    private static ClickLearner.Row row(ClickLearner learner, int ad) {
        var path = learner.prior().path("shoes@feed", "advertiser", "campaign" + ad / 5, "ad" + ad);
        int[] places = {Features.place(Features.of("ad", "ad" + ad)), Features.place(Features.of("placement", "feed"))};
        return new ClickLearner.Row(path, places, "feed");
    }
}
