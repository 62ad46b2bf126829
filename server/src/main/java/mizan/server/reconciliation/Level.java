package mizan.server.reconciliation;

/// What the lines of a file are about.
public enum Level {
    CAMPAIGN,
    AD_GROUP,
    AD
}
