package mizan.core.campaign;

/// What is true of a campaign, ad group or ad right now, whatever its owner wants.
public enum EffectiveStatus {
    DRAFT,
    PAUSED,
    ARCHIVED,
    NOT_STARTED,
    SERVING,
    PACED_OUT,
    CAPPED_TODAY,
    BUDGET_EXHAUSTED,
    ENDED,
    IN_REVIEW,
    REJECTED,
    NO_FUNDS,
    SUSPENDED
}
