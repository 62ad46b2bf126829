package mizan.core.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether so many advertisers stopped within a week that chance is no explanation.
///
/// The rule: advertisers who paused or left in the last seven days are counted. Their usual number is that of
/// the twelve weeks before, plus one, by the week; the one stands for what twelve quiet weeks cannot rule out.
/// Pauses that have nothing to do with one another arrive as a Poisson process. The alarm sounds when so many
/// would come together less than once in ten years of weeks, and never below three.
///
/// @param paused advertisers who stopped in the last seven days
/// @param usual how many stop in seven days otherwise
/// @param chance that so many or more come by chance in one week
/// @param common what most of them share and others do not, such as `signal:boycott`
/// @param sharing how many of those who paused share it; 0 where there is nothing
public record BoycottAlarm(Set<String> paused, double usual, double chance, Optional<String> common, int sharing) {
    public static final Duration WINDOW = Duration.ofDays(7);
    public static final int USUAL_WEEKS = 12;
    /// Once in ten years of weeks.
    public static final double LIMIT = 1.0 / 520;

    private static final int FEWEST = 3;

    public BoycottAlarm {
        paused = Set.copyOf(paused);
    }

    /// An advertiser that paused or left.
    public record Pause(String advertiser, Instant at) {}

    /// Judges the pauses up to a moment.
    ///
    /// @param reasons what is known of each advertiser, of those who did not pause too; only so can be told
    ///     what is common and what everybody has
    public static Optional<BoycottAlarm> judge(
            Collection<Pause> pauses, Instant now, Map<String, Set<String>> reasons) {
        var since = now.minus(WINDOW);
        var paused = within(pauses, since, now);
        var before = since.minus(WINDOW.multipliedBy(USUAL_WEEKS));
        double usual = (pauses.stream().filter(p -> isWithin(p, before, since)).count() + 1.0) / USUAL_WEEKS;
        double chance = atLeast(paused.size(), usual);
        if (paused.size() < FEWEST || chance >= LIMIT) {
            return Optional.empty();
        }
        var common = common(paused, reasons);
        int sharing = common.map(reason -> sharing(paused, reasons, reason)).orElse(0);
        return Optional.of(new BoycottAlarm(paused, usual, chance, common, sharing));
    }

    private static Set<String> within(Collection<Pause> pauses, Instant from, Instant to) {
        var found = new HashSet<String>();
        pauses.stream().filter(p -> isWithin(p, from, to)).forEach(p -> found.add(p.advertiser()));
        return found;
    }

    private static boolean isWithin(Pause pause, Instant from, Instant to) {
        return pause.at().isAfter(from) && !pause.at().isAfter(to);
    }

    /// The chance that a Poisson variable of this mean is at least `count`.
    static double atLeast(int count, double mean) {
        double term = Math.exp(-mean);
        double below = 0;
        for (int i = 0; i < count; i++) {
            below += term;
            term *= mean / (i + 1);
        }
        // Far out the difference to one is lost in rounding; the tail's first terms are summed instead.
        double tail = 0;
        for (int i = count; i < count + 60; i++) {
            tail += term;
            term *= mean / (i + 1);
        }
        return below > 0.5 ? tail : 1 - below;
    }

    /// The reason that tells those who paused from the others best, if at least half of them share it.
    private static Optional<String> common(Set<String> paused, Map<String, Set<String>> reasons) {
        var others = new HashSet<>(reasons.keySet());
        others.removeAll(paused);
        return paused.stream()
                .flatMap(a -> reasons.getOrDefault(a, Set.of()).stream())
                .distinct()
                .filter(reason -> 2 * sharing(paused, reasons, reason) >= paused.size())
                .filter(reason -> lead(paused, others, reasons, reason) > 0)
                .max(Comparator.comparingDouble((String reason) -> lead(paused, others, reasons, reason))
                        .thenComparing(Comparator.<String>naturalOrder().reversed()));
    }

    private static double lead(
            Set<String> paused, Set<String> others, Map<String, Set<String>> reasons, String reason) {
        double among = (double) sharing(paused, reasons, reason) / paused.size();
        return others.isEmpty() ? among : among - (double) sharing(others, reasons, reason) / others.size();
    }

    private static int sharing(Set<String> who, Map<String, Set<String>> reasons, String reason) {
        return (int) who.stream()
                .filter(a -> reasons.getOrDefault(a, Set.of()).contains(reason))
                .count();
    }
}
