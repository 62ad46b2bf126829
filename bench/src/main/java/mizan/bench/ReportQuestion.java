package mizan.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import mizan.server.accounting.LedgerBatch.Counts;
import mizan.server.reporting.Reports;

/// One question of the report page, as it is asked of the roll-ups and, in SQL, of the events.
///
/// @param by what stands in the rows: `campaign`, `advertiser`, `placement` or `hour`
/// @param from hours since 1970; days begin at 21:00 UTC, as in Riyadh, so that no span is of whole roll-up days
/// @param only a campaign's or an advertiser's number; empty for all
record ReportQuestion(String name, String by, long from, long to, Optional<Only> only) {
    record Only(String kind, int number) {
        String id() {
            return ReportEvents.id(kind.equals("campaign") ? "cmp" : "adv", number);
        }
    }

    private static final Currency USD = Currency.getInstance("USD");

    /// What the page is asked for most: spans of 7, 28 and 89 days.
    static List<ReportQuestion> all(RandomGenerator random) {
        var campaign = Optional.of(new Only("campaign", skewed(random)));
        var advertiser = Optional.of(new Only("advertiser", skewed(random)));
        return List.of(
                of("one_campaign_by_day_28", "hour", 28, campaign),
                of("one_campaign_by_day_89", "hour", 89, campaign),
                of("one_advertiser_by_campaign_28", "campaign", 28, advertiser),
                of("one_advertiser_by_placement_89", "placement", 89, advertiser),
                of("all_by_campaign_7", "campaign", 7, Optional.empty()),
                of("all_by_campaign_28", "campaign", 28, Optional.empty()),
                of("all_by_campaign_89", "campaign", 89, Optional.empty()),
                of("all_by_advertiser_89", "advertiser", 89, Optional.empty()),
                of("all_by_day_28", "hour", 28, Optional.empty()),
                of("all_by_hour_89", "hour", 89, Optional.empty()));
    }

    private static ReportQuestion of(String name, String by, int days, Optional<Only> only) {
        long to = ReportEvents.FIRST_HOUR + ReportEvents.DAYS * 24L - 3;
        return new ReportQuestion(name, by, to - days * 24L, to, only);
    }

    /// People ask for what is large as often as it is large.
    private static int skewed(RandomGenerator random) {
        return (int) (Math.pow(ReportEvents.ADVERTISERS, random.nextDouble()) - 1);
    }

    Map<String, Counts> ask(Reports reports) {
        var found = new HashMap<String, Counts>();
        var start = Instant.ofEpochSecond(from * 3_600);
        var end = Instant.ofEpochSecond(to * 3_600);
        if (by.equals("hour")) {
            only.map(o -> reports.hours(start, end, o.id()))
                    .orElseGet(() -> reports.hours(start, end, USD))
                    .forEach((hour, counts) -> found.put(Long.toString(hour), counts));
            return found;
        }
        var column = Reports.By.valueOf(by.toUpperCase(java.util.Locale.ROOT));
        reports.parts(column, start, end, only.map(Only::id))
                .forEach((part, counts) -> found.merge(part.id(), counts, Counts::plus));
        return found;
    }

    Map<String, Counts> ask(Connection duck) throws SQLException {
        var found = new HashMap<String, Counts>();
        var sql =
                "SELECT " + by + ", count(*) FILTER (kind = 0), count(*) FILTER (kind = 1), count(*) FILTER (kind = 2),"
                        + " sum(micros)::BIGINT FROM event WHERE hour >= ? AND hour < ?"
                        + only.map(o -> " AND " + o.kind() + " = " + o.number()).orElse("") + " GROUP BY 1";
        try (var query = duck.prepareStatement(sql)) {
            query.setLong(1, from);
            query.setLong(2, to);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    found.put(key(row.getLong(1)), counts(row, 2));
                }
            }
        }
        return found;
    }

    private String key(long number) {
        return switch (by) {
            case "campaign" -> ReportEvents.id("cmp", number);
            case "advertiser" -> ReportEvents.id("adv", number);
            case "placement" -> ReportEvents.id("plc", number);
            default -> Long.toString(number);
        };
    }

    /// @param first the column of rendered; viewable, clicks and micros follow
    static Counts counts(ResultSet row, int first) throws SQLException {
        long rendered = row.getLong(first);
        return new Counts(
                0, rendered, row.getLong(first + 1), row.getLong(first + 2), 0, rendered, row.getLong(first + 3));
    }
}
