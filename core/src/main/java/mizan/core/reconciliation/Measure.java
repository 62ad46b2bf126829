package mizan.core.reconciliation;

/// What both sides count.
public enum Measure {
    /// Ads that were rendered.
    IMPRESSIONS,
    CLICKS,
    /// What was billed, in micros.
    COST
}
