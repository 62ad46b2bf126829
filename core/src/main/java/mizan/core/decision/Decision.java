package mizan.core.decision;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.CreativeId;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.EmptySlot;
import mizan.core.receipt.TermsVersion;

/// What was decided for one feed. The order of the posts is not part of it: nothing moves them.
///
/// @param winners in the order of their slots
/// @param facts of every ad group that was examined, in the order of ids
/// @param outcomes of every ad group that was examined; [Explanation] has those of all the others
public record Decision(
        List<Winner> winners, List<EmptySlot> empty, List<CandidateFacts> facts, Map<AdGroupId, Outcome> outcomes) {
    public Decision {
        winners = List.copyOf(winners);
        empty = List.copyOf(empty);
        facts = List.copyOf(facts);
        outcomes = Map.copyOf(outcomes);
    }

    /// An ad in a slot, priced, its money not yet held.
    ///
    /// @param valueMicros its value per 1,000 renders in this position
    /// @param boundMicros what the others would have been worth in its place
    public record Winner(
            int afterPost,
            AdvertiserId advertiser,
            CampaignId campaign,
            AdGroupId adGroup,
            AdId ad,
            CreativeId creative,
            Optional<TermsVersion> terms,
            ChargeBy chargeBy,
            long priceMicros,
            long heldMicros,
            long valueMicros,
            long boundMicros) {}
}
