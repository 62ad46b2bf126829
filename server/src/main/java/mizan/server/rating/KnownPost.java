package mizan.server.rating;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.feed.FeedPost;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.TermsId;

/// A post that was read and rated. Its words and salt stay here, where they can be deleted; records hold the
/// commitment only.
///
/// @param fingerprint of all that was sent and of who rated it: the same post sent again has the same
/// @param commitment hex SHA-256 over salt and text
/// @param takenAt when this version came in
public record KnownPost(
        String id,
        List<String> authors,
        Optional<String> language,
        Optional<String> community,
        Set<String> topics,
        Ratings ratings,
        String text,
        String salt,
        String commitment,
        String fingerprint,
        Instant takenAt) {
    public KnownPost {
        authors = List.copyOf(authors);
        topics = Set.copyOf(topics);
    }

    /// What counts of all that raters said; empty when it is unrated.
    public Optional<PostVerdict> verdict() {
        return ratings.counting();
    }

    /// What a decision may know of it.
    ///
    /// @param keywordHits the terms that its text breaks, each with the keyword
    /// @param keywords the targeting keywords that its text holds
    public FeedPost facts(Map<TermsId, String> keywordHits, Set<String> keywords) {
        return new FeedPost(id, authors, language, community, topics, verdict(), keywordHits, keywords, commitment);
    }

    /// The same version, of which more was said.
    public KnownPost with(Ratings more) {
        return new KnownPost(
                id, authors, language, community, topics, more, text, salt, commitment, fingerprint, takenAt);
    }

    /// A post that is not read: without words and verdict, so that no ad stands beside it.
    static KnownPost unrated(IncomingPost post, Instant now) {
        return new KnownPost(
                post.id(),
                post.authors(),
                post.language(),
                post.community(),
                post.topics(),
                Ratings.NONE,
                "",
                "",
                "",
                "",
                now);
    }

    /// About how much memory it takes, in characters.
    int chars() {
        return 500 + id.length() + text.length();
    }
}
