package mizan.core.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import mizan.core.traffic.Activity.Act;
import mizan.core.traffic.Activity.Seen;
import org.junit.jupiter.api.Test;

class ActivityTest {
    private static final int SEEDS = 300;
    private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

    @Test
    void givenReadersWhoScrollAndSometimesClick_whenJudged_thenNothingIsMarked() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var events = reader(new Random(seed), "reader");
            var judged = judge(events);
            assertEquals(Map.of(), judged.reasons(), "seed " + seed);
            assertEquals(told(events), judged.counted(), "seed " + seed);
        }
    }

    @Test
    void givenAMachineThatClicksEverything_whenJudged_thenNoneOfItsClicksIsCountedAndItsViewsAre() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var events = new ArrayList<Seen>();
            for (int i = 0; i < 6 + random.nextInt(30); i++) {
                var served = START.plusSeconds(i * 10L);
                events.add(event("bot", i, Act.RENDER, served, 500));
                events.add(event("bot", i, Act.CLICK, served, 1_000 + random.nextInt(5_000)));
            }
            var judged = judge(events);
            assertEquals(Set.of(), acts(judged, Act.CLICK), () -> "seed of " + events.size() + " events");
            assertEquals(events.size() / 2, acts(judged, Act.RENDER).size(), "seed " + seed);
            assertEquals(
                    Set.of(InvalidTraffic.MANY_CLICKS),
                    Set.copyOf(judged.reasons().values()),
                    "seed " + seed);
        }
    }

    @Test
    void givenClicksSoonerThanAnybodyReacts_whenJudged_thenTheyAreMarkedAndALaterOneCounts() {
        var events = List.of(event("v", 1, Act.CLICK, START, 299), event("v", 1, Act.CLICK, START, 2_000));
        assertEquals(
                Optional.of(InvalidTraffic.FAST_CLICK),
                new Activity(ActivityRules.STANDARD).judge(events.getFirst()).invalid());
        assertEquals(Set.of("v1 CLICK"), judge(events).counted());
    }

    @Test
    void givenADoubleClick_whenJudged_thenTheFirstCountsAndTheOtherIsMarked() {
        var activity = new Activity(ActivityRules.STANDARD);
        assertEquals(
                Optional.empty(),
                activity.judge(event("v", 1, Act.CLICK, START, 2_000)).invalid());
        assertEquals(
                Optional.of(InvalidTraffic.DOUBLE_CLICK),
                activity.judge(event("v", 1, Act.CLICK, START, 2_400)).invalid());
        assertEquals(
                Optional.empty(),
                activity.judge(event("v", 1, Act.CLICK, START, 60_000)).invalid());
    }

    @Test
    void givenOneEventToldOverAndOver_whenJudged_thenWhatIsMoreThanAPageDoesIsMarked() {
        var activity = new Activity(ActivityRules.STANDARD);
        int marked = 0;
        for (int i = 0; i < 50; i++) {
            var verdict = activity.judge(event("v", 1, Act.RENDER, START, 1_000 + i * 50));
            marked += verdict.invalid().filter(InvalidTraffic.REPLAYED::equals).isPresent() ? 1 : 0;
        }
        assertEquals(50 - 1 - ActivityRules.STANDARD.repeats(), marked);
    }

    @Test
    void givenMoreAdsInAMinuteThanCanBeScrolledPast_whenJudged_thenAllOfThemAreMarked() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var events = new ArrayList<Seen>();
            int ads = 121 + random.nextInt(200);
            for (int i = 0; i < ads; i++) {
                events.add(
                        event("bot", i, Act.RENDER, START.plusMillis(random.nextInt(60_000)), random.nextInt(2_000)));
            }
            var judged = judge(events);
            assertEquals(Set.of(), judged.counted(), "seed " + seed);
            assertEquals(
                    Set.of(InvalidTraffic.MANY_IMPRESSIONS),
                    Set.copyOf(judged.reasons().values()));
        }
    }

    @Test
    void givenAdsKeptAndRedeemedInOneBurst_whenJudged_thenAllOfThemAreMarked() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var events = new ArrayList<Seen>();
            for (int i = 0; i < 11 + random.nextInt(60); i++) {
                var served = START.plusSeconds(random.nextInt(300));
                long after = Duration.between(served, START.plusSeconds(600)).toMillis() + random.nextInt(60_000);
                events.add(event("bot", i, Act.RENDER, served, after));
            }
            var judged = judge(events);
            assertEquals(Set.of(), judged.counted(), "seed " + seed);
            assertEquals(
                    Set.of(InvalidTraffic.HOARDED), Set.copyOf(judged.reasons().values()), "seed " + seed);
        }
    }

    @Test
    void givenReadersAndMachinesTogether_whenTheOrderOfTheirEventsIsAnother_thenTheSameIsCountedInTheEnd() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var events = new ArrayList<Seen>();
            for (int who = 0; who < 4; who++) {
                events.addAll(reader(random, "reader" + who + "/"));
                events.addAll(machine(random, "machine" + who + "/"));
            }
            events.sort(Comparator.comparing(Seen::at));
            var inOrder = judge(events).counted();
            Collections.shuffle(events, random);
            assertEquals(inOrder, judge(events).counted(), "seed " + seed);
            assertTrue(inOrder.size() < told(events).size(), "no machine was found, seed " + seed);
            assertTrue(
                    inOrder.stream().filter(e -> e.startsWith("reader")).count() > 0,
                    "no reader was left, seed " + seed);
        }
    }

    /// Pages of twenty to two hundred posts with an ad after each fifth; a browser tells renders in batches, is told
    /// twice at times, and a reader clicks on one ad in forty.
    private static List<Seen> reader(RandomGenerator random, String viewer) {
        var events = new ArrayList<Seen>();
        var at = START.plusSeconds(random.nextInt(600));
        int ad = 0;
        int clicks = 0;
        for (int page = 0; page < 1 + random.nextInt(8); page++) {
            int ads = 4 + random.nextInt(37);
            for (int i = 0; i < ads; i++, ad++) {
                events.add(event(viewer, ad, Act.RENDER, at, 200 + random.nextInt(1_500)));
                if (random.nextInt(10) == 0) {
                    events.add(event(viewer, ad, Act.RENDER, at, 3_000 + random.nextInt(30_000)));
                }
                if (random.nextInt(2) == 0) {
                    events.add(event(viewer, ad, Act.VIEW, at, 1_200 + random.nextInt(600_000)));
                }
                if (random.nextInt(40) == 0 && clicks < 5) {
                    clicks++;
                    events.add(event(viewer, ad, Act.CLICK, at, 700 + random.nextInt(120_000)));
                }
            }
            // Nobody gets through a page of so many posts sooner.
            at = at.plusSeconds(ads + random.nextInt(300));
        }
        return events;
    }

    private static List<Seen> machine(RandomGenerator random, String viewer) {
        var events = new ArrayList<Seen>();
        int kind = random.nextInt(3);
        int ads = kind == 1 ? 130 : 20 + random.nextInt(20);
        for (int ad = 0; ad < ads; ad++) {
            long after = kind == 2 ? 310_000 + random.nextInt(40_000) : 400 + random.nextInt(3_000);
            events.add(event(viewer, ad, Act.RENDER, START, after));
            if (kind == 0) {
                events.add(event(viewer, ad, Act.CLICK, START, 400 + random.nextInt(300_000)));
            }
        }
        return events;
    }

    private static Seen event(String viewer, int ad, Act act, Instant served, long afterMillis) {
        return new Seen(Optional.of(viewer), viewer + ad, act, served, served.plusMillis(afterMillis));
    }

    /// @param counted what counts in the end, and `reasons` why the rest does not
    private record Judged(Set<String> counted, Map<String, InvalidTraffic> reasons) {}

    /// As a ledger does: an act counts once, implies those before it, and is uncounted when it is found late.
    private static Judged judge(List<Seen> events) {
        var activity = new Activity(ActivityRules.STANDARD);
        var counted = new HashSet<String>();
        var reasons = new HashMap<String, InvalidTraffic>();
        for (var event : events) {
            var verdict = activity.judge(event);
            var name = event.impression() + " " + event.act();
            verdict.invalid().ifPresentOrElse(reason -> reasons.put(name, reason), () -> counted.add(name));
            verdict.late().forEach(late -> {
                counted.remove(late.impression() + " " + late.act());
                reasons.put(late.impression() + " " + late.act(), late.reason());
            });
        }
        return new Judged(counted, reasons);
    }

    private static Set<String> told(List<Seen> events) {
        var all = new HashSet<String>();
        events.forEach(event -> all.add(event.impression() + " " + event.act()));
        return all;
    }

    private static Set<String> acts(Judged judged, Act act) {
        var some = new HashSet<>(judged.counted());
        some.removeIf(name -> !name.endsWith(act.name()));
        return some;
    }
}
