package mizan.core.campaign;

/// What its owner wants of a campaign, ad group or ad.
public enum EntityStatus {
    DRAFT,
    ACTIVE,
    PAUSED,
    ARCHIVED
}
