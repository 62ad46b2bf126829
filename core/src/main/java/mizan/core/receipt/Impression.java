package mizan.core.receipt;

import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.CreativeId;

/// One ad placed in one slot, with the money held for it. It is billed at most once, and only by an event
/// that carries its token.
///
/// @param afterPost the slot: the position, from 1, of the post that stands directly above the ad
/// @param terms the terms that its neighbours were judged by; absent when the campaign has none
/// @param lease the lease that the money is held in, and `sequence` its number within it
/// @param priceMicros what the charging event costs
/// @param heldMicros what was held: the price, or for clicks the expected cost
/// @param boundMicros the value that the others would have had without this winner: why the price is what it
///     is
/// @param expiresAt events at or after this instant are recorded but never billed
public record Impression(
        ImpressionId id,
        DecisionId decision,
        int afterPost,
        AdvertiserId advertiser,
        CampaignId campaign,
        AdGroupId adGroup,
        AdId ad,
        CreativeId creative,
        Optional<TermsVersion> terms,
        long lease,
        int sequence,
        ChargeBy chargeBy,
        long priceMicros,
        long heldMicros,
        long boundMicros,
        Currency currency,
        Instant servedAt,
        Instant expiresAt) {}
