package mizan.server.rating;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import mizan.core.suitability.PostContent;

/// A post as a platform sent it, whatever the form it came in.
///
/// @param id the platform's own id, 1 to 500 characters
/// @param authors who wrote it first, then who is quoted, reposted or answered
/// @param language what the sender says; it stands only where the words cannot tell
/// @param publicPost false when it is addressed to some readers only: such a post is never read for
///     advertising
public record IncomingPost(
        String id,
        List<String> authors,
        Optional<String> language,
        Optional<String> community,
        Set<String> topics,
        PostContent content,
        boolean publicPost) {
    public IncomingPost {
        authors = List.copyOf(authors);
        topics = Set.copyOf(topics);
    }
}
