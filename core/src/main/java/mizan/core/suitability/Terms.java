package mizan.core.suitability;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mizan.core.campaign.AdvertiserId;

/// One version of what an advertiser's ads may never stand beside.
///
/// @param version counts from 1; a change makes the next one, and receipts name the one in force
/// @param maxTier the riskiest tier a neighbour may have; FLOOR is refused, nobody can buy it
/// @param maxTierByTopic stricter (or laxer) limits for posts with that topic
/// @param keywords words and phrases, each matched by [mizan.core.suitability.text]; at most 10,000
/// @param authors accounts never to stand beside, whether they wrote, are quoted, reposted or answered; at
///     most 10,000
/// @param languages if not empty, neighbours must be in one of these
/// @param before how many posts above the ad are judged, 1 to 3
/// @param after how many posts below the ad are judged, 1 to 3
/// @param signedBy who in the advertiser's house agreed to this version
public record Terms(
        TermsId id,
        AdvertiserId advertiser,
        int version,
        String name,
        Preset preset,
        Tier maxTier,
        Map<Topic, Tier> maxTierByTopic,
        List<String> keywords,
        Set<String> authors,
        Set<String> communities,
        Set<String> languages,
        int before,
        int after,
        String signedBy,
        Instant signedAt) {
    public static final int MAX_LIST = 10_000;

    /// Three starting points, in the words that advertisers know.
    public enum Preset {
        RELAXED(Tier.HIGH),
        STANDARD(Tier.MEDIUM),
        STRICT(Tier.SAFE);

        private final Tier maxTier;

        Preset(Tier maxTier) {
            this.maxTier = maxTier;
        }

        public Tier maxTier() {
            return maxTier;
        }
    }

    public Terms {
        maxTierByTopic = Map.copyOf(maxTierByTopic);
        keywords = List.copyOf(keywords);
        authors = Set.copyOf(authors);
        communities = Set.copyOf(communities);
        languages = Set.copyOf(languages);
        if (maxTier == Tier.FLOOR || maxTierByTopic.containsValue(Tier.FLOOR)) {
            throw new IllegalArgumentException("nobody can buy the floor");
        }
        if (before < 1 || before > 3 || after < 1 || after > 3) {
            throw new IllegalArgumentException("terms judge 1 to 3 posts on each side");
        }
        if (keywords.size() > MAX_LIST || authors.size() > MAX_LIST || communities.size() > MAX_LIST) {
            throw new IllegalArgumentException("a list holds at most " + MAX_LIST + " entries");
        }
    }
}
