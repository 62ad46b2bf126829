package mizan.core.experiment;

import java.util.List;

/// Takes out of a measure what was already known before the experiment, such as last month's spend (Deng, Xu, Kohavi
/// and Walker, "Improving the Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment Data", WSDM
/// 2013): the mean stays, the variance falls by the square of their correlation.
///
/// @param slope of the measure on what was known, over all arms together
/// @param centre mean of what was known, over all arms together
public record Cuped(double slope, double centre) {
    /// One unit.
    ///
    /// @param before known before the experiment began; nothing of the experiment may be in it
    /// @param during the measure
    public record Unit(double before, double during) {}

    /// @param all units of every arm
    public static Cuped fit(List<Unit> all) {
        double centre = all.stream().mapToDouble(Unit::before).average().orElse(0);
        double mean = all.stream().mapToDouble(Unit::during).average().orElse(0);
        double together = 0;
        double alone = 0;
        for (var unit : all) {
            together += (unit.before() - centre) * (unit.during() - mean);
            alone += (unit.before() - centre) * (unit.before() - centre);
        }
        return new Cuped(alone == 0 ? 0 : together / alone, centre);
    }

    public double adjusted(Unit unit) {
        return unit.during() - slope * (unit.before() - centre);
    }
}
