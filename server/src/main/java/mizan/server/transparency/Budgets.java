package mizan.server.transparency;

import java.time.LocalDate;
import java.util.OptionalLong;
import mizan.core.campaign.Budget;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.LedgerBatch.BudgetKey;
import mizan.server.booking.Booking;
import tools.jackson.databind.JsonNode;

/// By how much any budget was passed, from what the ledger keeps of each and what was booked.
///
/// A budget may be reduced below what was spent of it by then. So where more was used than it allows now, the largest
/// that it ever was counts.
record Budgets(Booking booking, Accountant accountant) {
    private static final int VERSIONS = 10_000;

    /// In micros, of the budget that was passed by most: 0 when none was.
    ///
    /// Whole budgets are looked at always, daily ones of these days.
    ///
    /// @param from the first day, and `to` the first that is not looked at
    long passedBy(LocalDate from, LocalDate to) {
        var book = booking.book();
        long most = 0;
        for (var campaign : book.campaigns().values()) {
            most = Math.max(most, passedBy(campaign.id().value(), campaign.budget(), from, to));
        }
        for (var group : book.adGroups().values()) {
            most = Math.max(most, passedBy(group.id().value(), group.budget(), from, to));
        }
        return most;
    }

    private long passedBy(String owner, Budget budget, LocalDate from, LocalDate to) {
        long most = over(owner, BudgetKey.TOTAL, budget.totalMicros(), "total_micros");
        for (var day = from; budget.dailyMicros().isPresent() && day.isBefore(to); day = day.plusDays(1)) {
            most = Math.max(most, over(owner, day.toString(), budget.dailyMicros(), "daily_micros"));
        }
        return most;
    }

    private long over(String owner, String day, OptionalLong limit, String field) {
        long used = accountant.used(owner, day);
        return limit.isEmpty() || used <= limit.getAsLong() ? 0 : Math.max(0, used - largestEver(owner, field));
    }

    private long largestEver(String owner, String field) {
        return booking.history(owner, VERSIONS).stream()
                .map(change -> change.body().path("budget").path(field))
                .mapToLong(Budgets::limit)
                .max()
                .orElse(0);
    }

    /// Without a number there was no limit.
    private static long limit(JsonNode field) {
        return field.isNumber() ? field.longValue() : Long.MAX_VALUE;
    }
}
