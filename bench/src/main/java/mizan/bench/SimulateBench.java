package mizan.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import mizan.sim.market.ReportFolder;
import mizan.sim.market.Scenario;
import mizan.sim.market.Simulation;
import mizan.sim.market.TrafficShape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A simulated market through the real engine, and a folder to look at.
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "A seeded market of readers and advertisers through the real engine; writes a report.")
final class SimulateBench implements Callable<Integer> {
    @Option(names = "--seed", defaultValue = "1", description = "the same seed gives the same history")
    private long seed;

    @Option(names = "--days", defaultValue = "1", description = "simulated days (${DEFAULT-VALUE})")
    private int days;

    @Option(names = "--campaigns", defaultValue = "24", description = "with budgets (${DEFAULT-VALUE})")
    private int campaigns;

    @Option(names = "--feeds", defaultValue = "50000", description = "pages of 20 posts a day (${DEFAULT-VALUE})")
    private double feeds;

    @Option(names = "--spike", description = "five times the traffic for 20 minutes")
    private boolean spike;

    @Option(names = "--outage", description = "no traffic for 30 minutes")
    private boolean outage;

    @Option(names = "--ramadan", description = "the day's rhythm of Ramadan")
    private boolean ramadan;

    @Option(names = "--to", defaultValue = "target/market", description = "folder of the report (${DEFAULT-VALUE})")
    private Path folder = Path.of("target/market");

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        var scenario = Scenario.of(seed, days, campaigns, feeds)
                .during(ramadan ? TrafficShape.Rhythm.RAMADAN : TrafficShape.Rhythm.USUAL);
        scenario = spike ? scenario.withSpike() : scenario;
        scenario = outage ? scenario.withOutage() : scenario;
        var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long began = machine.getProcessCpuTime();
        var outcome = Simulation.play(scenario);
        double cpu = (machine.getProcessCpuTime() - began) / 1e9;
        ReportFolder.write(outcome, folder);
        var figures = ReportFolder.json(outcome);
        figures.remove("campaigns");
        figures.put("report", folder.toAbsolutePath().toString())
                .put("cpu_seconds", Figures.tenth(cpu))
                .put("cpu_us_per_feed_with_start_up", Math.round(cpu * 1e6 / Math.max(1, outcome.feeds())));
        output.print(figures);
        return outcome.breaches() == 0 && outcome.overspentMicros() == 0 && outcome.ledgerHolds() ? 0 : 2;
    }
}
