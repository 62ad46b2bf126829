package mizan.core.frequency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class FrequencyCountsTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void givenAnyHistory_whenAsked_thenTheCountIsThatOfAListKeptInFull() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new SplittableRandom(seed);
            var counts = new FrequencyCounts(64_000);
            var history = new LinkedHashMap<String, Seen>();
            var now = START;
            for (int i = 0; i < 120; i++) {
                now = now.plusSeconds(random.nextInt(90));
                var viewer = "v" + random.nextInt(2);
                var scope = "cmp" + random.nextInt(2);
                var impression = "imp" + random.nextInt(30);
                var at = now.minusSeconds(random.nextInt(30));
                boolean rendered = random.nextBoolean();
                if (rendered) {
                    counts.count(viewer, scope, impression, at);
                } else {
                    reserve(counts, viewer, scope, impression, at);
                }
                var key = viewer + scope + impression;
                var before = history.get(key);
                if (before == null || !before.rendered()) {
                    history.put(key, new Seen(viewer + scope, at, rendered));
                }
                var window = Duration.ofSeconds(random.nextInt(60, 4_000));
                assertEquals(
                        expected(history, viewer + scope, window, now),
                        counts.shown(viewer, scope, window, now),
                        "seed " + seed + ", step " + i);
            }
        }
    }

    private static void reserve(FrequencyCounts counts, String viewer, String scope, String impression, Instant at) {
        var limit = new FrequencyCounts.Limit(scope, 1_000, HOUR);
        assertEquals(Optional.empty(), counts.reserve(viewer, List.of(limit), impression, at));
    }

    private record Seen(String whose, Instant at, boolean rendered) {}

    private static int expected(Map<String, Seen> history, String whose, Duration window, Instant now) {
        return (int) history.values().stream()
                .filter(s -> s.whose().equals(whose))
                .filter(s -> s.at().isAfter(now.minus(window)))
                .filter(s ->
                        s.rendered() || s.at().plus(FrequencyCounts.RESERVED).isAfter(now))
                .count();
    }

    @Test
    void givenAReservation_whenItsTimeIsOver_thenItNoLongerCountsUnlessItWasRendered() {
        var counts = new FrequencyCounts(64);
        reserve(counts, "v", "cmp", "shown", START);
        reserve(counts, "v", "cmp", "never shown", START);
        var end = START.plus(FrequencyCounts.RESERVED);
        assertEquals(2, counts.shown("v", "cmp", HOUR, end.minusNanos(1)));
        assertEquals(0, counts.shown("v", "cmp", HOUR, end));
        counts.count("v", "cmp", "shown", START.plusSeconds(5));
        assertEquals(1, counts.shown("v", "cmp", HOUR, end));
    }

    @Test
    void givenARender_whenReportedAgainOrReservedLate_thenNothingChanges() {
        var counts = new FrequencyCounts(64);
        counts.count("v", "cmp", "i", START);
        counts.count("v", "cmp", "i", START.plusSeconds(600));
        reserve(counts, "v", "cmp", "i", START.plusSeconds(600));
        assertEquals(1, counts.shown("v", "cmp", HOUR, START.plusSeconds(600)));
        assertEquals(0, counts.shown("v", "cmp", HOUR, START.plus(HOUR)), "its time is that of the first report");
    }

    @Test
    void givenARollingWindow_whenARenderIsExactlyAsOld_thenItHasLeft() {
        var counts = new FrequencyCounts(64);
        counts.count("v", "cmp", "i", START);
        assertEquals(1, counts.shown("v", "cmp", HOUR, START.plus(HOUR).minusNanos(1)));
        assertEquals(0, counts.shown("v", "cmp", HOUR, START.plus(HOUR)));
    }

    @Test
    void givenMoreRendersThanAnyCapAllows_whenCounted_thenAThousandAreKept() {
        var counts = new FrequencyCounts(64);
        for (int i = 0; i < 1_500; i++) {
            counts.count("v", "cmp", "i" + i, START.plusMillis(i));
        }
        assertEquals(1_000, counts.shown("v", "cmp", HOUR, START.plusSeconds(60)));
    }

    @Test
    void givenMoreViewersThanAreRemembered_whenCounted_thenTheNewestAreKeptAndTheOthersForgotten() {
        var counts = new FrequencyCounts(128);
        for (int i = 0; i < 10_000; i++) {
            counts.count("v" + i, "cmp", "i" + i, START);
        }
        int kept = 0;
        for (int i = 0; i < 10_000; i++) {
            kept += counts.shown("v" + i, "cmp", HOUR, START);
        }
        assertTrue(kept > 0 && kept <= 128, "kept " + kept);
    }

    @Test
    void givenOneViewerAndScope_whenOthersAreCounted_thenItsCountStays() {
        var counts = new FrequencyCounts(64_000);
        counts.count("v", "cmp", "i", START);
        for (var other : List.of("w", "V", "v ", "")) {
            counts.count(other, "cmp", "i", START);
            counts.count("v", "cmp" + other + "x", "i", START);
        }
        assertEquals(1, counts.shown("v", "cmp", HOUR, START));
    }

    @Test
    void givenTwoPagesOfOneViewerDecidedAtOnce_whenBothWantTheLastAdThatACapAllows_thenOneGetsIt() {
        var counts = new FrequencyCounts(64);
        var limits = List.of(new FrequencyCounts.Limit("adv", 2, HOUR), new FrequencyCounts.Limit("cmp", 1, HOUR));
        assertEquals(0, counts.shown("v", "cmp", HOUR, START), "both decisions saw room");
        assertEquals(Optional.empty(), counts.reserve("v", limits, "first page", START));
        assertEquals(Optional.of(limits.get(1)), counts.reserve("v", limits, "second page", START));
        assertEquals(1, counts.shown("v", "adv", HOUR, START), "a refused reservation counts nowhere");
        counts.release("v", "first page");
        assertEquals(Optional.empty(), counts.reserve("v", limits, "second page", START));
        counts.count("v", "cmp", "second page", START);
        counts.release("v", "second page");
        assertEquals(1, counts.shown("v", "cmp", HOUR, START), "what was rendered is not given back");
    }

    @Test
    void givenACapOfThreeADay_whenEightThreadsDecideForOneViewer_thenNeverAFourthIsReserved() throws Exception {
        var counts = new FrequencyCounts(64);
        var limits = List.of(new FrequencyCounts.Limit("cmp", 3, Duration.ofDays(1)));
        var begin = new CyclicBarrier(8);
        Callable<Integer> reader = () -> {
            int granted = 0;
            begin.await();
            for (int i = 0; i < 200; i++) {
                var impression = Thread.currentThread().getName() + "/" + i;
                if (counts.reserve("v", limits, impression, START).isEmpty()) {
                    counts.count("v", "cmp", impression, START);
                    granted++;
                }
            }
            return granted;
        };
        int granted = 0;
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var result : threads.invokeAll(Collections.nCopies(8, reader))) {
                granted += result.get();
            }
        }
        assertEquals(3, granted);
        assertEquals(3, counts.shown("v", "cmp", HOUR, START));
    }

    @Test
    void givenACoolDown_whenAnAdWasRendered_thenTheNextWaitsUntilItIsOver() {
        var counts = new FrequencyCounts(64);
        var limits = List.of(
                new FrequencyCounts.Limit("cmp", 5, HOUR), new FrequencyCounts.Limit("cmp", 1, Duration.ofMinutes(10)));
        assertEquals(Optional.empty(), counts.reserve("v", limits, "i", START));
        counts.count("v", "cmp", "i", START);
        var early = START.plus(Duration.ofMinutes(10)).minusNanos(1);
        assertEquals(Optional.of(limits.get(1)), counts.reserve("v", limits, "j", early));
        assertEquals(Optional.empty(), counts.reserve("v", limits, "j", early.plusNanos(1)));
    }
}
