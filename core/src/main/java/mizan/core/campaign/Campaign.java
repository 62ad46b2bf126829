package mizan.core.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.experiment.GhostAds;
import mizan.core.suitability.TermsId;

/// One campaign: a budget, a flight and the rules that all its ad groups share.
///
/// @param terms what its ads may never stand beside; none means the platform's floor alone
/// @param holdout the readers that it stays away from, to learn what its ads change; most often none
public record Campaign(
        CampaignId id,
        AdvertiserId advertiser,
        Text name,
        EntityStatus status,
        DemandTier tier,
        Budget budget,
        Flight flight,
        Pacing pacing,
        List<FrequencyCap> caps,
        Optional<TermsId> terms,
        Optional<GhostAds.Holdout> holdout,
        Optional<String> externalId,
        Map<String, String> metadata,
        Instant createdAt) {
    public Campaign {
        caps = List.copyOf(caps);
        metadata = Map.copyOf(metadata);
    }

    /// Whether its ads are kept from this viewer. Somebody without a key is in no group: nobody could tell later what
    /// they did.
    public boolean holdsOut(Optional<String> viewerKey) {
        return holdout.isPresent() && viewerKey.filter(holdout.get()::holds).isPresent();
    }
}
