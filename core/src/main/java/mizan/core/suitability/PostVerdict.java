package mizan.core.suitability;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import mizan.core.suitability.text.Span;

/// A rater's judgement of one post.
///
/// @param rater who judged, such as `lexicon` or `publisher`; [Ratings#REVIEW] is a person
/// @param raterVersion which version of it, so that a verdict can be repeated; of a person, who it was
/// @param evidence the words it rests on, or why, at most 200 characters
/// @param span where in the post's text these words stand, when it is known
public record PostVerdict(
        Tier tier,
        Set<Topic> topics,
        String rater,
        String raterVersion,
        Instant ratedAt,
        Optional<String> evidence,
        Optional<Span> span) {
    public static final int MAX_EVIDENCE = 200;

    public PostVerdict {
        topics = Set.copyOf(topics);
        evidence = evidence.map(PostVerdict::cut);
    }

    /// A verdict that points at no words.
    public PostVerdict(
            Tier tier,
            Set<Topic> topics,
            String rater,
            String raterVersion,
            Instant ratedAt,
            Optional<String> evidence) {
        this(tier, topics, rater, raterVersion, ratedAt, evidence, Optional.empty());
    }

    PostVerdict withTopics(Set<Topic> others) {
        return new PostVerdict(tier, others, rater, raterVersion, ratedAt, evidence, span);
    }

    private static String cut(String evidence) {
        if (evidence.length() <= MAX_EVIDENCE) {
            return evidence;
        }
        boolean splitsPair = Character.isHighSurrogate(evidence.charAt(MAX_EVIDENCE - 1));
        return evidence.substring(0, splitsPair ? MAX_EVIDENCE - 1 : MAX_EVIDENCE);
    }
}
