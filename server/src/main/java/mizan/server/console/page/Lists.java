package mizan.server.console.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The lists of advertisers and campaigns. Pages are linked by an opaque cursor in `?after=`.
public final class Lists {
    private Lists() {}

    /// All advertisers, or those that a search found.
    ///
    /// @param found how many there are in all
    /// @param next  the cursor of the next page; empty on the last
    public record Advertisers(
            String search, long found, String currency, Instant asOf, List<Advertiser> rows, Optional<String> next) {
        public Advertisers {
            rows = List.copyOf(rows);
        }
    }

    /// One advertiser.
    ///
    /// @param fundsMicros what is left to spend
    /// @param spentMicros spent in the last four weeks
    public record Advertiser(
            String id,
            String name,
            Text sector,
            AccountState state,
            Movement movement,
            int activeCampaigns,
            long spentMicros,
            long fundsMicros,
            Suitability suitability) {}

    /// All campaigns, or those that a search, an advertiser or a status picks.
    ///
    /// @param advertiser the name of the advertiser that the list is limited to; empty for all
    /// @param status     the status that the list is limited to; empty for all
    public record Campaigns(
            String search,
            Optional<String> advertiser,
            Optional<Status> status,
            long found,
            Instant asOf,
            List<CampaignRow> rows,
            Optional<String> next) {
        public Campaigns {
            rows = List.copyOf(rows);
        }
    }

    /// One campaign.
    ///
    /// @param reasons codes of why it cannot deliver; empty if it can
    /// @param pace    spend against plan, 1 is on plan; empty before the first day
    public record CampaignRow(
            String id,
            String name,
            String advertiser,
            Status status,
            List<String> reasons,
            String currency,
            long spentMicros,
            long budgetMicros,
            OptionalDouble pace,
            long impressions) {
        public CampaignRow {
            reasons = List.copyOf(reasons);
        }
    }
}
