package mizan.server.console.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What turned bad after ads were shown, newest first.
///
/// @param days how long after an ad a change of its neighbour still counts
public record Notices(int days, List<Row> rows, Optional<String> next) {
    public Notices {
        rows = List.copyOf(rows);
    }

    /// One ad beside one post.
    ///
    /// @param at the decision's place in the journal, where the page can still be seen as it was
    /// @param creditedMicros 0 when the ad was not charged
    public record Row(
            String advertiser,
            String campaign,
            String campaignName,
            String post,
            LateCause cause,
            Outcome rule,
            String detail,
            Instant servedAt,
            Instant changedAt,
            String currency,
            long creditedMicros,
            long at) {}
}
