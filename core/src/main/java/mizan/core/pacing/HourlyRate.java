package mizan.core.pacing;

/// How often something happens, by hour of a cycle: feeds by hour of the week, or the share of them that fit a
/// campaign by hour of the day. Immutable. What was seen 28 days ago counts half.
///
/// An hour that was seen little leans on the same hour of other days, and that on all hours, so a profile is
/// usable from its first hour on.
public final class HourlyRate {
    public static final int DAY = 24;
    public static final int WEEK = 168;
    private static final double HOURLY_DECAY = Math.pow(0.5, 1.0 / (28 * DAY));

    private final double[] counts;
    private final double[] exposures;
    private final long newestHour;

    private HourlyRate(double[] counts, double[] exposures, long newestHour) {
        this.counts = counts;
        this.exposures = exposures;
        this.newestHour = newestHour;
    }

    /// @param cycle [#DAY] or [#WEEK]
    public static HourlyRate nothingSeen(int cycle) {
        return new HourlyRate(new double[cycle], new double[cycle], 0);
    }

    /// As it was kept: what the three readers below gave.
    public static HourlyRate of(double[] counts, double[] exposures, long newestHour) {
        if (counts.length != exposures.length || (counts.length != DAY && counts.length != WEEK)) {
            throw new IllegalArgumentException("a cycle is a day or a week of hours");
        }
        return new HourlyRate(counts.clone(), exposures.clone(), newestHour);
    }

    public double[] counts() {
        return counts.clone();
    }

    public double[] exposures() {
        return exposures.clone();
    }

    /// The newest hour that was added, counted from 1970.
    public long newestHour() {
        return newestHour;
    }

    /// @param hour counted from 1970, UTC; daylight saving moves a profile by an hour twice a year
    /// @param count how often it happened
    /// @param exposure out of how much: the part of the hour that was watched, or the feeds that were asked
    public HourlyRate plus(long hour, double count, double exposure) {
        double kept = Math.pow(HOURLY_DECAY, newestHour == 0 ? 0 : (double) Math.max(0, hour - newestHour));
        var moreCounts = new double[counts.length];
        var moreExposures = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            moreCounts[i] = counts[i] * kept;
            moreExposures[i] = exposures[i] * kept;
        }
        int at = Math.floorMod(hour, counts.length);
        moreCounts[at] += count;
        moreExposures[at] += exposure;
        return new HourlyRate(moreCounts, moreExposures, Math.max(newestHour, hour));
    }

    /// The rate in one hour, at least 0; 1 when nothing was seen at all.
    ///
    /// @param strength how much exposure an hour needs until it speaks more for itself than its like do
    public double at(long hour, double strength) {
        double all = pooled(0, 1, strength, 1);
        double ofDay = counts.length == DAY ? all : pooled(Math.floorMod(hour, DAY), DAY, strength, all);
        return pooled(Math.floorMod(hour, counts.length), counts.length, strength, ofDay);
    }

    /// The rate over every `every`-th hour from `first` on.
    private double pooled(int first, int every, double strength, double parent) {
        double count = 0;
        double exposure = 0;
        for (int i = first; i < counts.length; i += every) {
            count += counts[i];
            exposure += exposures[i];
        }
        boolean whole = every == 1 && exposure > 0;
        return whole ? count / exposure : (count + strength * parent) / (exposure + strength);
    }
}
