package mizan.core.suitability;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// One rater's judgement of one post.
///
/// @param tier how risky
/// @param topics what makes it so; empty for SAFE posts
/// @param rater who judged, for example `lexicon`
/// @param raterVersion which version of its rules or model
/// @param ratedAt when
/// @param evidence the matched span, at most [#MAX_EVIDENCE_CHARS] chars, so that people can see why
public record PostVerdict(
        Tier tier, Set<Topic> topics, String rater, String raterVersion, Instant ratedAt, Optional<String> evidence) {
    /// Longest evidence that is kept, in chars.
    public static final int MAX_EVIDENCE_CHARS = 200;

    public PostVerdict {
        topics = Set.copyOf(topics);
        evidence.ifPresent(span -> {
            if (span.length() > MAX_EVIDENCE_CHARS) {
                throw new IllegalArgumentException(
                        "evidence has " + span.length() + " chars, more than " + MAX_EVIDENCE_CHARS);
            }
        });
    }
}
