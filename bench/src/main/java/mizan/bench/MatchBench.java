package mizan.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which ad groups a request matches, all of them, on one thread: the targeting index beside a plain scan of
/// the same campaigns in the same run. Both must find the same, or there is nothing to compare.
@Command(
        name = "match",
        mixinStandardHelpOptions = true,
        description = "All ad groups that match a request, on one thread, beside a plain scan.")
final class MatchBench implements Callable<Integer> {
    private static final int EVENTS = 2_000;
    private static final int FIRST = 8;
    private static final int ROUNDS = 5;
    /// Campaigns that the scan reads at most: about three seconds.
    private static final long SCANNED = 50_000_000;

    private static final long WARM_UP_NANOS = 2_000_000_000;

    @Option(names = "--ad-groups", defaultValue = "100000", description = "ad groups of MTW-1 (${DEFAULT-VALUE})")
    private int adGroups;

    @Option(names = "--workload", description = "a folder with campaigns-*.jsonl and events.jsonl, in place of MTW-1")
    private Optional<Path> workload = Optional.empty();

    @Option(names = "--events", description = "requests measured (2000, or all of the workload's)")
    private Optional<Integer> events = Optional.empty();

    @Option(names = "--seed", description = "seed of MTW-1 (${DEFAULT-VALUE})")
    private long seed = MtwGenerator.SEED;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        var mtw = workload.isPresent()
                ? MtwFiles.read(workload.get())
                : MtwGenerator.generate(adGroups, events.orElse(EVENTS), seed);
        var asked = mtw.events()
                .subList(
                        0,
                        Math.min(
                                events.orElse(mtw.events().size()), mtw.events().size()));
        return measure(mtw.campaigns(), asked);
    }

    private int measure(List<Mtw.Campaign> campaigns, List<Mtw.Event> asked) {
        long before = heap();
        long began = cpu();
        var index = new MtwIndex(campaigns);
        long built = cpu() - began;
        long bytes = heap() - before;

        var scanned =
                asked.subList(0, (int) Math.min(asked.size(), Math.max(1, SCANNED / Math.max(1, campaigns.size()))));
        ToLongFunction<Mtw.Event> byIndex = e -> index.all(e).fingerprint();
        ToLongFunction<Mtw.Event> byScan = e -> scan(campaigns, e);
        ToLongFunction<Mtw.Event> first = e -> index.first(e, FIRST).fingerprint();
        warmUp(asked, byIndex);
        warmUp(asked, first);
        warmUp(scanned, byScan);
        var found = run(asked, byIndex, ROUNDS);
        var foundFirst = run(asked, first, ROUNDS);
        var peer = run(scanned, byScan, 1);
        boolean equal = run(scanned, byIndex, 1).fingerprint() == peer.fingerprint();
        long matches = asked.stream().mapToLong(e -> index.all(e).count()).sum();

        output.print(Figures.object()
                .put("ad_groups", campaigns.size())
                .put("events", asked.size())
                .put("us_per_event", Figures.tenth(found.micros()))
                .put("scan_us_per_event", Figures.tenth(peer.micros()))
                .put("scan_events", scanned.size())
                .put("ratio_to_scan", Figures.tenth(peer.micros() / found.micros()))
                .put("same_as_scan", equal)
                .put("fingerprint", "%016x".formatted(found.fingerprint()))
                .put("matches_per_event", Figures.tenth((double) matches / asked.size()))
                .put("first_8_us_per_event", Figures.tenth(foundFirst.micros()))
                .put("build_ms", built / 1_000_000)
                .put("bytes_per_ad_group", bytes / campaigns.size()));
        return equal ? 0 : 2;
    }

    private static long scan(List<Mtw.Campaign> campaigns, Mtw.Event event) {
        long fingerprint = 0;
        for (var campaign : campaigns) {
            if (MtwScan.matches(campaign, event)) {
                fingerprint += Mtw.mix(campaign.id());
            }
        }
        return fingerprint;
    }

    /// @param micros thread CPU time for one event, the median of the rounds
    private record Run(double micros, long fingerprint) {}

    private static Run run(List<Mtw.Event> asked, ToLongFunction<Mtw.Event> match, int rounds) {
        var micros = new double[rounds];
        long fingerprint = 0;
        for (int round = 0; round < rounds; round++) {
            fingerprint = 0;
            long began = cpu();
            for (var event : asked) {
                fingerprint += match.applyAsLong(event);
            }
            micros[round] = (cpu() - began) / 1e3 / asked.size();
        }
        Arrays.sort(micros);
        return new Run(micros[rounds / 2], fingerprint);
    }

    private static void warmUp(List<Mtw.Event> asked, ToLongFunction<Mtw.Event> match) {
        long end = cpu() + WARM_UP_NANOS;
        while (cpu() < end) {
            run(asked.subList(0, Math.min(asked.size(), 50)), match, 1);
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
