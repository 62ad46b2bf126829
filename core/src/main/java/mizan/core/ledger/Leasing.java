package mizan.core.ledger;

import java.util.OptionalLong;
import mizan.core.campaign.Budget;

/// How much of a budget a node may take at once.
///
/// Small leases, at most 5 % of what is left unless one impression needs more, bound what a dead node
/// strands.
public final class Leasing {
    private Leasing() {}

    /// What is left, and the level that has the least of it. On a tie the higher level is named.
    ///
    /// @param micros 0 or more: a budget lowered below its use leaves nothing, never less
    public record Left(long micros, String limit) {}

    public static Left left(Budget campaign, Budget adGroup, BudgetUse use) {
        var left = new Left(Math.max(0, use.fundsMicros()), "advertiser.funds");
        left = tighter(left, campaign.totalMicros(), use.campaignTotal(), "campaign.total");
        left = tighter(left, campaign.dailyMicros(), use.campaignDay(), "campaign.daily");
        left = tighter(left, adGroup.totalMicros(), use.adGroupTotal(), "ad_group.total");
        return tighter(left, adGroup.dailyMicros(), use.adGroupDay(), "ad_group.daily");
    }

    /// How much to lease, 0 when not even one impression can be paid.
    ///
    /// @param plannedMicros what the node expects to hold before it asks again
    /// @param neededMicros what one impression holds, at least 1
    public static long size(Left left, long plannedMicros, long neededMicros) {
        if (left.micros() < neededMicros) {
            return 0;
        }
        return Math.clamp(plannedMicros, neededMicros, Math.max(neededMicros, left.micros() / 20));
    }

    /// How much to add to a lease that serves: as for a new one, and in the end whatever is left, since the last
    /// click of a budget is paid from the rest of the lease and the rest of the budget together.
    public static long more(Left left, long plannedMicros, long neededMicros) {
        return left.micros() < neededMicros ? left.micros() : size(left, plannedMicros, neededMicros);
    }

    private static Left tighter(Left left, OptionalLong limit, long used, String name) {
        if (limit.isEmpty()) {
            return left;
        }
        long rest = Math.max(0, limit.getAsLong() - used);
        return rest < left.micros() ? new Left(rest, name) : left;
    }
}
