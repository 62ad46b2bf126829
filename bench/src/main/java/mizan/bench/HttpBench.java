package mizan.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Decisions over real HTTP. The server, and the limit that it is compared with, are processes of their own,
/// so their CPU time is counted by the operating system and is not mixed with the load generator's.
@Command(
        name = "http",
        mixinStandardHelpOptions = true,
        description = "Decisions over HTTP, beside a constant reply of the same server and the limit of plain Java.")
final class HttpBench implements Callable<Integer> {
    @Option(names = "--ad-groups", defaultValue = "1000", description = "active ad groups (${DEFAULT-VALUE})")
    private int adGroups;

    @Option(
            names = "--inline",
            defaultValue = "0",
            description = "Arabic posts sent along, of the 20 on a page; the others are named (${DEFAULT-VALUE})")
    private int inline;

    @Option(names = "--connections", defaultValue = "16", description = "keep-alive connections (${DEFAULT-VALUE})")
    private int connections;

    @Option(names = "--warm-up", defaultValue = "16", description = "seconds (${DEFAULT-VALUE})")
    private int warmUp;

    @Option(names = "--seconds", defaultValue = "6", description = "for each measured part (${DEFAULT-VALUE})")
    private int seconds;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        var requests = new FeedRequests();
        var part = Duration.ofSeconds(seconds);
        try (var server = new Child(BenchServer.class, Integer.toString(adGroups));
                var limit = new Child(RawLimit.class)) {
            int port = Integer.parseInt(server.line());
            var decisions = new Load(port, connections, requests.decisions(20_000, inline));
            var constant = new Load(port, connections, List.of(FeedRequests.get("/health/live")));
            var raw = new Load(Integer.parseInt(limit.line()), connections, requests.decisions(1_000, inline));

            decisions.closed(Duration.ofSeconds(warmUp));
            long allocated = Long.parseLong(server.ask("allocated"));
            var most = measured(server, () -> decisions.closed(part));
            allocated = Long.parseLong(server.ask("allocated")) - allocated;
            var half = decisions.open(part, most.result().perSecond() / 2);
            var reporting = decisions.reporting();
            // Folding charges and writing receipts run for the first time here: they warm up as deciding did.
            reporting.closed(Duration.ofSeconds(warmUp / 2));
            var heard = measured(server, () -> reporting.closed(part));
            double serve = Double.parseDouble(server.ask("serve"));
            int record = Integer.parseInt(server.ask("record"));
            double append = Double.parseDouble(server.ask("append"));

            constant.closed(Duration.ofSeconds(2));
            var same = measured(server, () -> constant.closed(part.dividedBy(2)));
            raw.closed(Duration.ofSeconds(2));
            var physical = measured(limit, () -> raw.closed(part.dividedBy(2)));
            print(most, half, heard, new InProcess(serve, record, append), allocated, same, physical);
        }
        return 0;
    }

    /// @param cpuMicros CPU time of the measured process for one answer, everything it does included:
    ///     compiling, collecting garbage, folding the journal
    private record Measured(Load.Result result, double cpuMicros, double compilingMicros) {
        double perCpuSecond() {
            return 1e6 / cpuMicros;
        }
    }

    /// What the server measured of itself, without HTTP.
    ///
    /// @param recordBytes what one decision adds to the journal
    private record InProcess(double serveMicros, int recordBytes, double appendMicros) {}

    private static Measured measured(Child child, Supplier<Load.Result> load) throws IOException {
        var cpu = child.cpu();
        var compiling = child.compiling();
        var result = load.get();
        double micros = child.cpu().minus(cpu).toNanos() / 1e3;
        double compilingMicros = child.compiling().minus(compiling).toNanos() / 1e3;
        return new Measured(result, micros / result.answers(), compilingMicros / result.answers());
    }

    private void print(
            Measured most,
            Load.Result half,
            Measured heard,
            InProcess inside,
            long allocated,
            Measured constant,
            Measured limit) {
        long decisions = most.result().answers();
        output.print(Figures.object()
                .put("ad_groups", adGroups)
                .put("inline_posts", inline)
                .put("us_per_decision", Figures.tenth(most.cpuMicros()))
                .put("of_it_compiling_us", Figures.tenth(most.compilingMicros()))
                .put("decisions_per_server_cpu_second", Math.round(most.perCpuSecond()))
                .put("max_per_second", Math.round(most.result().perSecond()))
                .put("half_rate_per_second", Math.round(half.perSecond()))
                .put("p50_us", Math.round(half.micros(50)))
                .put("p99_us", Math.round(half.micros(99)))
                .put("us_per_decision_with_events", Figures.tenth(heard.cpuMicros()))
                .put("of_it_compiling_us_with_events", Figures.tenth(heard.compilingMicros()))
                .put("ads_per_decision_with_events", adsOf(heard))
                .put("ratio_to_limit", Math.round(1_000 * most.perCpuSecond() / limit.perCpuSecond()) / 1_000.0)
                .put("limit_us", Figures.tenth(limit.cpuMicros()))
                .put("constant_reply_us", Figures.tenth(constant.cpuMicros()))
                .put("serve_us", Figures.tenth(inside.serveMicros()))
                .put("edge_us", Figures.tenth(most.cpuMicros() - inside.serveMicros()))
                .put("journal_bytes_per_decision", inside.recordBytes())
                .put("journal_append_us", Figures.tenth(inside.appendMicros()))
                .put("allocation_bytes_per_decision", allocated / decisions)
                .put("ads_per_decision", adsOf(most)));
    }

    private static double adsOf(Measured measured) {
        return Math.round(100.0 * measured.result().ads() / measured.result().answers()) / 100.0;
    }
}
