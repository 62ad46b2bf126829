package mizan.core.receipt;

import java.time.Instant;
import java.util.Optional;
import mizan.core.feed.FeedPost;

/// A post that is no longer what it was when an ad may have stood beside it.
///
/// @param post its id
/// @param before the commitment of the version until then
/// @param after what is known of the version from then on, without keyword hits; empty when it was deleted
public record PostChange(String post, String before, Optional<FeedPost> after, Instant at) {}
