package mizan.core.reconciliation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Compares two sides' counts line by line and explains what differs by what is known, each known thing once.
///
/// Pure: the same counts give the same lines.
public final class Reconciliation {
    /// Fewer days would fit one beginning of the day or another by chance.
    private static final int DAYS_FOR_A_SHIFT = 3;
    private static final int MOST_SHIFTED_HOURS = 24;

    private final Ours ours;
    private final int tolerancePercent;
    private final Map<Key, Totals> days = new HashMap<>();
    private final Map<Key, Totals> shifted = new HashMap<>();
    private final Map<Key, Long> unbilledMicros = new HashMap<>();
    private final Map<Pool, Long> invalid = new HashMap<>();
    private final Map<LateKey, Long> late = new HashMap<>();
    private final Map<Key, Long> credited = new HashMap<>();
    private final Map<String, String> campaigns = new HashMap<>();

    private record Key(String item, LocalDate day) {}

    private record LateKey(Key key, Measure measure) {}

    private record Pool(String campaign, LocalDate utcDay, Measure measure) {}

    /// What was found.
    ///
    /// @param shiftHours how many hours earlier the advertiser's days begin than its account's; 0 when they do not
    ///     differ, or when there is too little to tell
    public record Found(int shiftHours, List<Line> lines) {
        public Found {
            lines = List.copyOf(lines);
        }
    }

    private Reconciliation(Ours ours, int tolerancePercent) {
        this.ours = ours;
        this.tolerancePercent = tolerancePercent;
        days.putAll(byDay(0));
        ours.hours().forEach(h -> campaigns.putIfAbsent(h.ad().item(), h.ad().campaign()));
        ours.invalid()
                .forEach(i -> invalid.merge(new Pool(i.campaign(), i.utcDay(), i.measure()), i.times(), Long::sum));
        ours.credits().forEach(c -> credited.merge(new Key(c.item(), c.shown()), c.micros(), Long::sum));
        ours.late().forEach(this::remember);
        priceUnbilled();
    }

    private void remember(Ours.Late one) {
        var key = new Key(one.item(), one.shown());
        late.merge(new LateKey(key, Measure.COST), one.micros(), Long::sum);
        if (one.measure() != Measure.COST) {
            late.merge(new LateKey(key, one.measure()), 1L, Long::sum);
        }
    }

    /// @param theirs each item and day once, in the order of the file
    /// @param tolerancePercent how much of the platform's number may stay open; 0 to 100
    public static Found of(List<Counted> theirs, Ours ours, int tolerancePercent) {
        return new Reconciliation(ours, tolerancePercent).run(theirs);
    }

    private Found run(List<Counted> theirs) {
        int shift = shift(theirs);
        shifted.putAll(byDay(shift));
        var lines = new ArrayList<Line>();
        theirs.forEach(counted -> lines.add(line(counted)));
        lines.addAll(missing(theirs));
        return new Found(shift, lines);
    }

    private Map<Key, Totals> byDay(int shiftHours) {
        var found = new HashMap<Key, Totals>();
        for (var hour : ours.hours()) {
            found.merge(new Key(hour.ad().item(), day(hour.hour() + shiftHours)), hour.totals(), Totals::plus);
        }
        return found;
    }

    private LocalDate day(long hour) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(hour * 3_600), ours.zone());
    }

    /// What was not billed has no price; it is taken at the ad's mean price, rounded down.
    private void priceUnbilled() {
        var ads = new HashMap<Ours.Ad, Totals>();
        ours.hours().forEach(h -> ads.merge(h.ad(), h.totals(), Totals::plus));
        for (var hour : ours.hours()) {
            var all = ads.getOrDefault(hour.ad(), Totals.NONE);
            if (all.billed() > 0) {
                long micros =
                        Math.multiplyExact(hour.totals().unbilled(hour.ad().chargeBy()), all.micros() / all.billed());
                unbilledMicros.merge(new Key(hour.ad().item(), day(hour.hour())), micros, Long::sum);
            }
        }
    }

    /// The beginning of the day that fits best, when it leaves at most a quarter of what the account's leaves, and the
    /// account's leaves more than a fiftieth of everything: else chance would move days.
    private int shift(List<Counted> theirs) {
        long listed = theirs.stream().map(Counted::day).distinct().count();
        long all = theirs.stream().mapToLong(t -> apart(t, Map.of())).sum();
        long before = apart(theirs, days);
        if (listed < DAYS_FOR_A_SHIFT || before * 50 <= all) {
            return 0;
        }
        int best = 0;
        long least = before;
        for (int hours = 1; hours <= MOST_SHIFTED_HOURS; hours++) {
            for (int signed : new int[] {hours, -hours}) {
                long left = apart(theirs, byDay(signed));
                if (left < least) {
                    least = left;
                    best = signed;
                }
            }
        }
        return least * 4 <= before ? best : 0;
    }

    private static long apart(List<Counted> theirs, Map<Key, Totals> counted) {
        return theirs.stream().mapToLong(t -> apart(t, counted)).sum();
    }

    private static long apart(Counted theirs, Map<Key, Totals> counted) {
        var measure = theirs.impressions().isPresent() ? Measure.IMPRESSIONS : Measure.CLICKS;
        var ours = counted.getOrDefault(new Key(theirs.item(), theirs.day()), Totals.NONE);
        return Math.abs(theirs.of(measure).orElse(0) - ours.of(measure));
    }

    private Line line(Counted theirs) {
        var key = new Key(theirs.item(), theirs.day());
        var total = days.getOrDefault(key, Totals.NONE);
        var differences = new ArrayList<Difference>();
        for (var measure : Measure.values()) {
            theirs.of(measure).ifPresent(n -> differences.add(difference(key, measure, n, total)));
        }
        return ours.items().contains(theirs.item())
                ? Line.compared(theirs, total, differences)
                : new Line(theirs.day(), theirs.item(), Optional.of(theirs), Totals.NONE, differences, State.UNKNOWN);
    }

    private Difference difference(Key key, Measure measure, long theirs, Totals total) {
        long counted = total.of(measure);
        var reasons = new ArrayList<Difference.Reason>();
        long rest = theirs - counted;
        for (var cause : Cause.values()) {
            long part = part(cause, key, measure, rest, total);
            if (part != 0) {
                reasons.add(new Difference.Reason(cause, part));
                rest -= part;
            }
        }
        return new Difference(measure, theirs, counted, reasons, counted * tolerancePercent / 100);
    }

    /// How much of what is left a cause explains.
    private long part(Cause cause, Key key, Measure measure, long rest, Totals total) {
        return switch (cause) {
            case DAY_BOUNDARY -> shifted.getOrDefault(key, Totals.NONE).of(measure) - total.of(measure);
            case INVALID_TRAFFIC -> rest > 0 ? takeInvalid(key, measure, rest) : 0;
            case LATE_EVENT -> within(rest, -late(key, -1, measure), late(key, 0, measure));
            case NOT_VIEWABLE ->
                measure == Measure.IMPRESSIONS ? within(rest, total.viewable() - total.rendered(), 0) : 0;
            case NOT_BILLED -> measure == Measure.COST ? within(rest, 0, unbilledMicros.getOrDefault(key, 0L)) : 0;
            case CREDITED -> measure == Measure.COST ? within(rest, -credited.getOrDefault(key, 0L), 0) : 0;
        };
    }

    private long late(Key key, int days, Measure measure) {
        return late.getOrDefault(new LateKey(new Key(key.item(), key.day().plusDays(days)), measure), 0L);
    }

    private static long within(long rest, long least, long most) {
        return Math.clamp(rest, least, most);
    }

    /// An invalid event explains one line only. A day of the account meets one or two UTC days.
    private long takeInvalid(Key key, Measure measure, long rest) {
        var campaign = campaigns.getOrDefault(key.item(), "");
        long taken = 0;
        for (var day : utcDays(key.day())) {
            var pool = new Pool(campaign, day, measure);
            long part = Math.min(rest - taken, invalid.getOrDefault(pool, 0L));
            invalid.computeIfPresent(pool, (_, left) -> left - part);
            taken += part;
        }
        return taken;
    }

    private List<LocalDate> utcDays(LocalDate day) {
        var first = LocalDate.ofInstant(day.atStartOfDay(ours.zone()).toInstant(), ZoneOffset.UTC);
        var end = day.plusDays(1).atStartOfDay(ours.zone()).toInstant().minusMillis(1);
        var last = LocalDate.ofInstant(end, ZoneOffset.UTC);
        return first.datesUntil(last.plusDays(1)).toList();
    }

    /// What only the platform counted, on the days of the file.
    private List<Line> missing(List<Counted> theirs) {
        if (theirs.isEmpty()) {
            return List.of();
        }
        var first =
                theirs.stream().map(Counted::day).min(Comparator.naturalOrder()).orElseThrow();
        var last =
                theirs.stream().map(Counted::day).max(Comparator.naturalOrder()).orElseThrow();
        Set<Key> listed = new HashSet<>();
        theirs.forEach(t -> listed.add(new Key(t.item(), t.day())));
        var measures = EnumSet.noneOf(Measure.class);
        theirs.forEach(t -> {
            for (var measure : Measure.values()) {
                t.of(measure).ifPresent(_ -> measures.add(measure));
            }
        });
        var found = new TreeMap<Key, Line>(Comparator.comparing(Key::day).thenComparing(Key::item));
        days.forEach((key, totals) -> {
            boolean inFile = !key.day().isBefore(first) && !key.day().isAfter(last);
            boolean counts = measures.stream().anyMatch(m -> totals.of(m) > 0);
            if (inFile && counts && !listed.contains(key)) {
                found.put(key, notListed(key, totals, measures));
            }
        });
        return List.copyOf(found.values());
    }

    private Line notListed(Key key, Totals totals, Set<Measure> measures) {
        var differences =
                measures.stream().map(m -> difference(key, m, 0, totals)).toList();
        return new Line(key.day(), key.item(), Optional.empty(), totals, differences, State.NOT_IN_FILE);
    }
}
