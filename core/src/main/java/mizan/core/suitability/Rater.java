package mizan.core.suitability;

import java.time.Instant;
import java.util.Optional;

/// Judges a post by what it says. Pure: the same post gives the same verdict.
public interface Rater {
    /// Names it in verdicts.
    String name();

    /// Changes whenever it may judge differently: posts are then rated anew.
    String version();

    /// Empty when it has nothing to say, or cannot read the post.
    Optional<PostVerdict> rate(PostWords post, Instant now);
}
