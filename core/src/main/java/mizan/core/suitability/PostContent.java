package mizan.core.suitability;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a rater may see of a post.
///
/// @param text the post's own words, with the captions of its pictures; empty when it has none
/// @param warning the content warning its author put before it (the `summary` of ActivityStreams)
/// @param markedSensitive whether author or platform marked it so (`sensitive` of ActivityStreams)
/// @param labels what publisher and moderators say of it, lower case: `nsfw`, `porn`, `graphic-media`,
///     `mature`, `news`, ...
public record PostContent(
        Optional<String> text, Optional<String> warning, boolean markedSensitive, Set<String> labels) {
    /// Most labels that are kept; more is not moderation but abuse.
    public static final int MAX_LABELS = 64;

    public PostContent {
        if (labels.size() > MAX_LABELS) {
            throw new IllegalArgumentException("a post has at most " + MAX_LABELS + " labels, not " + labels.size());
        }
        labels = labels.stream().map(label -> label.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /// A post of words alone, as most are.
    public static PostContent of(String text) {
        return new PostContent(Optional.of(text), Optional.empty(), false, Set.of());
    }
}
