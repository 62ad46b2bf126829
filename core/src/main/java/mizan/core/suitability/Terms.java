package mizan.core.suitability;

import java.time.Instant;
import java.util.LinkedHashSet;
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
/// @param lists shared lists that count as if their entries were among the terms' own; see [#whole]
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
        Instant signedAt,
        List<SharedList> lists) {
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

    /// Terms without shared lists.
    public Terms(
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
        this(
                id,
                advertiser,
                version,
                name,
                preset,
                maxTier,
                maxTierByTopic,
                keywords,
                authors,
                communities,
                languages,
                before,
                after,
                signedBy,
                signedAt,
                List.of());
    }

    /// The terms as neighbours are judged by them: their own entries and those of the shared lists together.
    public Terms whole() {
        if (lists.isEmpty()) {
            return this;
        }
        var allKeywords = new LinkedHashSet<>(keywords);
        var allAuthors = new LinkedHashSet<>(authors);
        var allCommunities = new LinkedHashSet<>(communities);
        for (var list : lists) {
            allKeywords.addAll(list.keywords());
            allAuthors.addAll(list.authors());
            allCommunities.addAll(list.communities());
        }
        return new Terms(
                id,
                advertiser,
                version,
                name,
                preset,
                maxTier,
                maxTierByTopic,
                List.copyOf(allKeywords),
                allAuthors,
                allCommunities,
                languages,
                before,
                after,
                signedBy,
                signedAt);
    }

    /// The same without its shared lists.
    public Terms withoutLists() {
        return new Terms(
                id,
                advertiser,
                version,
                name,
                preset,
                maxTier,
                maxTierByTopic,
                keywords,
                authors,
                communities,
                languages,
                before,
                after,
                signedBy,
                signedAt);
    }

    public Terms {
        lists = List.copyOf(lists);
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
