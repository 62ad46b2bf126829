package mizan.core.reconciliation;

/// Why two honest counts differ. In the order in which they are looked for: the surest first.
public enum Cause {
    /// The advertiser's days begin at another hour than its account's.
    DAY_BOUNDARY,
    /// No reader sent it: the advertiser counted it, the platform keeps it apart and bills none of it.
    INVALID_TRAFFIC,
    /// It was shown before midnight, and told after it: each side has it on another day.
    LATE_EVENT,
    /// The ad was rendered and never seen: who counts viewable impressions leaves it out.
    NOT_VIEWABLE,
    /// It was counted and not billed: not viewable where that is what is paid for, too late, or beyond the budget.
    NOT_BILLED,
    /// It was billed and given back.
    CREDITED
}
