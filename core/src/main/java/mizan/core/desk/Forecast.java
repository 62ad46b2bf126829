package mizan.core.desk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Revenue of the coming weeks, with a range as wide as past forecasts were wrong.
///
/// Three plain ways are tried on the past, week by week, each time knowing only what was known then: the last
/// week again, the mean of the last four, and a trend that fades. The way with the least absolute error is
/// taken. The range of each week ahead comes from that way's own past errors (split conformal; Vovk et al.,
/// "Algorithmic Learning in a Random World", 2005), so it needs no belief about how revenue moves; it holds
/// while the coming weeks err as the past ones did, which a boycott breaks.
///
/// @param weeks the coming weeks, the next one first
/// @param way how it was made
/// @param meanError mean absolute error of past forecasts as a share of what came, 0.04 is 4 %
/// @param lastWeekError the same of taking the last week again: what a forecast has to beat
/// @param covered the share of past weeks that fell into the range that was given before them
/// @param tested how many past forecasts that share is of
public record Forecast(List<Week> weeks, Way way, double meanError, double lastWeekError, double covered, int tested) {
    public static final int AHEAD = 4;
    /// The range holds four weeks of five.
    public static final double RANGE = 0.8;

    private static final int FEWEST_WEEKS = 20;
    private static final int WARM_UP = 8;
    private static final int FEWEST_ERRORS = 9;
    private static final double FADING = 0.8;

    /// One week ahead, in micros.
    public record Week(long low, long likely, long high) {}

    /// How the likely value is made.
    public enum Way {
        LAST_WEEK,
        MEAN_OF_FOUR,
        FADING_TREND
    }

    public Forecast {
        weeks = List.copyOf(weeks);
    }

    /// Forecasts from weekly revenue, oldest first.
    ///
    /// @return empty with less than 20 weeks, or where a week had no revenue: then past errors say too little
    public static Optional<Forecast> of(long[] weekly) {
        if (weekly.length < FEWEST_WEEKS || Arrays.stream(weekly).anyMatch(w -> w <= 0)) {
            return Optional.empty();
        }
        var way = Way.LAST_WEEK;
        for (var other : Way.values()) {
            way = error(weekly, other) < error(weekly, way) ? other : way;
        }
        var weeks = new ArrayList<Week>();
        int tested = 0;
        int covered = 0;
        for (int ahead = 1; ahead <= AHEAD; ahead++) {
            double likely = likely(weekly, weekly.length, ahead, way);
            var ratios = ratios(weekly, weekly.length, ahead, way);
            // Where all past errors lay on one side, the likely value itself still belongs to the range.
            weeks.add(new Week(
                    Math.round(likely * Math.min(1, edge(ratios, (1 - RANGE) / 2))),
                    Math.round(likely),
                    Math.round(likely * Math.max(1, edge(ratios, (1 + RANGE) / 2)))));
            for (int now = WARM_UP + FEWEST_ERRORS + ahead; now + ahead <= weekly.length; now++) {
                var known = ratios(weekly, now, ahead, way);
                double came = weekly[now + ahead - 1] / likely(weekly, now, ahead, way);
                tested++;
                covered += came >= edge(known, (1 - RANGE) / 2) && came <= edge(known, (1 + RANGE) / 2) ? 1 : 0;
            }
        }
        double share = tested == 0 ? 0 : (double) covered / tested;
        return Optional.of(new Forecast(weeks, way, error(weekly, way), error(weekly, Way.LAST_WEEK), share, tested));
    }

    /// What came over what was forecast, for every week that could be told before `now`.
    private static double[] ratios(long[] weekly, int now, int ahead, Way way) {
        var ratios = new double[Math.max(0, now - ahead - WARM_UP + 1)];
        for (int i = 0; i < ratios.length; i++) {
            int then = WARM_UP + i;
            ratios[i] = weekly[then + ahead - 1] / likely(weekly, then, ahead, way);
        }
        Arrays.sort(ratios);
        return ratios;
    }

    /// A quantile of sorted ratios, one rank further out than the plain one: the conformal correction.
    private static double edge(double[] sorted, double at) {
        int n = sorted.length;
        int rank = at < 0.5 ? (int) Math.floor((n + 1) * at) : (int) Math.ceil((n + 1) * at);
        return sorted[Math.clamp(rank - 1L, 0, n - 1)];
    }

    private static double error(long[] weekly, Way way) {
        double sum = 0;
        int count = 0;
        for (int ahead = 1; ahead <= AHEAD; ahead++) {
            for (int now = WARM_UP; now + ahead <= weekly.length; now++) {
                double came = weekly[now + ahead - 1];
                sum += Math.abs(likely(weekly, now, ahead, way) - came) / came;
                count++;
            }
        }
        return sum / count;
    }

    /// The value for `ahead` weeks after the first `now` weeks, of which alone it knows.
    private static double likely(long[] weekly, int now, int ahead, Way way) {
        double last = weekly[now - 1];
        return switch (way) {
            case LAST_WEEK -> last;
            case MEAN_OF_FOUR -> Arrays.stream(weekly, now - 4, now).average().orElseThrow();
            case FADING_TREND -> {
                double step = (last - weekly[now - 5]) / 4;
                double fading = FADING * (1 - Math.pow(FADING, ahead)) / (1 - FADING);
                yield Math.max(last / 10, last + step * fading);
            }
        };
    }
}
