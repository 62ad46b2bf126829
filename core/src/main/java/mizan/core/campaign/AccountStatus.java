package mizan.core.campaign;

/// Whether an advertiser may spend at all.
public enum AccountStatus {
    PENDING_APPROVAL,
    ACTIVE,
    PAYMENT_REQUIRED,
    SUSPENDED,
    CLOSED
}
