package mizan.core.decision;

import java.util.HashMap;
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
import mizan.core.receipt.Ghost;
import mizan.core.receipt.Stopped;
import mizan.core.receipt.TermsVersion;

/// What was decided for one feed. The order of the posts is not part of it: nothing moves them.
///
/// @param winners in the order of their slots
/// @param examined every ad group that was looked at, in that order; [Explanation] has the outcomes of all
///     the others
/// @param stopped absent when everybody who matched and could reach the floor was looked at
/// @param ghosts the ads that would have been shown to this viewer, and were kept back because its campaign holds
///     the viewer out
/// @param exact false when the search for the best arrangement was cut short
public record Decision(
        List<Winner> winners,
        List<EmptySlot> empty,
        List<Examined> examined,
        Optional<Stopped> stopped,
        List<Ghost> ghosts,
        boolean exact) {
    public Decision {
        winners = List.copyOf(winners);
        empty = List.copyOf(empty);
        examined = List.copyOf(examined);
        ghosts = List.copyOf(ghosts);
    }

    /// @param facts what was read of it, as far as it was needed
    public record Examined(CandidateFacts facts, Outcome outcome) {}

    public List<CandidateFacts> facts() {
        return examined.stream().map(Examined::facts).toList();
    }

    public Map<AdGroupId, Outcome> outcomes() {
        var outcomes = new HashMap<AdGroupId, Outcome>();
        examined.forEach(e -> outcomes.put(e.facts().adGroup(), e.outcome()));
        return outcomes;
    }

    /// An ad in a slot, priced, its money not yet held.
    ///
    /// @param valueMicros its value per 1,000 renders in this position
    /// @param boundMicros what it would have had to be worth at least to win
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
