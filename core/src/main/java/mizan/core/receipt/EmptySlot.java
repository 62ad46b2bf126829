package mizan.core.receipt;

/// A slot that could have held an ad and does not.
///
/// @param afterPost position, from 1, of the post above the slot
/// @param reason what kept it empty
public record EmptySlot(int afterPost, Reason reason) {
    /// Codes that publishers see; the order of the constants is the order on the wire, append only.
    public enum Reason {
        TOO_FEW_POSTS,
        NO_CANDIDATES,
        NO_ELIGIBLE_NEIGHBOURS,
        BELOW_FLOOR,
        ALL_OUTRANKED,
        SPACING,
        BUDGET,
        FREQUENCY,
        /// The reader's role or the page's community wants fewer ads.
        FEWER_ADS,
        /// The reader's role has no ads.
        AD_FREE
    }
}
