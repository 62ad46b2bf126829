package mizan.core.receipt;

import mizan.core.campaign.DemandTier;

/// Where a decision stopped looking: nobody of this tier who was not examined could be worth more than the
/// bound, and so nobody left could change a winner or a price.
///
/// @param boundMicros per 1,000 renders in the first position
public record Stopped(DemandTier tier, long boundMicros) {}
