package mizan.server.adcp;

import java.math.BigDecimal;

/// Amounts as AdCP writes them: numbers in whole units of a currency. Exact, because JSON numbers are decimal.
final class Money {
    private Money() {}

    static BigDecimal of(long micros) {
        var units = BigDecimal.valueOf(micros, 6).stripTrailingZeros();
        return units.scale() < 0 ? units.setScale(0) : units;
    }
}
