package mizan.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
            statement.execute("PRAGMA user_version=1");
        }
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
}
