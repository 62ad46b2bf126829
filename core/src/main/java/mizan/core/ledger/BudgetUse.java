package mizan.core.ledger;

/// What of each level's budget is used: settled plus outstanding leases, in micros.
///
/// @param fundsMicros what the advertiser's funds still hold; outstanding leases have left them already
public record BudgetUse(long fundsMicros, long campaignTotal, long campaignDay, long adGroupTotal, long adGroupDay) {}
