package mizan.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import mizan.server.reporting.Reports;
import mizan.server.store.SqlReports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How long a report takes from the roll-ups that are written when events are folded, beside DuckDB over the events
/// themselves. Every answer is compared: a time counts only when both say the same.
@Command(
        name = "reports",
        mixinStandardHelpOptions = true,
        description = "Reports from roll-ups, beside DuckDB over the same events; 50 million with --events 50000000.")
final class ReportsBench implements Callable<Integer> {
    @Option(names = "--events", description = "events of 90 days (default: ${DEFAULT-VALUE})")
    private long events = 1_000_000;

    @Option(names = "--rounds", description = "times that each question is asked here (default: ${DEFAULT-VALUE})")
    private int rounds = 20;

    @Option(names = "--duckdb-rounds", description = "times that DuckDB is asked each (default: ${DEFAULT-VALUE})")
    private int duckRounds = 3;

    @Option(names = "--seed", description = "of events and questions (default: ${DEFAULT-VALUE})")
    private long seed = 228;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("mizan-reports");
        try (var duck = open("jdbc:duckdb:" + folder.resolve("events.duckdb"))) {
            var data = new ReportEvents(duck, events, seed);
            data.make();
            long began = System.nanoTime();
            long rows = data.rollUp(folder.resolve("ledger.db"));
            double seconds = (System.nanoTime() - began) / 1e9;
            try (var reports = SqlReports.open(folder.resolve("ledger.db"))) {
                var figures = Figures.object()
                        .put("events", events)
                        .put("hourly_rows", rows)
                        .put("rolled_up_seconds", Figures.tenth(seconds));
                var times = compare(duck, reports);
                figures.put("rollup_cpu_p95_ms", Figures.tenth(at(sorted(List.of(cpuMillis)), .95)));
                times.forEach((name, of) -> {
                    figures.putObject(name)
                            .put("rollup_p50_ms", Figures.tenth(at(of.ours(), .5)))
                            .put("rollup_p95_ms", Figures.tenth(at(of.ours(), .95)))
                            .put("duckdb_p50_ms", Figures.tenth(at(of.duck(), .5)))
                            .put("duckdb_p95_ms", Figures.tenth(at(of.duck(), .95)));
                });
                output.print(figures);
            }
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return 0;
    }

    private static Connection open(String url) {
        try {
            var duck = DriverManager.getConnection(url);
            try (var settings = duck.createStatement()) {
                settings.execute("SET threads = 2; SET memory_limit = '1GB'; SET preserve_insertion_order = false");
            }
            return duck;
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "DuckDB is not there. It is beside Mizan in ./mizan bench reports only.", e);
        }
    }

    /// Milliseconds, sorted.
    private record Times(List<Double> ours, List<Double> duck) {}

    /// Of the thread that asks, in which SQLite works too: what the answers take where nobody else uses the machine.
    private final List<Double> cpuMillis = new ArrayList<>();

    private Map<String, Times> compare(Connection duck, Reports reports) throws SQLException {
        var threads = ManagementFactory.getThreadMXBean();
        var random = new SplittableRandom(seed);
        var ours = new LinkedHashMap<String, List<Double>>();
        var theirs = new LinkedHashMap<String, List<Double>>();
        for (int round = 0; round < rounds; round++) {
            for (var question : ReportQuestion.all(random)) {
                long began = System.nanoTime();
                long cpu = threads.getCurrentThreadCpuTime();
                var answer = question.ask(reports);
                cpuMillis.add((threads.getCurrentThreadCpuTime() - cpu) / 1e6);
                ours.computeIfAbsent(question.name(), _ -> new ArrayList<>()).add((System.nanoTime() - began) / 1e6);
                if (round >= duckRounds) {
                    continue;
                }
                began = System.nanoTime();
                var expected = question.ask(duck);
                theirs.computeIfAbsent(question.name(), _ -> new ArrayList<>()).add((System.nanoTime() - began) / 1e6);
                if (!answer.equals(expected)) {
                    throw new IllegalStateException(question + ": " + answer.size() + " rows here, " + expected.size()
                            + " in DuckDB, and they differ");
                }
            }
        }
        var times = new LinkedHashMap<String, Times>();
        times.put("all", new Times(sorted(ours.values()), sorted(theirs.values())));
        ours.forEach((name, millis) ->
                times.put(name, new Times(sorted(List.of(millis)), sorted(List.of(theirs.get(name))))));
        return times;
    }

    private static List<Double> sorted(Collection<List<Double>> millis) {
        return millis.stream().flatMap(List::stream).sorted().toList();
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get(Math.clamp((int) Math.ceil(share * sorted.size()) - 1, 0, sorted.size() - 1));
    }
}
