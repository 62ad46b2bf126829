package mizan.core.frequency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import mizan.core.campaign.FrequencyCap;
import mizan.core.identity.SortableId;
import mizan.core.receipt.ImpressionId;
import org.junit.jupiter.api.Test;

class FrequencyCountsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Limit THREE_A_DAY = new Limit("campaign", new FrequencyCap(3, DAY));
    private static final Reserved MADE = new Reserved.Made();

    private final FrequencyCounts counts = new FrequencyCounts(FrequencyCap.LONGEST, 100_000);

    @Test
    void givenARender_whenExactlyAWindowHasPassed_thenItNoLongerCounts() {
        counts.rendered("v", impression(1), Set.of("ad"), NOON);
        assertEquals(1, counts.shown("v", "ad", DAY, NOON.plus(DAY).minusNanos(1)));
        assertEquals(0, counts.shown("v", "ad", DAY, NOON.plus(DAY)));
    }

    @Test
    void givenACapReached_whenOneMoreIsAsked_thenItIsRefusedWithTheNumbers() {
        for (int i = 0; i < 3; i++) {
            assertEquals(MADE, counts.reserve("v", impression(i), List.of(THREE_A_DAY), NOON));
        }
        var refused = counts.reserve("v", impression(3), List.of(THREE_A_DAY), NOON.plusSeconds(60));
        assertEquals(new Reserved.Capped(THREE_A_DAY, 3), refused);
        assertEquals(MADE, counts.reserve("another", impression(4), List.of(THREE_A_DAY), NOON));
    }

    @Test
    void givenTwoLimitsAndOneReached_whenReserved_thenNeitherCounts() {
        var tight = new Limit("ad", new FrequencyCap(1, DAY));
        assertEquals(MADE, counts.reserve("v", impression(1), List.of(tight), NOON));
        assertInstanceOf(Reserved.Capped.class, counts.reserve("v", impression(2), List.of(THREE_A_DAY, tight), NOON));
        assertEquals(0, counts.shown("v", "campaign", DAY, NOON));
    }

    @Test
    void givenAReservation_whenItIsNotRenderedInTwoMinutes_thenItsTurnComesBack() {
        counts.reserve("v", impression(1), List.of(THREE_A_DAY), NOON);
        assertEquals(1, counts.shown("v", "campaign", DAY, NOON.plusMillis(119_999)));
        assertEquals(0, counts.shown("v", "campaign", DAY, NOON.plusSeconds(120)));
    }

    @Test
    void givenAReservationThatLapsed_whenItIsRenderedLate_thenItCountsFromTheRender() {
        counts.reserve("v", impression(1), List.of(THREE_A_DAY), NOON);
        var late = NOON.plusSeconds(500);
        counts.rendered("v", impression(1), Set.of("campaign"), late);
        assertEquals(1, counts.shown("v", "campaign", DAY, late));
        assertEquals(1, counts.shown("v", "campaign", DAY, NOON.plus(DAY)));
        assertEquals(0, counts.shown("v", "campaign", DAY, late.plus(DAY)));
    }

    @Test
    void givenARender_whenItIsReportedTwiceOrReservedAgain_thenItCountsOnce() {
        counts.reserve("v", impression(1), List.of(THREE_A_DAY), NOON);
        counts.rendered("v", impression(1), Set.of("campaign"), NOON.plusSeconds(1));
        counts.rendered("v", impression(1), Set.of("campaign"), NOON.plusSeconds(2));
        counts.reserve("v", impression(1), List.of(THREE_A_DAY), NOON.plusSeconds(3));
        assertEquals(1, counts.shown("v", "campaign", DAY, NOON.plusSeconds(3)));
        assertEquals(1, counts.size());
    }

    @Test
    void givenAReservation_whenItIsReleased_thenNothingRemains() {
        counts.reserve("v", impression(1), List.of(THREE_A_DAY), NOON);
        counts.release("v", impression(1));
        assertEquals(0, counts.shown("v", "campaign", DAY, NOON));
        assertEquals(0, counts.size());
    }

    @Test
    void givenARender_whenItIsReleased_thenItStaysCounted() {
        counts.rendered("v", impression(1), Set.of("campaign"), NOON);
        counts.release("v", impression(1));
        assertEquals(1, counts.shown("v", "campaign", DAY, NOON));
    }

    @Test
    void givenAViewer_whenForgotten_thenNothingOfTheirsIsLeft() {
        counts.rendered("v", impression(1), Set.of("a", "b"), NOON);
        counts.rendered("w", impression(2), Set.of("a"), NOON);
        counts.forget("v");
        assertEquals(0, counts.shown("v", "a", DAY, NOON));
        assertEquals(1, counts.size());
    }

    @Test
    void givenNoRoom_whenReserved_thenItIsRefusedUntilOldRendersMayGo() {
        var small = new FrequencyCounts(DAY, 64);
        assertEquals(MADE, small.reserve("v", impression(1), List.of(THREE_A_DAY), NOON));
        small.rendered("v", impression(1), Set.of("campaign"), NOON);
        assertEquals(new Reserved.Full(), small.reserve("v", impression(2), List.of(THREE_A_DAY), NOON));
        assertEquals(1, small.shown("v", "campaign", DAY, NOON));
        assertEquals(MADE, small.reserve("v", impression(3), List.of(THREE_A_DAY), NOON.plus(DAY)));
    }

    @Test
    void givenRandomStories_whenCounted_thenAPlainListAgrees() {
        for (long seed = 0; seed < 1_000; seed++) {
            var random = new SplittableRandom(seed);
            var tested = new FrequencyCounts(Duration.ofHours(3), 64_000);
            var story = new ArrayList<Told>();
            var now = NOON;
            for (int step = 0; step < 60; step++) {
                now = now.plusSeconds(random.nextInt(300));
                var impression = impression(random.nextInt(40));
                var scope = "s" + random.nextInt(3);
                switch (random.nextInt(3)) {
                    case 0 -> {
                        var made = tested.reserve("v", impression, List.of(limit(scope)), now);
                        if (made.equals(MADE)) {
                            tell(story, new Told(scope, impression, now, false));
                        }
                    }
                    case 1 -> {
                        tested.rendered("v", impression, Set.of(scope), now);
                        tell(story, new Told(scope, impression, now, true));
                    }
                    default -> {
                        tested.release("v", impression);
                        story.removeIf(t -> !t.rendered && t.impression.equals(impression));
                    }
                }
                for (int s = 0; s < 3; s++) {
                    var window = Duration.ofMinutes(1 + random.nextInt(180));
                    assertEquals(
                            plain(story, "s" + s, window, now),
                            tested.shown("v", "s" + s, window, now),
                            "seed " + seed + ", step " + step);
                }
            }
        }
    }

    private record Told(String scope, ImpressionId impression, Instant at, boolean rendered) {
        boolean counts(Duration window, Instant now) {
            boolean inWindow = Duration.between(at, now).compareTo(window) < 0;
            return inWindow && (rendered || Duration.between(at, now).toSeconds() < 120);
        }
    }

    /// An impression is told of once per scope; a render takes the place of its reservation, and a reservation
    /// that lapsed may be made again.
    private static void tell(List<Told> story, Told told) {
        for (var known : List.copyOf(story)) {
            if (known.scope.equals(told.scope) && known.impression.equals(told.impression)) {
                boolean stands = known.counts(Duration.ofHours(3), told.at);
                if (known.rendered ? stands : stands && !told.rendered) {
                    return;
                }
                story.remove(known);
            }
        }
        story.add(told);
    }

    private static int plain(List<Told> story, String scope, Duration window, Instant now) {
        return (int) story.stream()
                .filter(t -> t.scope.equals(scope) && t.counts(window, now))
                .count();
    }

    @Test
    void givenEightThreadsAndOneViewer_whenTheyDecideAtOnce_thenNoMoreThanTheCapAreUnderWay() throws Exception {
        for (int round = 0; round < 50; round++) {
            var shared = new FrequencyCounts(FrequencyCap.LONGEST, 100_000);
            var made = new AtomicInteger();
            var work = new ArrayList<Callable<Boolean>>();
            for (int thread = 0; thread < 8; thread++) {
                int first = thread * 1_000;
                work.add(() -> {
                    for (int i = 0; i < 200; i++) {
                        var id = impression(first + i);
                        if (shared.reserve("v", id, List.of(THREE_A_DAY), NOON).equals(MADE)) {
                            made.incrementAndGet();
                            shared.rendered("v", id, Set.of("campaign"), NOON.plusSeconds(1));
                        }
                    }
                    return true;
                });
            }
            try (var threads = Executors.newFixedThreadPool(8)) {
                for (var done : threads.invokeAll(work)) {
                    assertTrue(done.get());
                }
            }
            assertEquals(3, made.get(), "round " + round);
            assertEquals(3, shared.shown("v", "campaign", DAY, NOON.plusSeconds(2)), "round " + round);
        }
    }

    private static Limit limit(String scope) {
        return new Limit(scope, new FrequencyCap(4, Duration.ofHours(1)));
    }

    private static ImpressionId impression(int number) {
        return new ImpressionId(SortableId.of(ImpressionId.PREFIX, 0, 0, number));
    }
}
