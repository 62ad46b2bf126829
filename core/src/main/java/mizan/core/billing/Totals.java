package mizan.core.billing;

import java.math.BigInteger;
import java.util.Currency;

/// The bottom of an invoice, in micros.
///
/// Lines are exact sums of the ledger. The net amount is rounded down to the currency's smallest coin: the platform
/// bears what is cut off, and nobody pays more than was charged. The tax on it is rounded half up, as tax offices do.
///
/// @param linesMicros what the lines add up to
/// @param netMicros whole coins
/// @param taxMicros whole coins
public record Totals(long linesMicros, long netMicros, long taxMicros) {
    private static final int MICRO_DIGITS = 6;

    public static Totals of(long linesMicros, TaxRate rate, Currency currency) {
        long coin = coinMicros(currency);
        long net = Math.multiplyExact(Math.floorDiv(linesMicros, coin), coin);
        return new Totals(linesMicros, net, tax(net, rate, coin));
    }

    /// Wider than a long in between: the product of an amount and a rate may not fit.
    private static long tax(long net, TaxRate rate, long coin) {
        var whole = BigInteger.valueOf(TaxRate.MOST).multiply(BigInteger.valueOf(coin));
        var taxed = BigInteger.valueOf(net).multiply(BigInteger.valueOf(rate.basisPoints()));
        var coins = taxed.shiftLeft(1).add(whole).divideAndRemainder(whole.shiftLeft(1));
        boolean below = coins[1].signum() < 0;
        return (below ? coins[0].subtract(BigInteger.ONE) : coins[0]).longValueExact() * coin;
    }

    /// The smallest coin: EUR 0.01 is 10,000 micros, JPY 1 is 1,000,000.
    public static long coinMicros(Currency currency) {
        int digits = Math.clamp(currency.getDefaultFractionDigits(), 0, MICRO_DIGITS);
        return Math.round(Math.pow(10, MICRO_DIGITS - digits));
    }

    /// What a credit note gives back when an invoice of this, with all that was credited since, would have been
    /// `later`: so invoice and notes together are the invoice that would have been written had it been known.
    public Totals less(Totals later) {
        return new Totals(
                Math.subtractExact(linesMicros, later.linesMicros),
                Math.subtractExact(netMicros, later.netMicros),
                Math.subtractExact(taxMicros, later.taxMicros));
    }

    public long totalMicros() {
        return Math.addExact(netMicros, taxMicros);
    }
}
