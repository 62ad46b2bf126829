package mizan.server.rating;

import java.time.Instant;
import java.util.Optional;

/// Hears of posts that are no longer what they were when an ad may have stood beside them: edited, labelled
/// or rated anew, or deleted.
public interface PostChanges {
    /// Called once for each change, on the thread that brought it. A decision may still go by the state
    /// before when it began earlier. It must neither throw nor wait.
    void changed(Change change);

    /// Returns when all that was told so far would survive a power cut. Called before posts are written or
    /// deleted: a change that the platform believes done is never missed, at worst one is told that then was
    /// not kept and is sent again.
    default void settle() {}

    /// @param before the version until now, with the verdict that decisions went by
    /// @param after the version from now on; empty when the post was deleted
    record Change(KnownPost before, Optional<KnownPost> after, Instant at) {}
}
