package mizan.server.accounting;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Budget;
import mizan.core.campaign.CampaignId;

/// What a node asks for: the budgets as booked now, and what it plans to spend.
///
/// @param growing the lease to grow, if one of the same day still serves; otherwise a new one is made
/// @param day the advertiser's local day; `servesUntil` is not after its end
/// @param plannedMicros what it expects to hold before it asks again
/// @param neededMicros what one impression holds, at least 1
public record LeaseRequest(
        Optional<Long> growing,
        AdGroupId adGroup,
        CampaignId campaign,
        AdvertiserId advertiser,
        Currency currency,
        Budget campaignBudget,
        Budget adGroupBudget,
        LocalDate day,
        long plannedMicros,
        long neededMicros,
        Instant at,
        Instant servesUntil,
        Instant closesAt) {}
