package mizan.core.campaign;

/// What an ad group offers.
///
/// @param chargeBy what it pays for
/// @param amountMicros per 1,000 impressions for the two impression kinds (CPM), per click for CLICK (CPC);
///     at least 1
/// @param pricing how the price of a win is found
public record Bid(ChargeBy chargeBy, long amountMicros, Pricing pricing) {
    /// The rule of price that a bid asks for.
    public enum Pricing {
        /// What the others lose by its presence; honest bids are the best ones.
        VCG,
        /// What it offers, as demand from outside exchanges expects; shading is the buyer's own job.
        FIRST_PRICE
    }

    /// USD 100,000 for one click or 1,000 impressions: above it a bid is a slip of the finger.
    public static final long MAX_MICROS = 100_000_000_000L;

    public Bid(ChargeBy chargeBy, long amountMicros) {
        this(chargeBy, amountMicros, Pricing.VCG);
    }

    public Bid {
        if (amountMicros < 1 || amountMicros > MAX_MICROS) {
            throw new IllegalArgumentException("a bid is 1 to " + MAX_MICROS + " micros");
        }
    }
}
