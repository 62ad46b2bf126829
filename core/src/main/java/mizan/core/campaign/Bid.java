package mizan.core.campaign;

/// What an ad group offers.
///
/// @param chargeBy what it pays for
/// @param amountMicros per 1,000 impressions for the two impression kinds (CPM), per click for CLICK (CPC);
///     at least 1
public record Bid(ChargeBy chargeBy, long amountMicros) {
    /// USD 100,000 for one click or 1,000 impressions: above it a bid is a slip of the finger.
    public static final long MAX_MICROS = 100_000_000_000L;

    public Bid {
        if (amountMicros < 1 || amountMicros > MAX_MICROS) {
            throw new IllegalArgumentException("a bid is 1 to " + MAX_MICROS + " micros");
        }
    }
}
