package mizan.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import mizan.server.app.Engine;
import mizan.server.serve.LeaseRules;
import mizan.sim.story.MovableClock;
import mizan.sim.story.Story;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// Decisions in process, on one thread: match, judge, arrange, price, hold, write the record.
@Command(name = "decide", mixinStandardHelpOptions = true, description = "Decisions in process, on one thread.")
final class DecideBench implements Callable<Integer> {
    private static final int WARM_UP = 4_000;

    @Option(names = "--ad-groups", defaultValue = "1000", description = "active ad groups (${DEFAULT-VALUE})")
    private int adGroups;

    @Option(names = "--decisions", defaultValue = "1500", description = "measured decisions (${DEFAULT-VALUE})")
    private int decisions;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        output.print(run());
        return 0;
    }

    private ObjectNode run() throws Exception {
        var folder = Files.createTempDirectory("mizan-bench");
        var clock = new MovableClock(Instant.now());
        var threads = ManagementFactory.getThreadMXBean();
        try (var engine = Engine.embedded(
                folder, new LeaseRules(Duration.ofHours(1), Duration.ofMinutes(15)), clock, new SplittableRandom(1))) {
            var story = new Story(engine, clock, 1);
            story.begin(adGroups, clock.instant().minusSeconds(60));
            clock.set(clock.instant().plusSeconds(60));
            for (int i = 0; i < WARM_UP; i++) {
                story.page("warm_" + i);
            }
            engine.settle();
            var nanos = new long[decisions];
            long examined = 0;
            long shown = 0;
            long cpu = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < decisions; i++) {
                long began = System.nanoTime();
                var answered = story.page("bench_" + i);
                nanos[i] = System.nanoTime() - began;
                examined += answered.record().facts().size();
                shown += answered.shown().size();
            }
            double used = (threads.getCurrentThreadCpuTime() - cpu) / 1e3 / decisions;
            long journal = engine.journal().end();
            Arrays.sort(nanos);
            return Figures.object()
                    .put("ad_groups", adGroups)
                    .put("decisions", decisions)
                    .put("us_per_decision", Figures.tenth(used))
                    .put("p50_us", nanos[decisions / 2] / 1_000)
                    .put("p99_us", nanos[decisions * 99 / 100] / 1_000)
                    .put("examined_per_decision", Math.round(examined * 10.0 / decisions) / 10.0)
                    .put("ads_per_decision", Math.round(shown * 100.0 / decisions) / 100.0)
                    .put("journal_bytes_per_decision", journal / (decisions + WARM_UP));
        }
    }
}
