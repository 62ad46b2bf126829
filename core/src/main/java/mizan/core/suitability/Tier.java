package mizan.core.suitability;

/// How risky a post is to stand beside, from best to worst.
///
/// [#FLOOR] is never buyable, whatever an advertiser's terms say. A post that nobody has rated counts as FLOOR:
/// unrated counts as the worst.
public enum Tier {
    SAFE,
    LOW,
    MEDIUM,
    HIGH,
    FLOOR
}
