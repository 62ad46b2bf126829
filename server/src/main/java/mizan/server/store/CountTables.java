package mizan.server.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import mizan.server.accounting.LedgerBatch.Counted;
import mizan.server.accounting.LedgerBatch.Counts;

/// What readers did, added up in the transaction that folds it, so that each question reads few rows: `count_hour` has
/// each ad in each placement by the hour, `count_day` by the day (UTC), and `count_total` what many ads have together.
final class CountTables {
    static final String SUMS =
            "sum(decided), sum(rendered), sum(viewable), sum(clicks), sum(hides), sum(charged), sum(spend)";
    static final int HOURS = 24;
    private static final List<String> FIGURES =
            List.of("decided", "rendered", "viewable", "clicks", "hides", "charged", "spend");
    private static final List<String> FACTS = List.of("advertiser", "campaign", "ad_group");
    private static final String HOUR = upsert("count_hour", List.of("hour", "ad", "placement"), FACTS);
    private static final String DAY = upsert("count_day", List.of("day", "ad", "placement"), FACTS);
    private static final String TOTAL = upsert("count_total", List.of("level", "time", "whose"), List.of("advertiser"));

    /// Whose figures stand together in `count_total`, and for how long.
    enum Level {
        /// By the week, for the revenue desk's year.
        ADVERTISER_WEEK,
        ADVERTISER_DAY,
        CAMPAIGN_DAY,
        /// All advertisers who pay in one currency, by the hour: days and hours of the whole platform.
        CURRENCY_HOUR;

        /// As it is written in the table.
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Weeks, days or hours since 1970, of the hour that this was counted in.
        private long time(long hour) {
            return switch (this) {
                case ADVERTISER_WEEK -> week(day(hour));
                case ADVERTISER_DAY, CAMPAIGN_DAY -> day(hour);
                case CURRENCY_HOUR -> hour;
            };
        }

        private Total of(Counted c) {
            return switch (this) {
                case ADVERTISER_WEEK, ADVERTISER_DAY -> new Total(this, time(c.hour()), c.advertiser(), c.advertiser());
                case CAMPAIGN_DAY -> new Total(this, time(c.hour()), c.campaign(), c.advertiser());
                case CURRENCY_HOUR -> new Total(this, time(c.hour()), c.currency(), "");
            };
        }
    }

    private record Single(long time, String ad, String placement, String advertiser, String campaign, String adGroup) {
        void fill(PreparedStatement row) throws SQLException {
            row.setLong(1, time);
            row.setString(2, ad);
            row.setString(3, placement);
            row.setString(4, advertiser);
            row.setString(5, campaign);
            row.setString(6, adGroup);
        }
    }

    private record Total(Level level, long time, String whose, String advertiser) {
        void fill(PreparedStatement row) throws SQLException {
            row.setString(1, level.text());
            row.setLong(2, time);
            row.setString(3, whose);
            row.setString(4, advertiser);
        }
    }

    private final Session session;

    CountTables(Session session) {
        this.session = session;
    }

    private static long day(long hour) {
        return Math.floorDiv(hour, HOURS);
    }

    /// Weeks begin on Monday; the first one has 1 January 1970, a Thursday, in it.
    static long week(long day) {
        return Math.floorDiv(day + 3, 7);
    }

    void add(Map<Counted, Counts> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        write(HOUR, sums(changes, c -> single(c, c.hour())), Single::fill, 7);
        write(DAY, sums(changes, c -> single(c, day(c.hour()))), Single::fill, 7);
        for (var level : Level.values()) {
            write(TOTAL, sums(changes, level::of), Total::fill, 5);
        }
    }

    private static Single single(Counted c, long time) {
        return new Single(time, c.ad(), c.placement(), c.advertiser(), c.campaign(), c.adGroup());
    }

    private static <K> Map<K, Counts> sums(Map<Counted, Counts> changes, Function<Counted, K> key) {
        var sums = new HashMap<K, Counts>();
        changes.forEach((what, more) -> sums.merge(key.apply(what), more, Counts::plus));
        return sums;
    }

    private interface Key<K> {
        void fill(K key, PreparedStatement row) throws SQLException;
    }

    private <K> void write(String sql, Map<K, Counts> sums, Key<K> keys, int first) throws SQLException {
        var statement = session.statement(sql);
        for (var sum : sums.entrySet()) {
            keys.fill(sum.getKey(), statement);
            var more = sum.getValue();
            statement.setLong(first, more.decided());
            statement.setLong(first + 1, more.rendered());
            statement.setLong(first + 2, more.viewable());
            statement.setLong(first + 3, more.clicks());
            statement.setLong(first + 4, more.hides());
            statement.setLong(first + 5, more.charged());
            statement.setLong(first + 6, more.spendMicros());
            statement.addBatch();
        }
        statement.executeBatch();
    }

    /// Adds to the row of this key, or makes it.
    private static String upsert(String table, List<String> key, List<String> facts) {
        var columns = new ArrayList<>(key);
        columns.addAll(facts);
        columns.addAll(FIGURES);
        return "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + columns.stream().map(_ -> "?").collect(Collectors.joining(","))
                + ") ON CONFLICT (" + String.join(", ", key) + ") DO UPDATE SET "
                + FIGURES.stream()
                        .map(f -> f + " = " + table + "." + f + " + excluded." + f)
                        .collect(Collectors.joining(", "));
    }
}
