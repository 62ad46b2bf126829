package mizan.core.reconciliation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mizan.core.campaign.ChargeBy;
import org.junit.jupiter.api.Test;

/// A log of ours, bent in ways that are known, has to come back with each of them named.
class ReconciliationTest {
    private static final int SEEDS = 100;
    private static final ZoneId RIYADH = ZoneId.of("Asia/Riyadh");
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
    private static final int DAYS = 7;

    /// Ads of two campaigns over a week and a day on either side.
    private static final class World {
        final SplittableRandom random;
        final List<Ours.Hour> hours = new ArrayList<>();
        final Set<String> items = new HashSet<>();
        final List<Ours.Invalid> invalid = new ArrayList<>();
        final List<Ours.Late> late = new ArrayList<>();
        final List<Ours.Credit> credits = new ArrayList<>();

        World(long seed) {
            random = new SplittableRandom(seed);
            long start = FIRST.minusDays(1).atStartOfDay(RIYADH).toEpochSecond() / 3_600;
            for (int i = 0; i < 4; i++) {
                var charge = i == 3 ? ChargeBy.VIEWABLE_IMPRESSION : ChargeBy.IMPRESSION;
                var ad = new Ours.Ad("ad_" + i, "ad_" + i, "cmp_" + i / 2, charge);
                items.add(ad.item());
                for (long hour = start; hour < start + 24L * (DAYS + 2); hour++) {
                    // So uneven that every hour can be told from every other.
                    int busy = random.nextInt(20) * random.nextInt(20);
                    long rendered = 2L + busy;
                    long viewable = rendered - random.nextInt((int) rendered / 2 + 1);
                    long billed = charge == ChargeBy.IMPRESSION ? rendered : viewable;
                    hours.add(new Ours.Hour(
                            ad, hour, new Totals(rendered, viewable, random.nextInt(3), billed, billed * 2_000)));
                }
            }
        }

        Ours ours() {
            return new Ours(RIYADH, items, hours, invalid, late, credits);
        }

        /// What a counter without faults has whose days begin so many hours earlier.
        List<Counted> theirs(int shift) {
            var found = new TreeMap<String, Counted>();
            for (var hour : hours) {
                var day = LocalDate.ofInstant(Instant.ofEpochSecond((hour.hour() + shift) * 3_600), RIYADH);
                if (!day.isBefore(FIRST) && day.isBefore(FIRST.plusDays(DAYS))) {
                    var t = hour.totals();
                    var one = new Counted(
                            found.size() + 2,
                            day,
                            hour.ad().item(),
                            OptionalLong.of(t.rendered()),
                            OptionalLong.of(t.clicks()),
                            OptionalLong.of(t.micros()));
                    found.merge(day + hour.ad().item(), one, Counted::plus);
                }
            }
            return List.copyOf(found.values());
        }

        int pick(int bound) {
            return random.nextInt(bound);
        }
    }

    private static Counted with(Counted c, long impressions, long micros) {
        return new Counted(
                c.line(),
                c.day(),
                c.item(),
                OptionalLong.of(c.impressions().orElseThrow() + impressions),
                c.clicks(),
                OptionalLong.of(c.micros().orElseThrow() + micros));
    }

    private static Difference of(Line line, Measure measure) {
        return line.differences().stream()
                .filter(d -> d.measure() == measure)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void givenTheSameCounts_whenCompared_thenEveryLineIsTheSame() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var world = new World(seed);
            var found = Reconciliation.of(world.theirs(0), world.ours(), 0);
            assertEquals(0, found.shiftHours(), "seed " + seed);
            assertEquals(4 * DAYS, found.lines().size(), "seed " + seed);
            assertEquals(Set.of(State.SAME), states(found), "seed " + seed);
        }
    }

    private static Set<State> states(Reconciliation.Found found) {
        return found.lines().stream().map(Line::state).collect(Collectors.toSet());
    }

    @Test
    void givenDaysThatBeginElsewhere_whenCompared_thenTheHoursAreFoundAndExplainEverything() {
        for (long seed = 0; seed < SEEDS / 2; seed++) {
            var world = new World(seed);
            int shift = List.of(-24, -11, -3, -1, 1, 3, 8, 24).get(world.pick(8));
            var found = Reconciliation.of(world.theirs(shift), world.ours(), 0);
            assertEquals(shift, found.shiftHours(), "seed " + seed);
            for (var line : found.lines()) {
                assertTrue(line.differences().stream().allMatch(d -> d.rest() == 0), "seed " + seed + " " + line);
            }
        }
    }

    @Test
    void givenEventsThatNoReaderSent_whenTheAdvertiserCountedThem_thenTheyExplainThatMuchAndEachOnce() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var world = new World(seed);
            var theirs = new ArrayList<>(world.theirs(0));
            int at = world.pick(theirs.size());
            int bots = 50 + world.pick(100);
            var bent = theirs.get(at);
            theirs.set(at, with(bent, bots + 20, 0));
            var campaign = bent.item().compareTo("ad_2") < 0 ? "cmp_0" : "cmp_1";
            // Three hours of the Riyadh day lie in the UTC day before.
            world.invalid.add(new Ours.Invalid(campaign, bent.day().minusDays(1), Measure.IMPRESSIONS, 5));
            world.invalid.add(new Ours.Invalid(campaign, bent.day(), Measure.IMPRESSIONS, bots - 5));
            world.invalid.add(new Ours.Invalid(campaign, bent.day().plusDays(1), Measure.IMPRESSIONS, 99));
            var line = Reconciliation.of(theirs, world.ours(), 0).lines().get(at);
            var difference = of(line, Measure.IMPRESSIONS);
            assertEquals(
                    List.of(new Difference.Reason(Cause.INVALID_TRAFFIC, bots)), difference.reasons(), "seed " + seed);
            assertEquals(20, difference.rest(), "seed " + seed);
            assertEquals(State.UNEXPLAINED, line.state(), "seed " + seed);
        }
    }

    @Test
    void givenTwoLinesOfACampaign_whenBothWantTheSameInvalidEvents_thenTheyShareThem() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var world = new World(seed);
            var theirs = world.theirs(0).stream().map(c -> with(c, 60, 0)).toList();
            long all = 0;
            for (int day = -1; day <= DAYS; day++) {
                int times = world.pick(150);
                world.invalid.add(new Ours.Invalid("cmp_0", FIRST.plusDays(day), Measure.IMPRESSIONS, times));
                all += times;
            }
            long explained = Reconciliation.of(theirs, world.ours(), 0).lines().stream()
                    .flatMap(l -> of(l, Measure.IMPRESSIONS).reasons().stream())
                    .filter(r -> r.cause() == Cause.INVALID_TRAFFIC)
                    .mapToLong(Difference.Reason::amount)
                    .sum();
            assertTrue(explained > 0 && explained <= all, "seed " + seed + ": " + explained + " of " + all);
        }
    }

    @Test
    void givenWhatCameAfterMidnight_whenTheAdvertiserHasItTheDayBefore_thenBothDaysAreExplained() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var world = new World(seed);
            var theirs = new ArrayList<>(world.theirs(0));
            int day = world.pick(DAYS - 1);
            int late = 1 + world.pick(20);
            for (int i = 0; i < theirs.size(); i++) {
                var one = theirs.get(i);
                if (one.item().equals("ad_0") && one.day().equals(FIRST.plusDays(day))) {
                    theirs.set(i, with(one, late, 2_000L * late));
                } else if (one.item().equals("ad_0") && one.day().equals(FIRST.plusDays(day + 1))) {
                    theirs.set(i, with(one, -late, -2_000L * late));
                }
            }
            for (int i = 0; i < late; i++) {
                world.late.add(new Ours.Late("ad_0", FIRST.plusDays(day), Measure.IMPRESSIONS, 2_000));
            }
            var found = Reconciliation.of(theirs, world.ours(), 0);
            assertEquals(Set.of(State.SAME, State.EXPLAINED), states(found), "seed " + seed);
            var causes = found.lines().stream()
                    .flatMap(l -> l.differences().stream())
                    .flatMap(d -> d.reasons().stream())
                    .collect(Collectors.groupingBy(
                            Difference.Reason::cause, Collectors.summingLong(r -> Math.abs(r.amount()))));
            assertEquals(java.util.Map.of(Cause.LATE_EVENT, 2L * late + 4_000L * late), causes, "seed " + seed);
        }
    }

    @Test
    void givenOnlyWhatWasSeen_whenTheAdvertiserCounts_thenTheRestIsNotViewable() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var world = new World(seed);
            var same = Reconciliation.of(world.theirs(0), world.ours(), 0);
            var theirs = same.lines().stream()
                    .map(l -> with(
                            l.theirs().orElseThrow(),
                            l.ours().viewable() - l.ours().rendered(),
                            0))
                    .toList();
            // A day as a whole is too much of a difference to be a shift.
            var found = Reconciliation.of(theirs, world.ours(), 0);
            assertEquals(0, found.shiftHours(), "seed " + seed);
            for (var line : found.lines()) {
                var difference = of(line, Measure.IMPRESSIONS);
                assertEquals(0, difference.rest(), "seed " + seed);
                assertEquals(
                        List.of(new Difference.Reason(
                                Cause.NOT_VIEWABLE,
                                line.ours().viewable() - line.ours().rendered())),
                        difference.reasons(),
                        "seed " + seed);
            }
        }
    }

    @Test
    void givenCreditsAndWhatWasNotBilled_whenCostsAreCompared_thenEachIsNamed() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var world = new World(seed);
            var theirs = new ArrayList<>(world.theirs(0));
            for (int i = 0; i < theirs.size(); i++) {
                var one = theirs.get(i);
                if (one.item().equals("ad_1")) {
                    theirs.set(i, with(one, 0, -6_000));
                    world.credits.add(new Ours.Credit("ad_1", one.day(), 6_000));
                } else if (one.item().equals("ad_3")) {
                    // Pays for what was seen; the advertiser prices all that was rendered.
                    var shown = Reconciliation.of(theirs, world.ours(), 0)
                            .lines()
                            .get(i)
                            .ours();
                    theirs.set(i, with(one, 0, 2_000 * (shown.rendered() - shown.viewable())));
                }
            }
            for (var line : Reconciliation.of(theirs, world.ours(), 0).lines()) {
                var cost = of(line, Measure.COST);
                var cause = line.item().equals("ad_1") ? Cause.CREDITED : Cause.NOT_BILLED;
                assertEquals(0, cost.rest(), "seed " + seed + " " + line);
                assertTrue(cost.reasons().stream().allMatch(r -> r.cause() == cause), "seed " + seed + " " + line);
            }
        }
    }

    @Test
    void givenALineOfNobodyAndALineThatIsMissing_whenCompared_thenBothAreThere() {
        var world = new World(1);
        var theirs = new ArrayList<>(world.theirs(0));
        var gone = theirs.remove(5);
        var strange =
                new Counted(99, FIRST, "ad_of_another", OptionalLong.of(7), OptionalLong.empty(), OptionalLong.empty());
        theirs.add(strange);
        var found = Reconciliation.of(theirs, world.ours(), 10).lines();
        var last = found.getLast();
        assertEquals(State.NOT_IN_FILE, last.state());
        assertEquals(gone.item() + gone.day(), last.item() + last.day());
        assertEquals(gone.impressions().orElseThrow(), last.ours().rendered());
        var unknown = found.get(theirs.size() - 1);
        assertEquals(State.UNKNOWN, unknown.state());
        assertEquals(Optional.of(strange), unknown.theirs());
    }

    @Test
    void givenAnyCounts_whenCompared_thenNoLineIsLostAndEachDifferenceAddsUp() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var world = new World(seed);
            var theirs = world.theirs(0).stream()
                    .filter(_ -> world.pick(10) > 0)
                    .map(c -> with(
                            c, world.pick(200) - Math.min(100, c.impressions().orElse(0)), world.pick(9_000)))
                    .toList();
            world.invalid.add(new Ours.Invalid("cmp_1", FIRST.plusDays(2), Measure.IMPRESSIONS, 70));
            world.late.add(new Ours.Late("ad_2", FIRST.plusDays(2), Measure.CLICKS, 500));
            world.credits.add(new Ours.Credit("ad_2", FIRST.plusDays(3), 500));
            int percent = world.pick(30);
            var found = Reconciliation.of(theirs, world.ours(), percent);
            assertEquals(found, Reconciliation.of(theirs, world.ours(), percent), "seed " + seed);
            assertEquals(
                    theirs,
                    found.lines().stream().flatMap(l -> l.theirs().stream()).toList(),
                    "seed " + seed);
            assertEquals(4 * DAYS, found.lines().size(), "seed " + seed);
            for (var line : found.lines()) {
                for (var d : line.differences()) {
                    long explained = d.reasons().stream()
                            .mapToLong(Difference.Reason::amount)
                            .sum();
                    assertEquals(d.theirs() - d.ours(), explained + d.rest(), "seed " + seed);
                    boolean beyond = Math.abs(d.rest()) > d.tolerance() && Math.abs(d.amount()) > d.tolerance();
                    assertEquals(beyond, d.state() == State.UNEXPLAINED, "seed " + seed);
                }
            }
        }
    }
}
