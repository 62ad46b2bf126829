package mizan.core.decision;

import java.time.Duration;
import java.time.Instant;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Placement;

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

    /// The most that 1,000 renders of this ad group can be worth now, never less than they are; below 0 when
    /// it must not be looked at. The default knows the bid alone.
    ///
    /// @param ordinal its place in the snapshot
    default long boundMicros(int ordinal, Snapshot.Entry entry) {
        return entry.boundMicros();
    }

    /// Predicted clicks per render, [0, 1].
    double clickRate(Ad ad, Placement placement);

    /// @param micros 0 or more
    /// @param limit such as `advertiser.funds`, `campaign.total`, `ad_group.daily`; `none` when nothing
    ///     limits
    record Available(long micros, String limit) {}
}
