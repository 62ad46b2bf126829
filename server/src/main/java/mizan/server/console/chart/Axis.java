package mizan.server.console.chart;

import java.util.ArrayList;
import java.util.List;

/// A value axis with round ticks. Positions run from 0 (top) to 1000 (bottom), the height of every chart's
/// view box.
///
/// @param low   the lowest tick, at the bottom
/// @param high  the highest tick, at the top
/// @param ticks the ticks, lowest first: multiples of 1, 1.5, 2, 2.5, 3 or 5 times a power of ten
public record Axis(double low, double high, List<Double> ticks) {
    /// The height of the view box.
    public static final double HEIGHT = 1000;

    private static final double[] ROUND = {1, 1.5, 2, 2.5, 3, 5, 10};

    public Axis {
        ticks = List.copyOf(ticks);
    }

    /// An axis that holds zero and all values, with at most `intervals` steps. All-zero data gets the axis 0
    /// to 1.
    public static Axis over(double least, double most, int intervals) {
        double bottom = Math.min(0, least);
        double top = Math.max(0, most);
        if (top - bottom == 0) {
            top = 1;
        }
        double step = roundStep((top - bottom) / intervals);
        while (Math.ceil(top / step) - Math.floor(bottom / step) > intervals) {
            step = roundStep(step * 1.01);
        }
        long first = (long) Math.floor(bottom / step);
        long last = (long) Math.ceil(top / step);
        var ticks = new ArrayList<Double>();
        for (long i = first; i <= last; i++) {
            ticks.add(i * step);
        }
        return new Axis(first * step, last * step, ticks);
    }

    /// Where a value lies, from 0 (top) to 1000 (bottom).
    public double y(double value) {
        return HEIGHT * (high - value) / (high - low);
    }

    private static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double round : ROUND) {
            if (round * power >= least * 0.999_999) {
                return round * power;
            }
        }
        return 10 * power;
    }
}
