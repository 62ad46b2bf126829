package mizan.core.feed;

import java.util.Optional;

/// What a reader has seen before this page: spacing and load go on across pages as if the feed were one.
///
/// @param posts posts shown so far
/// @param ads ads shown so far
/// @param last the ad seen last; absent when there was none
public record Session(int posts, int ads, Optional<LastAd> last) {
    /// The first page.
    public static final Session START = new Session(0, 0, Optional.empty());

    /// @param postsSince posts below it up to the page's beginning
    /// @param secondsSince how long those are read
    /// @param advertiser its advertiser's id
    /// @param industry of that advertiser
    public record LastAd(int postsSince, int secondsSince, String advertiser, String industry) {
        public LastAd {
            if (postsSince < 0 || secondsSince < 0) {
                throw new IllegalArgumentException("an ad seen before lies 0 or more posts and seconds back");
            }
        }
    }

    public Session {
        if (posts < 0 || ads < 0) {
            throw new IllegalArgumentException("a session has seen 0 or more posts and ads");
        }
    }

    /// Whether posts stand above this page that are not part of the request.
    public boolean continued() {
        return posts > 0;
    }
}
