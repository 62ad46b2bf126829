package mizan.server.rating;

import java.time.Instant;
import java.util.Optional;

/// Hears of posts that are no longer what they were when an ad may have stood beside them: edited, labelled
/// or rated anew, or deleted.
@FunctionalInterface
public interface PostChanges {
    /// Called once for each change, on the thread that brought it, after every later decision already goes by
    /// the new state. It must neither throw nor wait long.
    ///
    /// A power cut may come between the change and this call. Who must miss none compares the versions in the
    /// store with what they remember, when they start.
    void changed(Change change);

    /// @param before the version until now, with the verdict that decisions went by
    /// @param after the version from now on; empty when the post was deleted
    record Change(KnownPost before, Optional<KnownPost> after, Instant at) {}
}
