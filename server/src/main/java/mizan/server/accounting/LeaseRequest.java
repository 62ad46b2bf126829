package mizan.server.accounting;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Budget;
import mizan.core.campaign.CampaignId;

/// What a node asks for: the budgets as booked now, and what it plans to spend.
///
/// @param day the advertiser's local day; `servesUntil` is not after its end
public record LeaseRequest(
        AdGroupId adGroup,
        CampaignId campaign,
        AdvertiserId advertiser,
        Currency currency,
        Budget campaignBudget,
        Budget adGroupBudget,
        LocalDate day,
        long plannedMicrosPerMinute,
        long neededMicros,
        Instant at,
        Instant servesUntil,
        Instant closesAt) {}
