package mizan.core.suitability;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A rater's judgement of one post.
///
/// @param rater who judged, such as `lexicon` or `publisher`
/// @param raterVersion which version of it: a verdict can be repeated
/// @param evidence the words it rests on, at most 200 characters
public record PostVerdict(
        Tier tier, Set<Topic> topics, String rater, String raterVersion, Instant ratedAt, Optional<String> evidence) {
    public static final int MAX_EVIDENCE = 200;

    public PostVerdict {
        topics = Set.copyOf(topics);
        evidence = evidence.map(e -> e.length() <= MAX_EVIDENCE ? e : e.substring(0, MAX_EVIDENCE));
    }
}
