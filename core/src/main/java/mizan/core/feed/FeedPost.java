package mizan.core.feed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.TermsId;

/// A post of the feed, reduced to what the decision needs: the text has been rated and matched, and is not
/// kept here.
///
/// @param id the platform's own id, 1 to 200 characters
/// @param authors who wrote it first, then who is quoted, reposted and answered
/// @param topics what it is about, for contextual targeting
/// @param verdict absent when nobody has rated it: it then counts as the worst
/// @param keywordHits the terms whose keyword lists its text matches, each with the matched keyword
/// @param keywords the booked targeting keywords that its text matches, as they were booked
/// @param commitment hex SHA-256 over a salt and the content, so that the text can be proved or erased later
/// @param seconds how long the platform expects it to be read, 0 to 3,600; 0 when it does not say
public record FeedPost(
        String id,
        List<String> authors,
        Optional<String> language,
        Optional<String> community,
        Set<String> topics,
        Optional<PostVerdict> verdict,
        Map<TermsId, String> keywordHits,
        Set<String> keywords,
        String commitment,
        int seconds) {
    public static final int MAX_SECONDS = 3_600;

    /// A post of which nobody said how long it is read.
    public FeedPost(
            String id,
            List<String> authors,
            Optional<String> language,
            Optional<String> community,
            Set<String> topics,
            Optional<PostVerdict> verdict,
            Map<TermsId, String> keywordHits,
            Set<String> keywords,
            String commitment) {
        this(id, authors, language, community, topics, verdict, keywordHits, keywords, commitment, 0);
    }

    /// The same post, rated otherwise.
    public FeedPost withVerdict(Optional<PostVerdict> other) {
        return new FeedPost(
                id, authors, language, community, topics, other, keywordHits, keywords, commitment, seconds);
    }

    /// The same post with the hits of these terms alone.
    public FeedPost withHitsOf(Set<TermsId> kept) {
        if (keywordHits.isEmpty()) {
            return this;
        }
        var hits = new HashMap<TermsId, String>();
        for (var terms : kept) {
            var keyword = keywordHits.get(terms);
            if (keyword != null) {
                hits.put(terms, keyword);
            }
        }
        if (hits.size() == keywordHits.size()) {
            return this;
        }
        return new FeedPost(id, authors, language, community, topics, verdict, hits, keywords, commitment, seconds);
    }

    /// The same post with the time that the platform expects it to be read.
    public FeedPost reading(int expectedSeconds) {
        return new FeedPost(
                id, authors, language, community, topics, verdict, keywordHits, keywords, commitment, expectedSeconds);
    }

    public FeedPost {
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new IllegalArgumentException("a post is read for 0 to " + MAX_SECONDS + " seconds");
        }
        authors = List.copyOf(authors);
        topics = Set.copyOf(topics);
        keywordHits = Map.copyOf(keywordHits);
        keywords = Set.copyOf(keywords);
    }
}
