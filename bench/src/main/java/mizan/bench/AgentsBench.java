package mizan.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mizan.core.traffic.CrawlerAgents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How many agents of crawlers and of browsers are told apart, on lists that others publish.
@Command(
        name = "agents",
        mixinStandardHelpOptions = true,
        description = {
            "Crawlers that are recognised, and browsers that are taken for some.",
            "Exit code 2 below 99 % of the crawlers, or with any browser."
        })
final class AgentsBench implements Callable<Integer> {
    private static final double ENOUGH = 0.99;
    private static final int SHOWN = 10;
    private static final int ROUNDS = 20;

    @Option(names = "--crawlers", required = true, description = "a file with one agent a line")
    private Path crawlers = Path.of("");

    @Option(names = "--browsers", required = true, description = "a file with one agent a line")
    private Path browsers = Path.of("");

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        var agents = CrawlerAgents.builtInAnd(List.of());
        var programs = read(crawlers);
        var readers = read(browsers);
        var missed = programs.stream().filter(a -> !agents.recognise(a)).toList();
        var accused = readers.stream().filter(agents::recognise).toList();
        double share = 1 - (double) missed.size() / programs.size();
        var figures = Figures.object()
                .put("crawlers", programs.size())
                .put("recognised", Math.round(share * 100_000) / 100_000.0)
                .put("browsers", readers.size())
                .put("accused", accused.size())
                .put("us_per_agent", micros(agents, programs));
        missed.stream().limit(SHOWN).forEach(figures.putArray("missed")::add);
        accused.stream().limit(SHOWN).forEach(figures.putArray("accused_agents")::add);
        output.print(figures);
        return share >= ENOUGH && accused.isEmpty() ? 0 : 2;
    }

    private static List<String> read(Path file) throws java.io.IOException {
        var lines = Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList();
        return Optional.of(lines)
                .filter(l -> !l.isEmpty())
                .orElseThrow(() -> new java.io.IOException(file + " is empty; one agent a line was expected"));
    }

    /// Of the processor, the last of twenty rounds.
    private static double micros(CrawlerAgents agents, List<String> programs) {
        var thread = ManagementFactory.getThreadMXBean();
        long took = 0;
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long began = thread.getCurrentThreadCpuTime();
            for (var agent : programs) {
                found += agents.recognise(agent) ? 1 : 0;
            }
            took = thread.getCurrentThreadCpuTime() - began;
        }
        return found < 0 ? 0 : Figures.tenth(took / 1_000.0 / programs.size());
    }
}
