package mizan.core.suitability;

/// How risky a post is as a neighbour, from best to worst; the order of the constants is the order of risk.
///
/// FLOOR is never buyable. A post without a verdict counts as FLOOR: unrated counts as the worst.
public enum Tier {
    SAFE,
    LOW,
    MEDIUM,
    HIGH,
    FLOOR
}
