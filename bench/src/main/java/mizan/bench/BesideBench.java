package mizan.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// Decisions over HTTP by this build and by another one, in turn by seconds: whatever else a shared machine does in
/// these minutes, it does to both, so their ratio can be believed where neither figure can.
@Command(
        name = "beside",
        mixinStandardHelpOptions = true,
        description = "Decisions over HTTP by this build and by another one in turn; needs Linux.")
final class BesideBench implements Callable<Integer> {
    @Option(names = "--other", required = true, description = "mizan.jar of the other build, beside its lib/")
    private Path other = Path.of("");

    @Option(names = "--ad-groups", defaultValue = "10000", description = "active ad groups (${DEFAULT-VALUE})")
    private int adGroups;

    @Option(names = "--connections", defaultValue = "16", description = "keep-alive connections (${DEFAULT-VALUE})")
    private int connections;

    @Option(names = "--warm-up", defaultValue = "12", description = "seconds for each (${DEFAULT-VALUE})")
    private int warmUp;

    @Option(names = "--turns", defaultValue = "4", description = "of two seconds for each (${DEFAULT-VALUE})")
    private int turns;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        var groups = Integer.toString(adGroups);
        try (var one = new Child(BenchServer.class, groups);
                var two = new Child(other.toString(), BenchServer.class, groups)) {
            var requests = new FeedRequests().decisions(20_000, 0);
            var mine = new Build(one, new Load(Integer.parseInt(one.line()), connections, requests));
            var theirs = new Build(two, new Load(Integer.parseInt(two.line()), connections, requests));
            var builds = List.of(mine, theirs);
            for (int second = 0; second < warmUp; second += 4) {
                for (var build : builds) {
                    build.load.closed(Duration.ofSeconds(4));
                }
            }
            for (int turn = 0; turn < turns; turn++) {
                for (var build : builds) {
                    build.turn(Duration.ofSeconds(2));
                }
            }
            var figures = Figures.object().put("ad_groups", adGroups);
            figures.set("this", mine.figures());
            figures.set("other", theirs.figures());
            output.print(figures.put("ratio", Math.round(1_000 * mine.micros() / theirs.micros()) / 1_000.0));
        }
        return 0;
    }

    /// One of the two, with what its turns have added up to.
    private static final class Build {
        private final Child server;
        private final Load load;
        private final List<Double> microsByTurn = new ArrayList<>();
        private long nanos;
        private long folding;
        private long collecting;
        private long allocated;
        private long decisions;

        Build(Child server, Load load) {
            this.server = server;
            this.load = load;
        }

        void turn(Duration time) throws IOException {
            var before = server.nanosByThread();
            long allocatedBefore = Long.parseLong(server.ask("allocated"));
            long answers = load.closed(time).answers();
            allocated += Long.parseLong(server.ask("allocated")) - allocatedBefore;
            var after = server.nanosByThread();
            long took = took(before, after, "") - took(before, after, "C1 ") - took(before, after, "C2 ");
            nanos += took;
            folding += took(before, after, "mizan-tick");
            collecting += took(before, after, "GC ") + took(before, after, "G1 ");
            decisions += answers;
            microsByTurn.add(took / 1e3 / answers);
        }

        private static long took(Map<String, Long> before, Map<String, Long> after, String name) {
            return after.entrySet().stream()
                    .filter(thread -> thread.getKey().startsWith(name))
                    .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                    .sum();
        }

        /// CPU time of one decision, everything included but compiling.
        double micros() {
            return nanos / 1e3 / decisions;
        }

        ObjectNode figures() {
            Collections.sort(microsByTurn);
            return Figures.object()
                    .put("us_per_decision_without_compiling", Figures.tenth(micros()))
                    .put("of_it_folding_us", Figures.tenth(folding / 1e3 / decisions))
                    .put("of_it_collecting_us", Figures.tenth(collecting / 1e3 / decisions))
                    .put("median_turn_us", Figures.tenth(microsByTurn.get(microsByTurn.size() / 2)))
                    .put("allocation_bytes_per_decision", allocated / decisions)
                    .put("decisions", decisions);
        }
    }
}
