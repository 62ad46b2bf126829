package mizan.core.billing;

/// A rate of tax in basis points, hundredths of a percent: 15 % is `1_500`.
public record TaxRate(int basisPoints) {
    /// The whole: a tax as large as what is taxed.
    public static final int MOST = 10_000;

    public TaxRate {
        if (basisPoints < 0 || basisPoints > MOST) {
            throw new IllegalArgumentException("a tax rate is 0 to " + MOST + " basis points, not " + basisPoints);
        }
    }
}
