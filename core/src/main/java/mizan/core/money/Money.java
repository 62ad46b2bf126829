package mizan.core.money;

import java.util.Currency;

/// An amount in micros, millionths of one currency unit: EUR 1.50 is `1_500_000`.
///
/// Integers, because a rounding error in a ledger repeats. Overflow and mixed currencies throw: both are
/// caller bugs.
public record Money(long micros, Currency currency) implements Comparable<Money> {
    /// Impressions in one "mille", the unit that advertisers bid for.
    public static final long MILLE = 1_000;

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    public Money plus(Money other) {
        requireSameCurrency(other);
        return new Money(Math.addExact(micros, other.micros), currency);
    }

    public Money minus(Money other) {
        requireSameCurrency(other);
        return new Money(Math.subtractExact(micros, other.micros), currency);
    }

    /// The price of one impression at this CPM, rounded down: nobody pays more than they bid.
    public Money perImpression() {
        return new Money(Math.floorDiv(micros, MILLE), currency);
    }

    @Override
    public int compareTo(Money other) {
        requireSameCurrency(other);
        return Long.compare(micros, other.micros);
    }

    private void requireSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot combine " + currency + " with " + other.currency);
        }
    }
}
