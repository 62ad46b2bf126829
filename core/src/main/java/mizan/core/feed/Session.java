package mizan.core.feed;

import java.util.Optional;

/// What a reader has seen before this page: spacing and load go on across pages as if the feed were one.
///
/// @param posts posts shown so far
/// @param ads ads shown so far
/// @param last the ad seen last; absent when there was none
/// @param halfLeftPpm what pages on which fewer ads are wanted may still show: half of the ads that those so
///     far had room for, less what they showed, in millionths of an ad
public record Session(int posts, int ads, Optional<LastAd> last, long halfLeftPpm) {
    /// The first page.
    public static final Session START = new Session(0, 0, Optional.empty());

    /// One in which nobody wanted fewer ads.
    public Session(int posts, int ads, Optional<LastAd> last) {
        this(posts, ads, last, 0);
    }

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
        if (posts < 0 || ads < 0 || halfLeftPpm < 0) {
            throw new IllegalArgumentException("a session has seen 0 or more posts and ads, and has 0 or more left");
        }
    }

    /// Whether posts stand above this page that are not part of the request.
    public boolean continued() {
        return posts > 0;
    }
}
