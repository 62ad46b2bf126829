package mizan.server.rating;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.feed.FeedPost;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.TermsId;

/// A post that was read and rated. Its words and salt stay here, where they can be deleted; records hold the
/// commitment only.
///
/// @param commitment hex SHA-256 over salt and text
public record KnownPost(
        String id,
        List<String> authors,
        Optional<String> language,
        Optional<String> community,
        Set<String> topics,
        Optional<PostVerdict> verdict,
        String text,
        String salt,
        String commitment) {
    public KnownPost {
        authors = List.copyOf(authors);
        topics = Set.copyOf(topics);
    }

    /// What a decision may know of it.
    public FeedPost facts(Map<TermsId, String> keywordHits) {
        return new FeedPost(id, authors, language, community, topics, verdict, keywordHits, commitment);
    }
}
