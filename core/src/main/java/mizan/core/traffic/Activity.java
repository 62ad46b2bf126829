package mizan.core.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Judges events by what else the same viewer did.
///
/// Only the events count, with the times they carry: reading the same journal again gives the same verdicts. When a
/// span holds too much, all of it is invalid, also what was counted before: that is found late. Events told once each
/// lead to the same end in any order. What is no longer remembered is judged mildly. Not safe for several threads.
public final class Activity {
    private static final int MOST_ADS = 200_000;
    private static final int MOST_SPANS = 200_000;

    private final ActivityRules rules;
    private final Map<String, Told> ads = new LinkedHashMap<>();
    private final Map<Span, Within> spans = new LinkedHashMap<>();

    public Activity(ActivityRules rules) {
        this.rules = rules;
    }

    /// What was done to an ad. Each implies those before it: nobody clicks what was not drawn.
    public enum Act {
        RENDER,
        VIEW,
        CLICK
    }

    /// One event.
    ///
    /// @param viewer the platform's key of its reader; without one only what happened to this ad can be judged
    /// @param impression id of the ad that was served, and `servedAt` when
    /// @param at when the server heard of it
    public record Seen(Optional<String> viewer, String impression, Act act, Instant servedAt, Instant at) {}

    /// @param invalid why this event is no reader's
    /// @param late what was taken for a reader's until now
    public record Verdict(Optional<InvalidTraffic> invalid, List<Late> late) {
        static final Verdict VALID = new Verdict(Optional.empty(), List.of());

        public Verdict {
            late = List.copyOf(late);
        }
    }

    /// An act that was counted and is invalid.
    ///
    /// @param at when the event came that it was counted by
    /// @param whole whether the ad itself was never seen by a reader, and not only its click invalid
    /// @param foundAt the time of the event that gave it away
    public record Late(String impression, Act act, Instant at, InvalidTraffic reason, boolean whole, Instant foundAt) {}

    public Verdict judge(Seen seen) {
        if (seen.act() == Act.CLICK && after(seen).compareTo(rules.fastestClick()) < 0) {
            return invalid(InvalidTraffic.FAST_CLICK);
        }
        var told = told(seen.impression());
        boolean heardOf = !told.times.isEmpty();
        int before = told.times.merge(seen.act(), 1, Integer::sum) - 1;
        if (before == 0) {
            return first(seen, told, heardOf);
        }
        var again = told.again(seen, before, rules);
        told.lastClick = seen.act() == Act.CLICK ? seen.at() : told.lastClick;
        return again.or(() -> told.mark(seen.act())).map(Activity::invalid).orElse(Verdict.VALID);
    }

    /// The first event of its kind for this ad: it fills the spans that it falls into.
    private Verdict first(Seen seen, Told told, boolean heardOf) {
        told.lastClick = seen.act() == Act.CLICK ? seen.at() : told.lastClick;
        var late = new ArrayList<Late>();
        if (seen.viewer().isPresent()) {
            if (!heardOf) {
                fill(InvalidTraffic.MANY_IMPRESSIONS, rules.impressions(), seen, seen.servedAt(), late);
            }
            if (seen.act() == Act.RENDER && after(seen).compareTo(rules.hoardedAfter()) >= 0) {
                fill(InvalidTraffic.HOARDED, rules.redeemed(), seen, seen.at(), late);
            }
            if (seen.act() == Act.CLICK) {
                rules.clicks().forEach(limit -> fill(InvalidTraffic.MANY_CLICKS, limit, seen, seen.at(), late));
            }
        }
        var mark = told.mark(seen.act());
        if (mark.isEmpty()) {
            told.count(seen);
        }
        return new Verdict(mark, late);
    }

    /// Puts the ad into its span. When that makes it too many, every ad in it is marked.
    private void fill(InvalidTraffic reason, ActivityRules.Limit limit, Seen seen, Instant by, List<Late> late) {
        long nth = Math.floorDiv(by.toEpochMilli(), limit.span().toMillis());
        var span = new Span(seen.viewer().orElseThrow(), reason, limit, nth);
        var within = spans.computeIfAbsent(span, _ -> new Within());
        forgetEldest(spans, MOST_SPANS);
        within.ads.add(seen.impression());
        if (within.full || within.ads.size() > limit.most()) {
            within.full = true;
            within.ads.forEach(ad -> {
                var told = told(ad);
                told.mark(reason);
                late.addAll(told.uncount(ad, reason, seen.at()));
            });
            within.ads.clear();
        }
    }

    private static Duration after(Seen seen) {
        return Duration.between(seen.servedAt(), seen.at());
    }

    private static Verdict invalid(InvalidTraffic reason) {
        return new Verdict(Optional.of(reason), List.of());
    }

    private Told told(String impression) {
        var told = ads.computeIfAbsent(impression, _ -> new Told());
        forgetEldest(ads, MOST_ADS);
        return told;
    }

    private static <K> void forgetEldest(Map<K, ?> all, int most) {
        if (all.size() > most) {
            all.remove(all.keySet().iterator().next());
        }
    }

    private record Span(String viewer, InvalidTraffic rule, ActivityRules.Limit limit, long nth) {}

    /// The ads of one span that are not marked yet.
    private static final class Within {
        final List<String> ads = new ArrayList<>();
        boolean full;
    }

    /// What was told of one ad.
    private static final class Told {
        final Map<Act, Integer> times = new EnumMap<>(Act.class);
        /// By which time each act was counted.
        private final Map<Act, Instant> counted = new TreeMap<>();

        private Instant lastClick = Instant.MIN;
        private Optional<InvalidTraffic> ad = Optional.empty();
        private Optional<InvalidTraffic> click = Optional.empty();

        Optional<InvalidTraffic> mark(Act act) {
            return act == Act.CLICK ? ad.or(() -> click) : ad;
        }

        /// The first reason stays.
        void mark(InvalidTraffic reason) {
            if (reason == InvalidTraffic.MANY_CLICKS) {
                click = click.or(() -> Optional.of(reason));
            } else {
                ad = ad.or(() -> Optional.of(reason));
            }
        }

        void count(Seen seen) {
            for (var act : Act.values()) {
                if (act.compareTo(seen.act()) <= 0) {
                    counted.putIfAbsent(act, seen.at());
                }
            }
        }

        List<Late> uncount(String impression, InvalidTraffic reason, Instant foundAt) {
            boolean whole = reason != InvalidTraffic.MANY_CLICKS;
            var late = new ArrayList<Late>();
            counted.forEach((act, at) -> {
                if (whole || act == Act.CLICK) {
                    late.add(new Late(impression, act, at, reason, whole, foundAt));
                }
            });
            late.forEach(one -> counted.remove(one.act()));
            return late;
        }

        Optional<InvalidTraffic> again(Seen seen, int before, ActivityRules rules) {
            if (seen.act() == Act.CLICK
                    && Duration.between(lastClick, seen.at()).abs().compareTo(rules.doubleClick()) < 0) {
                return Optional.of(InvalidTraffic.DOUBLE_CLICK);
            }
            return before > rules.repeats() ? Optional.of(InvalidTraffic.REPLAYED) : Optional.empty();
        }
    }
}
