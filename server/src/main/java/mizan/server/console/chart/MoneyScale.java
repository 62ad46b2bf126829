package mizan.server.console.chart;

import mizan.server.console.words.Worded;

/// The unit in which a chart shows amounts, chosen by the largest so that the scale needs few digits.
public enum MoneyScale implements Worded {
    UNITS("chart.scale.units", 1_000_000d),
    THOUSANDS("chart.scale.thousands", 1_000_000_000d),
    MILLIONS("chart.scale.millions", 1_000_000_000_000d);

    private final String wordKey;
    private final double micros;

    MoneyScale(String wordKey, double micros) {
        this.wordKey = wordKey;
        this.micros = micros;
    }

    /// Thousands from 10,000 units, millions from 10 million units.
    public static MoneyScale of(long mostMicros) {
        if (mostMicros >= 10 * MILLIONS.micros) {
            return MILLIONS;
        }
        return mostMicros >= 10 * THOUSANDS.micros ? THOUSANDS : UNITS;
    }

    /// An amount in this unit.
    public double units(long amountMicros) {
        return (double) amountMicros / micros;
    }

    @Override
    public String wordKey() {
        return wordKey;
    }
}
