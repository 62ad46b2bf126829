package mizan.core.campaign;

/// Which demand goes first; tiers never compete with each other on price.
public enum DemandTier {
    SPONSORSHIP,
    GUARANTEED,
    AUCTION,
    HOUSE,
    COMMUNITY
}
