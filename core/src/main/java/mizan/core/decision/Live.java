package mizan.core.decision;

import java.time.Duration;
import java.time.Instant;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Placement;
import mizan.core.feed.FeedRequest;
import mizan.core.prediction.ClickEstimate;

/// What changes faster than the book: money left, renders counted, pace and click rates. Read-only, and safe
/// to read from any thread.
public interface Live {
    /// What this ad group can still hold, and which budget limits it first.
    Available available(AdGroupId group);

    /// Renders of this scope to this viewer within the window that ends now, including ads decided but not
    /// yet rendered.
    ///
    /// @param scope the id of an ad, ad group or campaign
    int shown(String viewerKey, String scope, Duration window, Instant now);

    /// Pacing multiplier of this ad group's bid, its campaign's pace included, (0, 1]; 0 means: not now.
    double multiplier(AdGroup group);

    /// How likely this ad is clicked when it is rendered. Asked only of ads that pay for clicks.
    ClickEstimate clickEstimate(Ad ad, Placement placement);

    /// A promise that no estimate for an ad of this group, mean or sample, counts for more while the bounds
    /// made from it are in use. A low promise lets decisions stop early; an estimate above it counts as the
    /// promise.
    default double maxClickRate(AdGroup group) {
        return Bidder.MAX_CLICK_RATE_PPM / 1e6;
    }

    /// What 1,000 renders of this ad cost the reader, in micros of the placement's currency: 0 or more. It is
    /// taken off what the ad offers and added to what it pays, so a poor ad must bid more. Known, for
    /// example, from how often readers hide it.
    default long userCostMicros(Ad ad, Placement placement) {
        return 0;
    }

    /// The same, ready for one request: what an estimate needs of the viewer and the posts is read once here.
    default Live prepared(FeedRequest request) {
        return this;
    }

    /// What each ad group of this snapshot can be worth at most now. Making it costs a pass over all of them,
    /// so keep it for as long as pace, promises and snapshot last.
    default Bounds bounds(Snapshot snapshot) {
        return Bounds.of(snapshot, this);
    }

    /// @param micros 0 or more
    /// @param limit such as `advertiser.funds`, `campaign.total`, `ad_group.daily`; `none` when nothing
    ///     limits
    record Available(long micros, String limit) {}
}
