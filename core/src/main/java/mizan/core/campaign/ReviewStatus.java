package mizan.core.campaign;

/// Where a creative stands in review. Only APPROVED ones are shown; an edit starts over.
public enum ReviewStatus {
    PROCESSING,
    PENDING_REVIEW,
    APPROVED,
    SUSPENDED,
    REJECTED,
    ARCHIVED
}
