package mizan.bench;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import mizan.sim.oracle.RandomFeeds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Promise 2 looked at from outside: random feeds filled by the real code, and an oracle that shares none of it.
@Command(
        name = "oracle",
        mixinStandardHelpOptions = true,
        description = "Random feeds under random terms: ads that stand beside what their terms exclude.")
final class OracleBench implements Callable<Integer> {
    @Option(names = "--feeds", defaultValue = "100000", description = "pages to fill at least (${DEFAULT-VALUE})")
    private long feeds;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "of the first market; the next has the next (${DEFAULT-VALUE})")
    private long seed;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() {
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        var tally = RandomFeeds.Tally.NOTHING;
        long next = seed;
        while (tally.feeds() < feeds) {
            tally = tally.and(RandomFeeds.play(next++));
        }
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        var figures = Figures.object()
                .put("seed", seed)
                .put("last_seed", next - 1)
                .put("feeds", tally.feeds())
                .put("ads", tally.ads())
                .put("page_seams", tally.seams())
                .put("edits", tally.edits())
                .put("cpu_us_per_feed", Figures.tenth(cpu / 1e3 / tally.feeds()))
                .put("violations", tally.violations().size());
        var first = figures.putArray("first_violations");
        tally.violations().stream().limit(10).forEach(first::add);
        output.print(figures);
        return tally.violations().isEmpty() ? 0 : 2;
    }
}
