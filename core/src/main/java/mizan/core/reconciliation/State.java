package mizan.core.reconciliation;

/// What came of a line; the later, the more there is to talk about.
public enum State {
    SAME,
    WITHIN_TOLERANCE,
    /// What is known explains the difference up to the tolerance.
    EXPLAINED,
    /// The platform counted something that the file has no line for.
    NOT_IN_FILE,
    UNEXPLAINED,
    /// The advertiser has nothing of this id or name.
    UNKNOWN
}
