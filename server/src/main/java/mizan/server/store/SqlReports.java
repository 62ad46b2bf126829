package mizan.server.store;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.identity.SortableId;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.ImpressionId;
import mizan.core.traffic.InvalidTraffic;
import mizan.server.accounting.ImpressionState;
import mizan.server.accounting.LedgerBatch.Counts;
import mizan.server.reporting.Reports;
import mizan.server.store.CountTables.Level;

/// Reports from the ledger's tables, over a connection of its own that only reads.
public final class SqlReports implements Reports {
    private static final String SUMS = CountTables.SUMS;
    private static final String FIGURES = "decided, rendered, viewable, clicks, hides, charged, spend";
    private static final int HOURS = CountTables.HOURS;
    private final Session session;

    private SqlReports(Database database) {
        session = Session.open(database);
    }

    /// From a file of SQLite's, which it only reads.
    public static SqlReports open(Path file) {
        return new SqlReports(SqliteFile.open(file, SqlLedgerStore.SQLITE).onlyRead());
    }

    /// From schema `name` of a PostgreSQL database, which it only reads.
    public static SqlReports open(Postgres postgres, String name) {
        return new SqlReports(postgres.schema(name, SqlLedgerStore.POSTGRES).onlyRead());
    }

    @Override
    public List<Entry> entries(long after, int limit, Optional<String> advertiser) {
        var found = new ArrayList<Entry>();
        var sql = "SELECT seq, id, kind, debit, credit, currency, micros, at, reference FROM transfer WHERE seq > ?"
                + (advertiser.isPresent() ? " AND advertiser = ?" : "") + " ORDER BY seq LIMIT ?";
        each(
                sql,
                q -> {
                    q.setLong(1, after);
                    advertiser.ifPresent(a -> set(q, 2, a));
                    q.setInt(advertiser.isPresent() ? 3 : 2, limit);
                },
                row -> found.add(entry(row)));
        return found;
    }

    @Override
    public List<Entry> newestEntries(long before, int limit, Optional<String> account) {
        var found = new ArrayList<Entry>();
        var sql = "SELECT seq, id, kind, debit, credit, currency, micros, at, reference FROM transfer WHERE seq < ?"
                + (account.isPresent() ? " AND (debit = ? OR credit = ?)" : "") + " ORDER BY seq DESC LIMIT ?";
        each(
                sql,
                q -> {
                    q.setLong(1, before);
                    account.ifPresent(a -> set(q, 2, a));
                    account.ifPresent(a -> set(q, 3, a));
                    q.setInt(account.isPresent() ? 4 : 2, limit);
                },
                row -> found.add(entry(row)));
        return found;
    }

    @Override
    public Optional<Entry> entry(String id) {
        var found = new ArrayList<Entry>();
        each(
                "SELECT seq, id, kind, debit, credit, currency, micros, at, reference FROM transfer WHERE id = ?",
                q -> q.setString(1, id),
                row -> found.add(entry(row)));
        return found.stream().findFirst();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                Instant.ofEpochMilli(row.getLong(8)),
                row.getString(9));
    }

    @Override
    public Map<Key, Counts> daily(By by, Instant from, Instant to, Optional<String> only) {
        var found = new HashMap<Key, Counts>();
        grouped(
                by,
                "day, " + column(by),
                from,
                to,
                only,
                row -> found.put(new Key(row.getLong(1), row.getString(2)), counts(row, 3)));
        return found;
    }

    @Override
    public Map<Part, Counts> parts(By by, Instant from, Instant to, Optional<String> only) {
        var found = new HashMap<Part, Counts>();
        grouped(
                by,
                column(by) + ", advertiser",
                from,
                to,
                only,
                row -> found.put(new Part(row.getString(1), row.getString(2)), counts(row, 3)));
        return found;
    }

    @Override
    public Map<Long, Counts> hours(Instant from, Instant to, Currency currency) {
        return hours(
                "SELECT time, " + FIGURES + " FROM count_total WHERE level = '" + Level.CURRENCY_HOUR.text()
                        + "' AND time >= ? AND time < ? AND whose = ?",
                from,
                to,
                currency.getCurrencyCode());
    }

    @Override
    public Map<Long, Counts> hours(Instant from, Instant to, String of) {
        return hours(
                "SELECT hour, " + SUMS + " FROM count_hour WHERE hour >= ? AND hour < ? AND " + column(of)
                        + " = ? GROUP BY hour",
                from,
                to,
                of);
    }

    private Map<Long, Counts> hours(String sql, Instant from, Instant to, String whose) {
        var found = new HashMap<Long, Counts>();
        each(
                sql,
                q -> {
                    q.setLong(1, hour(from));
                    q.setLong(2, hour(to));
                    q.setString(3, whose);
                },
                row -> found.put(row.getLong(1), counts(row, 2)));
        return found;
    }

    @Override
    public Map<String, long[]> weekly(LocalDate monday, int weeks) {
        var found = new HashMap<String, long[]>();
        long first = CountTables.week(monday.toEpochDay());
        each(
                "SELECT whose, time, spend FROM count_total WHERE level = '" + Level.ADVERTISER_WEEK.text()
                        + "' AND time >= ? AND time < ?",
                q -> {
                    q.setLong(1, first);
                    q.setLong(2, first + weeks);
                },
                row -> found.computeIfAbsent(row.getString(1), _ -> new long[weeks])[
                                Math.toIntExact(row.getLong(2) - first)] =
                        row.getLong(3));
        return found;
    }

    private static long hour(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 3_600L);
    }

    private static String column(By by) {
        return switch (by) {
            case ADVERTISER -> "advertiser";
            case CAMPAIGN -> "campaign";
            case AD_GROUP -> "ad_group";
            case AD -> "ad";
            case PLACEMENT -> "placement";
        };
    }

    /// Where an id stands, which its prefix says: a database finds rows by one column, and walks through all to find
    /// them by any of four.
    private static String column(String id) {
        return switch (id.substring(0, Math.max(0, id.indexOf('_')))) {
            case AdvertiserId.PREFIX -> "advertiser";
            case CampaignId.PREFIX -> "campaign";
            case AdGroupId.PREFIX -> "ad_group";
            case AdId.PREFIX -> "ad";
            default -> throw new IllegalArgumentException("no figures are kept by " + id);
        };
    }

    /// Whole days from the figures by day, and what is left of a day at either end from those by the hour.
    ///
    /// @param two columns that the figures are added up by
    private void grouped(By by, String two, Instant from, Instant to, Optional<String> only, RowVisitor visitor) {
        long begins = hour(from);
        long ends = hour(to);
        long firstDay = Math.min(Math.ceilDiv(begins, HOURS), Math.ceilDiv(ends, HOURS));
        long lastDay = Math.max(firstDay, Math.floorDiv(ends, HOURS));
        var asked = only.map(id -> " AND " + column(id) + " = ?").orElse("");
        var days = days(by, only);
        var hours = " UNION ALL SELECT hour / 24 AS day, advertiser, campaign, ad_group, ad, placement, " + FIGURES
                + " FROM count_hour WHERE hour >= ? AND hour < ?" + asked;
        each(
                "SELECT " + two + ", " + SUMS + " FROM (" + days + " WHERE day >= ? AND day < ?" + asked + hours + hours
                        + ") AS span GROUP BY 1, 2",
                q -> {
                    int at = span(q, 1, firstDay, lastDay, only);
                    at = span(q, at, begins, Math.min(ends, firstDay * HOURS), only);
                    span(q, at, Math.max(firstDay, lastDay) * HOURS, ends, only);
                },
                visitor);
    }

    /// The fewest rows that answer the question.
    private static String days(By by, Optional<String> only) {
        var level = only.map(SqlReports::column)
                        .filter(c -> !c.equals("advertiser") && !c.equals("campaign"))
                        .isPresent()
                ? Optional.<Level>empty()
                : switch (by) {
                    case ADVERTISER ->
                        only.map(SqlReports::column).filter("campaign"::equals).isPresent()
                                ? Optional.of(Level.CAMPAIGN_DAY)
                                : Optional.of(Level.ADVERTISER_DAY);
                    case CAMPAIGN -> Optional.of(Level.CAMPAIGN_DAY);
                    case AD_GROUP, AD, PLACEMENT -> Optional.<Level>empty();
                };
        var totals = level.map(l -> "(SELECT time AS day, advertiser, whose AS campaign, '' AS ad_group, '' AS ad,"
                + " '' AS placement, " + FIGURES + " FROM count_total WHERE level = '" + l.text() + "') AS total");
        return "SELECT day, advertiser, campaign, ad_group, ad, placement, " + FIGURES + " FROM "
                + totals.orElse("count_day");
    }

    private static int span(PreparedStatement query, int place, long from, long to, Optional<String> only)
            throws SQLException {
        query.setLong(place, from);
        query.setLong(place + 1, to);
        if (only.isEmpty()) {
            return place + 2;
        }
        query.setString(place + 2, only.get());
        return place + 3;
    }

    private static Counts counts(ResultSet row, int first) throws SQLException {
        return new Counts(
                row.getLong(first),
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4),
                row.getLong(first + 5),
                row.getLong(first + 6));
    }

    @Override
    public List<ImpressionState> impressions(String campaign, int limit) {
        var found = new ArrayList<ImpressionState>();
        each(
                "SELECT id, decided_at, seen, charged, body FROM impression WHERE campaign = ? ORDER BY id DESC LIMIT ?",
                q -> {
                    q.setString(1, campaign);
                    q.setInt(2, limit);
                },
                row -> found.add(impression(row)));
        return found;
    }

    @Override
    public List<ImpressionState> charged(String campaign, Instant from, Instant to, int limit) {
        var found = new ArrayList<ImpressionState>();
        each(
                "SELECT id, decided_at, seen, charged, body FROM impression WHERE campaign = ? AND charged = 1"
                        + " AND served_at >= ? AND served_at < ? ORDER BY id LIMIT ?",
                q -> {
                    q.setString(1, campaign);
                    q.setLong(2, from.toEpochMilli());
                    q.setLong(3, to.toEpochMilli());
                    q.setInt(4, limit);
                },
                row -> found.add(impression(row)));
        return found;
    }

    @Override
    public List<Hourly> hourly(String advertiser, Instant from, Instant to) {
        var found = new ArrayList<Hourly>();
        each(
                "SELECT hour, campaign, ad_group, ad, " + SUMS + " FROM count_hour WHERE hour >= ? AND hour < ?"
                        + " AND advertiser = ? GROUP BY 1, 2, 3, 4 ORDER BY 1, 4",
                q -> {
                    q.setLong(1, Math.floorDiv(from.getEpochSecond(), 3_600L));
                    q.setLong(2, Math.floorDiv(to.getEpochSecond(), 3_600L));
                    q.setString(3, advertiser);
                },
                row -> found.add(new Hourly(
                        row.getLong(1), row.getString(2), row.getString(3), row.getString(4), counts(row, 5))));
        return found;
    }

    /// By the ids of credits, which are few; an expression of the advertiser keeps a database from walking through all
    /// of its entries instead.
    @Override
    public List<Credited> credited(String advertiser, Instant from, Instant to) {
        var found = new ArrayList<Credited>();
        each(
                "SELECT i.id, i.decided_at, i.seen, i.charged, i.body, t.micros, t.at FROM transfer t"
                        + " JOIN impression i ON i.id = t.reference WHERE t.id >= 'credit/' AND t.id < 'credit0'"
                        + " AND t.advertiser || '' = ? AND i.served_at >= ? AND i.served_at < ? ORDER BY i.id",
                q -> {
                    q.setString(1, advertiser);
                    q.setLong(2, from.toEpochMilli());
                    q.setLong(3, to.toEpochMilli());
                },
                row -> found.add(new Credited(impression(row), row.getLong(6), Instant.ofEpochMilli(row.getLong(7)))));
        return found;
    }

    private static ImpressionState impression(ResultSet row) throws SQLException {
        return ImpressionCodec.read(
                row.getString(1), row.getLong(2), row.getInt(3), row.getInt(4) == 1, row.getBytes(5));
    }

    /// The ids of showings begin with their time, so that few of them are read.
    @Override
    public List<ImpressionState> billedAfter(String campaign, Instant from, Instant midnight) {
        var found = new ArrayList<ImpressionState>();
        each(
                "SELECT i.id, i.decided_at, i.seen, i.charged, i.body FROM impression i"
                        + " JOIN transfer t ON t.id = 'charge/' || i.id WHERE i.campaign = ? AND i.id >= ? AND i.id < ?"
                        + " AND i.charged = 1 AND i.served_at < ? AND t.at >= ? ORDER BY i.id",
                q -> {
                    q.setString(1, campaign);
                    q.setString(2, SortableId.of(ImpressionId.PREFIX, from.toEpochMilli(), 0, 0));
                    q.setString(
                            3,
                            SortableId.of(
                                    ImpressionId.PREFIX,
                                    midnight.plusSeconds(60).toEpochMilli(),
                                    0,
                                    0));
                    q.setLong(4, midnight.toEpochMilli());
                    q.setLong(5, midnight.toEpochMilli());
                },
                row -> found.add(impression(row)));
        return found;
    }

    @Override
    public Map<String, Long> reasons(String campaign, String sinceDay) {
        var found = new HashMap<String, Long>();
        each(
                "SELECT code, sum(times) FROM lost_day WHERE campaign = ? AND day >= ? GROUP BY code",
                q -> {
                    q.setString(1, campaign);
                    q.setString(2, sinceDay);
                },
                row -> found.put(row.getString(1), row.getLong(2)));
        return found;
    }

    @Override
    public Map<Invalid, Long> invalid(String campaign, LocalDate from, LocalDate to) {
        var found = new HashMap<Invalid, Long>();
        each(
                "SELECT kind, reason, sum(times) FROM invalid_day WHERE campaign = ? AND day >= ? AND day < ?"
                        + " GROUP BY kind, reason",
                q -> {
                    q.setString(1, campaign);
                    q.setString(2, from.toString());
                    q.setString(3, to.toString());
                },
                row -> found.put(
                        new Invalid(AdEvent.Kind.valueOf(row.getString(1)), InvalidTraffic.valueOf(row.getString(2))),
                        row.getLong(3)));
        return found;
    }

    @Override
    public Map<String, Long> reasons(LocalDate from, LocalDate to) {
        var found = new HashMap<String, Long>();
        each(
                "SELECT code, sum(times) FROM lost_day WHERE day >= ? AND day < ? AND code <> 'won' GROUP BY code",
                q -> {
                    q.setString(1, from.toString());
                    q.setString(2, to.toString());
                },
                row -> found.put(row.getString(1), row.getLong(2)));
        return found;
    }

    @Override
    public long invalid(LocalDate from, LocalDate to) {
        var found = new long[1];
        each(
                "SELECT coalesce(sum(times), 0) FROM invalid_day WHERE day >= ? AND day < ?",
                q -> {
                    q.setString(1, from.toString());
                    q.setString(2, to.toString());
                },
                row -> found[0] = row.getLong(1));
        return found[0];
    }

    /// By the beginning of their ids, so that the index of ids finds them: most movements are charges.
    @Override
    public Map<String, Long> credits(Instant from, Instant to) {
        var found = new HashMap<String, Long>();
        each(
                "SELECT currency, sum(micros) FROM transfer WHERE id >= 'credit/' AND id < 'credit0'"
                        + " AND at >= ? AND at < ? GROUP BY currency",
                q -> {
                    q.setLong(1, from.toEpochMilli());
                    q.setLong(2, to.toEpochMilli());
                },
                row -> found.put(row.getString(1), row.getLong(2)));
        return found;
    }

    /// One statement, so position and counts are of the same moment.
    @Override
    public Rendered rendered() {
        var byAd = new HashMap<String, Long>();
        var position = new long[1];
        each(
                "SELECT (SELECT value FROM meta WHERE name = 'position'), ad, sum(rendered) FROM count_day"
                        + " WHERE rendered > 0 GROUP BY ad",
                _ -> {},
                row -> {
                    position[0] = row.getLong(1);
                    byAd.put(row.getString(2), row.getLong(3));
                });
        return new Rendered(position[0], byAd);
    }

    @Override
    public Totals totals() {
        var found = new ArrayList<Totals>();
        each(
                "SELECT (SELECT value FROM meta WHERE name = 'decisions'), " + SUMS
                        + " FROM count_total WHERE level = '" + Level.ADVERTISER_WEEK.text() + "'",
                _ -> {},
                row -> found.add(new Totals(row.getLong(1), counts(row, 2))));
        return found.getFirst();
    }

    @Override
    public Sums sums() {
        var balances = new HashMap<String, Long>();
        var negative = new ArrayList<String>();
        each("SELECT kind, owner, currency, micros FROM balance", _ -> {}, row -> {
            var name = row.getString(1).toLowerCase(java.util.Locale.ROOT)
                    + (row.getString(2).isEmpty() ? "" : ":" + row.getString(2));
            balances.merge(name + " " + row.getString(3), row.getLong(4), Long::sum);
            if (row.getLong(4) < 0 && !row.getString(2).isEmpty()) {
                negative.add(name);
            }
        });
        var recomputed = new HashMap<String, Long>();
        var entries = new long[1];
        each("SELECT debit, credit, currency, sum(micros), count(*) FROM transfer GROUP BY 1, 2, 3", _ -> {}, row -> {
            recomputed.merge(row.getString(1) + " " + row.getString(3), -row.getLong(4), Long::sum);
            recomputed.merge(row.getString(2) + " " + row.getString(3), row.getLong(4), Long::sum);
            entries[0] += row.getLong(5);
        });
        var wrong = new ArrayList<String>();
        balances.forEach((name, micros) -> {
            if (recomputed.getOrDefault(name, 0L) != micros.longValue()) {
                wrong.add(name);
            }
        });
        long sum = balances.values().stream().mapToLong(Long::longValue).sum();
        return new Sums(sum, entries[0], wrong, negative);
    }

    private interface Filler {
        void fill(PreparedStatement query) throws SQLException;
    }

    private interface RowVisitor {
        void row(ResultSet row) throws SQLException;
    }

    private static void set(PreparedStatement query, int place, String text) {
        try {
            query.setString(place, text);
        } catch (SQLException e) {
            throw new StoreFailed("a report could not be asked", e);
        }
    }

    private void each(String sql, Filler filler, RowVisitor visitor) {
        session.run("a report failed", () -> {
            var query = session.statement(sql);
            filler.fill(query);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    visitor.row(rows);
                }
                return rows;
            }
        });
    }

    @Override
    public void close() {
        session.close();
    }
}
