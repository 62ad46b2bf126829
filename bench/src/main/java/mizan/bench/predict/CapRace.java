package mizan.bench.predict;

import static mizan.bench.predict.Finding.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mizan.core.frequency.FrequencyCounts;

/// R3: eight threads decide for the same viewer, a cap of three a day. The peer looks first and counts afterwards, as
/// Mizan did before.
final class CapRace {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int THREADS = 8;
    private static final int ROUNDS = 2_000;
    private static final FrequencyCounts.Limit LIMIT = new FrequencyCounts.Limit("cmp", 3, Duration.ofDays(1));

    private CapRace() {}

    static Finding run() throws InterruptedException, ExecutionException {
        int above = above(true);
        int aboveInTwoSteps = above(false);
        return new Finding(
                "R3",
                "no render above the cap",
                above == 0,
                figures("viewers", ROUNDS, "rendered_above", above),
                figures("look_then_count_rendered_above", aboveInTwoSteps));
    }

    private static int above(boolean inOneStep) throws InterruptedException, ExecutionException {
        var counts = new FrequencyCounts(100_000);
        int above = 0;
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (int round = 0; round < ROUNDS; round++) {
                above += Math.max(0, round(threads, counts, "viewer" + round, inOneStep) - LIMIT.max());
            }
        }
        return above;
    }

    private static int round(ExecutorService threads, FrequencyCounts counts, String viewer, boolean inOneStep)
            throws InterruptedException, ExecutionException {
        var begin = new CyclicBarrier(THREADS);
        Callable<Integer> pages = () -> {
            int rendered = 0;
            begin.await();
            for (int i = 0; i < 3; i++) {
                var impression = Thread.currentThread().threadId() + "/" + i;
                boolean allowed = inOneStep
                        ? counts.reserve(viewer, List.of(LIMIT), impression, NOW)
                                .isEmpty()
                        : counts.shown(viewer, LIMIT.scope(), LIMIT.window(), NOW) < LIMIT.max();
                if (allowed) {
                    counts.count(viewer, LIMIT.scope(), impression, NOW);
                    rendered++;
                }
            }
            return rendered;
        };
        int rendered = 0;
        for (var result : threads.invokeAll(Collections.nCopies(THREADS, pages))) {
            rendered += result.get();
        }
        return rendered;
    }
}
