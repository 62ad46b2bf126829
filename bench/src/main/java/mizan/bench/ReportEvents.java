package mizan.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mizan.server.accounting.LedgerBatch;
import mizan.server.accounting.LedgerBatch.Counted;
import mizan.server.accounting.LedgerBatch.Counts;
import mizan.server.accounting.LedgerStore;
import mizan.server.accounting.Turn;
import mizan.server.store.SqlLedgerStore;

/// Events of 90 days in DuckDB, and their roll-ups in a ledger of Mizan's: 1,000 ads of 500 advertisers in two
/// placements, few of them with most of the events (log-uniform).
///
/// An event has a kind (0 rendered, 1 viewable, 2 click) and, when it is the first, a price.
final class ReportEvents {
    /// 1 July 2026, in hours since 1970.
    static final long FIRST_HOUR = 20_635L * 24;

    static final int DAYS = 90;
    private static final int ADS = 1_000;
    static final int ADVERTISERS = ADS / 2;

    private final Connection duck;
    private final long events;
    private final long seed;

    ReportEvents(Connection duck, long events, long seed) {
        this.duck = duck;
        this.events = events;
        this.seed = seed;
    }

    static String id(String prefix, long number) {
        return "%s_%026d".formatted(prefix, number);
    }

    void make() throws SQLException {
        try (var statement = duck.createStatement()) {
            statement.execute("""
                    CREATE TABLE event AS
                    SELECT hour, ad, ad // 2 AS campaign, ad // 2 AS advertiser, placement, kind,
                      CASE WHEN kind = 0 THEN 2000 + hash(i, %3$d, 'price') %% 7000 ELSE 0 END AS micros
                    FROM (SELECT i, (%4$d + i * %5$d // %1$d)::BIGINT AS hour,
                        (pow(%2$d, (hash(i, %3$d, 'ad') %% 1000000) / 1000000.0) - 1)::INTEGER AS ad,
                        (hash(i, %3$d, 'place') %% 2)::TINYINT AS placement,
                        (CASE WHEN hash(i, %3$d, 'kind') %% 100 < 60 THEN 0
                          WHEN hash(i, %3$d, 'kind') %% 100 < 97 THEN 1 ELSE 2 END)::TINYINT AS kind
                      FROM range(%1$d) AS made(i))
                    """.formatted(events, ADS, seed, FIRST_HOUR, DAYS * 24L));
        }
    }

    /// Writes a day's figures at a time, as the fold would.
    ///
    /// @return hourly rows written
    long rollUp(Path ledger) throws SQLException {
        long rows = 0;
        try (var store = SqlLedgerStore.open(ledger);
                var sums = duck.prepareStatement("""
                        SELECT hour, ad, placement, count(*) FILTER (kind = 0), count(*) FILTER (kind = 1),
                          count(*) FILTER (kind = 2), sum(micros)::BIGINT
                        FROM event WHERE hour >= ? AND hour < ? GROUP BY 1, 2, 3
                        """)) {
            long writer = store.begin(LedgerStore.Role.FOLDS);
            for (int day = 0; day < DAYS; day++) {
                sums.setLong(1, FIRST_HOUR + 24L * day);
                sums.setLong(2, FIRST_HOUR + 24L * day + 24);
                var counts = new HashMap<Counted, Counts>();
                try (var row = sums.executeQuery()) {
                    while (row.next()) {
                        int ad = row.getInt(2);
                        counts.put(
                                new Counted(
                                        row.getLong(1),
                                        id("plc", row.getInt(3)),
                                        id("adv", ad / 2),
                                        id("cmp", ad / 2),
                                        id("grp", ad),
                                        id("ad", ad),
                                        "USD"),
                                ReportQuestion.counts(row, 4));
                    }
                }
                rows += counts.size();
                store.commit(
                        new Turn(writer, store.version()),
                        new LedgerBatch(
                                day, day + 1, List.of(), List.of(), List.of(), Map.of(), counts, Map.of(), Map.of(),
                                0));
            }
        }
        return rows;
    }
}
