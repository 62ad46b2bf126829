package mizan.core.traffic;

import java.time.Duration;
import java.util.List;

/// From where on what is told of a viewer cannot be a reader's doing. Parameters of general invalid traffic (MRC,
/// "Invalid Traffic Detection and Filtration Standards Addendum", 2020, section 3: activity-based filtration). The
/// defaults are chosen so that no reader whom we could imagine passes them; they are not fitted to a data set.
///
/// @param fastestClick a click sooner after serving is no person's: the answer has to travel, the ad to be drawn, and
///     a simple reaction alone takes some 250 ms. Counted from serving, because browsers tell a render in batches,
///     later than it was
/// @param doubleClick further clicks on the same ad within this time belong to the first
/// @param repeats how often one event of one ad may be told again; a page that gets no answer tries six times
/// @param clicks most clicks of one viewer, on different ads, in each span
/// @param impressions most ads that are drawn for one viewer of those served in one span. A page of 200 posts draws
///     all of its ads at once
/// @param hoardedAfter a page draws an ad when it is served; one that is first drawn so much later was kept
/// @param redeemed most kept ads that are drawn for one viewer in one span
public record ActivityRules(
        Duration fastestClick,
        Duration doubleClick,
        int repeats,
        List<Limit> clicks,
        Limit impressions,
        Duration hoardedAfter,
        Limit redeemed) {
    public static final ActivityRules STANDARD = new ActivityRules(
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            20,
            List.of(new Limit(5, Duration.ofMinutes(10)), new Limit(20, Duration.ofDays(1))),
            new Limit(120, Duration.ofMinutes(1)),
            Duration.ofMinutes(5),
            new Limit(10, Duration.ofMinutes(1)));

    public ActivityRules {
        clicks = List.copyOf(clicks);
    }

    /// At most `most` within one span. Spans stand side by side from 1970 on and do not slide: what is in one is a set,
    /// so that the verdict on it does not depend on the order in which it was heard of.
    public record Limit(int most, Duration span) {}
}
