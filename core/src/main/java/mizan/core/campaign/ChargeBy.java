package mizan.core.campaign;

/// The event that an advertiser pays for.
public enum ChargeBy {
    /// The ad was rendered in the reader's feed.
    IMPRESSION,
    /// At least half of it was on screen for a second (MRC viewable impression guidelines).
    VIEWABLE_IMPRESSION,
    CLICK
}
