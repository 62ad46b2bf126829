package mizan.bench;

import java.lang.management.ManagementFactory;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import mizan.server.store.Postgres;
import mizan.server.store.SqlLedgerStore;
import mizan.server.store.SqlReports;
import mizan.sim.postgres.LocalPostgres;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// One budget, reserved from and settled: through leases and the fold, beside a row of PostgreSQL's that every
/// reservation and every settlement updates. The same server, the same run.
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = {
            "Reservations with their settlement a second on one budget in PostgreSQL: through leases, each impression",
            "with its own entries in the ledger, beside one row that each of the two updates and commits.",
            "Starts a PostgreSQL server of its own; needs its programs (Debian: postgresql)."
        })
final class LedgerBench implements Callable<Integer> {
    private static final long PRICE = 2_000;

    @Option(names = "--rounds", defaultValue = "4", description = "of both, in turns (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--impressions", defaultValue = "20000", description = "in each round (${DEFAULT-VALUE})")
    private int impressions;

    @Option(names = "--updates", defaultValue = "300", description = "of the row, in each round (${DEFAULT-VALUE})")
    private int updates;

    @Mixin
    private Figures output = new Figures();

    /// Work done, the time that passed and the CPU time of the thread that did it, in nanoseconds.
    private record Measured(long pairs, long nanos, long cpu) {
        static final Measured NONE = new Measured(0, 0, 0);

        Measured plus(Measured more) {
            return new Measured(pairs + more.pairs, nanos + more.nanos, cpu + more.cpu);
        }

        double aSecond() {
            return pairs * 1e9 / nanos;
        }

        double cpuMicros() {
            return cpu / 1e3 / pairs;
        }
    }

    private interface Work {
        long pairs() throws SQLException;
    }

    @Override
    public Integer call() throws Exception {
        var programs = LocalPostgres.programs();
        if (programs.isEmpty()) {
            System.err.println("mizan: PostgreSQL is not here. Next: apt-get install postgresql.");
            return 1;
        }
        try (var server = LocalPostgres.start(programs.get())) {
            measure(server.database());
        }
        return 0;
    }

    private void measure(String address) throws SQLException {
        var postgres = Postgres.at(address);
        var byRow = Measured.NONE;
        var byLease = Measured.NONE;
        try (var store = SqlLedgerStore.open(postgres, "ledger", "bench");
                var row = new BudgetRow(address)) {
            var budget = new LeasedBudget(store, 1L << 50);
            leased(budget);
            row.update(updates / 10);
            for (int round = 0; round < rounds; round++) {
                byRow = byRow.plus(measured(() -> row.update(updates)));
                byLease = byLease.plus(measured(() -> leased(budget)));
            }
        }
        var figures = Figures.object();
        figures.put("by_row_a_second", Math.round(byRow.aSecond()));
        figures.put("by_lease_a_second", Math.round(byLease.aSecond()));
        figures.put("times_the_row", Figures.tenth(byLease.aSecond() / byRow.aSecond()));
        figures.put("by_row_cpu_micros", Figures.tenth(byRow.cpuMicros()));
        figures.put("by_lease_cpu_micros", Figures.tenth(byLease.cpuMicros()));
        try (var reports = SqlReports.open(postgres, "ledger")) {
            var sums = reports.sums();
            figures.put("entries", sums.entries());
            figures.put("ledger_sum", sums.ledgerSum());
        }
        output.print(figures);
    }

    private static Measured measured(Work work) throws SQLException {
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long from = System.nanoTime();
        long pairs = work.pairs();
        return new Measured(pairs, System.nanoTime() - from, threads.getCurrentThreadCpuTime() - cpu);
    }

    /// Each is held, shown, heard of and settled. The journal, which both need, is left out of both.
    private long leased(LeasedBudget budget) {
        var now = Instant.parse("2026-11-24T10:00:00Z");
        var shown = new ArrayList<LeasedBudget.Shown>();
        for (int i = 0; i < impressions; i++) {
            shown.add(budget.show(PRICE, now));
            if (shown.size() == 5_000 || i == impressions - 1) {
                budget.settle(shown, now);
                shown.clear();
            }
        }
        return impressions;
    }

    /// What a budget kept in one row costs.
    private static final class BudgetRow implements AutoCloseable {
        private final java.sql.Connection connection;

        BudgetRow(String address) throws SQLException {
            connection = DriverManager.getConnection(address);
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE budget (id int PRIMARY KEY, total bigint, held bigint, spent bigint)");
                statement.execute("INSERT INTO budget VALUES (1, " + (1L << 50) + ", 0, 0)");
            }
        }

        long update(int pairs) throws SQLException {
            try (var reserve = connection.prepareStatement(
                            "UPDATE budget SET held = held + ? WHERE id = 1 AND held + spent + ? <= total");
                    var settle = connection.prepareStatement(
                            "UPDATE budget SET held = held - ?, spent = spent + ? WHERE id = 1")) {
                for (int i = 0; i < pairs; i++) {
                    for (var statement : new java.sql.PreparedStatement[] {reserve, settle}) {
                        statement.setLong(1, PRICE);
                        statement.setLong(2, PRICE);
                        if (statement.executeUpdate() != 1) {
                            throw new IllegalStateException("the budget is spent");
                        }
                    }
                }
            }
            return pairs;
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
