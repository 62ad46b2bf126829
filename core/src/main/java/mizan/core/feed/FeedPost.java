package mizan.core.feed;

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
public record FeedPost(
        String id,
        List<String> authors,
        Optional<String> language,
        Optional<String> community,
        Set<String> topics,
        Optional<PostVerdict> verdict,
        Map<TermsId, String> keywordHits,
        Set<String> keywords,
        String commitment) {
    public FeedPost {
        authors = List.copyOf(authors);
        topics = Set.copyOf(topics);
        keywordHits = Map.copyOf(keywordHits);
        keywords = Set.copyOf(keywords);
    }
}
