package mizan.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mizan.core.campaign.CampaignId;
import mizan.core.receipt.AdEvent;
import mizan.core.traffic.InvalidTraffic;
import mizan.server.accounting.LedgerBatch;
import mizan.server.accounting.LedgerStore;
import mizan.server.accounting.Turn;
import mizan.server.reporting.Reports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A ledger of an earlier build.
class LedgerUpgradeTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-24");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void givenALedgerWithoutInvalidTraffic_whenOpened_thenItCountsItFromNowOn() throws Exception {
        var file = ofTheFirstVersion();
        var campaign = new CampaignId("cmp_00000000000000000000000001");
        var invalid = new LedgerBatch.Invalid(DAY, campaign, AdEvent.Kind.CLICK, InvalidTraffic.CRAWLER);
        try (var store = SqlLedgerStore.open(file);
                var reports = SqlReports.open(file)) {
            long writer = store.begin(LedgerStore.Role.FOLDS);
            for (long from = 0; from < 2; from++) {
                store.commit(
                        new Turn(writer, from),
                        new LedgerBatch(
                                from,
                                from + 1,
                                List.of(),
                                List.of(),
                                List.of(),
                                Map.of(),
                                Map.of(),
                                Map.of(),
                                Map.of(invalid, 3L),
                                0));
            }
            assertEquals(
                    Map.of(new Reports.Invalid(AdEvent.Kind.CLICK, InvalidTraffic.CRAWLER), 6L),
                    reports.invalid(campaign.value(), DAY, DAY.plusDays(1)));
        }
    }

    @Test
    void givenALedgerOfHourlyFigures_whenOpened_thenReportsOfDaysAndWeeksAreTheirSums() throws Exception {
        var file = ofTheFirstVersion(
                "INSERT INTO balance (kind, owner, currency, micros) VALUES ('ADVERTISER_FUNDS', 'adv_1', 'USD', 5)",
                "INSERT INTO count_hour VALUES (480010, 'ad_1', 'plc_1', 'adv_1', 'cmp_1', 'grp_1', 9, 8, 7, 1, 0, 8, 400)",
                "INSERT INTO count_hour VALUES (480020, 'ad_1', 'plc_1', 'adv_1', 'cmp_1', 'grp_1', 1, 1, 0, 0, 0, 1, 50)");
        var day = LocalDate.ofEpochDay(20_000);
        var both = new LedgerBatch.Counts(10, 9, 7, 1, 0, 9, 450);
        SqlLedgerStore.open(file).close();
        try (var reports = SqlReports.open(file)) {
            var from = day.atStartOfDay(ZoneOffset.UTC).toInstant();
            var to = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            for (var by : Reports.By.values()) {
                assertEquals(
                        List.of(both),
                        List.copyOf(
                                reports.parts(by, from, to, Optional.empty()).values()),
                        by.name());
            }
            assertEquals(2, reports.hours(from, to, Currency.getInstance("USD")).size());
            assertEquals(450, reports.weekly(day.with(DayOfWeek.MONDAY), 1).getOrDefault("adv_1", new long[1])[0]);
            assertEquals(both, reports.totals().counts());
        }
    }

    /// A file as the first version wrote it.
    private Path ofTheFirstVersion(String... rows) throws Exception {
        var file = folder.resolve("ledger.db");
        try (var script = SqlLedgerStore.class.getResourceAsStream("/mizan/store/ledger/1.sql");
                var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            var sql = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            for (var one : sql.split(";\\s*\\n")) {
                if (!one.isBlank()) {
                    statement.execute(one);
                }
            }
            for (var row : rows) {
                statement.execute(row);
            }
            statement.execute("PRAGMA user_version=1");
        }
        return file;
    }
}
