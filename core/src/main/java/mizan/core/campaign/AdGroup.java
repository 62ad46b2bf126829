package mizan.core.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mizan.core.targeting.Targeting;

/// One bid for one target. The unit that competes in the auction and that leases are taken for.
///
/// @param flight narrower than the campaign's where given
public record AdGroup(
        AdGroupId id,
        CampaignId campaign,
        Text name,
        EntityStatus status,
        Bid bid,
        Targeting targeting,
        Budget budget,
        Optional<Flight> flight,
        List<FrequencyCap> caps,
        Optional<String> externalId,
        Instant createdAt) {
    public AdGroup {
        caps = List.copyOf(caps);
    }
}
