package mizan.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.Placement;
import mizan.core.campaign.Touched;
import mizan.core.decision.Bounds;
import mizan.core.decision.Decider;
import mizan.core.decision.Live;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedRequest;
import mizan.core.frequency.FrequencyCounts;
import mizan.core.ledger.Lease;
import mizan.core.prediction.BetaPrior;
import mizan.core.prediction.ClickEstimate;
import mizan.core.prediction.ClickLearner;
import mizan.core.prediction.ClickPredictor;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.LeaseRequest;
import mizan.server.accounting.Leases;
import mizan.server.accounting.Tokens;
import mizan.server.http.Ids;
import mizan.server.journal.FolderDisk;
import mizan.server.journal.Journal;
import mizan.server.serve.FactLog;
import mizan.server.serve.LeaseRules;
import mizan.server.serve.LiveState;
import mizan.server.serve.Pace;
import mizan.server.serve.PaceStore;
import mizan.server.serve.ServeAds;
import mizan.server.serve.Snapshots;
import mizan.sim.store.MemoryLedgerStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// Decisions in process, on one thread, in CPU time: first the decision alone, beside the plain scan of the
/// same run; then served, with hold, tokens and journal.
@Command(name = "decide", mixinStandardHelpOptions = true, description = "Decisions in process, on one thread.")
final class DecideBench implements Callable<Integer> {
    private static final int PAGES = 2_000;
    private static final long SEED = 20_261_124;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Option(names = "--ad-groups", defaultValue = "10000", description = "active ad groups (${DEFAULT-VALUE})")
    private int adGroups;

    @Option(names = "--decisions", defaultValue = "4000", description = "measured decisions (${DEFAULT-VALUE})")
    private int decisions;

    @Option(
            names = "--holdouts",
            defaultValue = "0",
            description = "campaigns that hold a tenth of the readers out, in percent (${DEFAULT-VALUE})")
    private int holdouts;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        output.print(run());
        return 0;
    }

    /// Fewer in a larger market, so that it ends within a minute.
    private int warmUp() {
        return 6_000;
    }

    private ObjectNode run() throws IOException {
        var book = LargeBook.of(adGroups, SEED, holdouts);
        var pages = LargeBook.pages(book, PAGES, SEED + 1);
        var snapshots = new Snapshots();
        snapshots.publish(book, Touched.all(book));
        var snapshot = snapshots.current().snapshot();
        var leases = new Leases();
        lend(snapshot, leases);
        var counts = new FrequencyCounts(100_000);
        var clicks = clicks(snapshot);
        var live = new LiveState(leases, counts, new Pace(PaceStore.NONE), clicks, snapshots);
        var figures = Figures.object()
                .put("ad_groups", adGroups)
                .put("holdouts_percent", holdouts)
                .put("decisions", decisions);
        // Serving comes first: it fills the counts that caps are judged by.
        var served = serve(live, snapshots, pages);
        // As the engine does when pace has moved far.
        var ordered = snapshot.merged(new Paced(live.at(snapshot, LargeBook.NOW, SEED), snapshot).bounds(snapshot));
        var paced = new Paced(live.at(ordered, LargeBook.NOW, SEED), ordered);
        double alone = alone(figures, pages, ordered, paced);
        double plain = plain(pages, ordered, paced);
        return figures.put("plain_scan_us", Figures.tenth(plain))
                .put("ratio_to_limit", Figures.tenth(plain / alone))
                .setAll(served);
    }

    /// The engine's live facts, with a pace of each campaign's own: log-uniform down to e^-3, one in four
    /// unpaced.
    private static final class Paced implements Live {
        private final Live live;
        private final Map<CampaignId, Double> multipliers;
        private final Bounds bounds;

        Paced(Live live, Snapshot snapshot) {
            this.live = live;
            this.multipliers = new HashMap<>();
            for (var entry : snapshot.entries()) {
                var campaign = entry.campaign().id();
                var random = new SplittableRandom(campaign.value().hashCode()).split();
                multipliers.put(campaign, random.nextInt(4) == 0 ? 1 : Math.exp(-3 * random.nextDouble()));
            }
            bounds = Bounds.of(snapshot, this);
        }

        private Paced(Live live, Map<CampaignId, Double> multipliers, Bounds bounds) {
            this.live = live;
            this.multipliers = multipliers;
            this.bounds = bounds;
        }

        @Override
        public Live prepared(FeedRequest request) {
            return new Paced(live.prepared(request), multipliers, bounds);
        }

        @Override
        public Available available(AdGroupId group) {
            return live.available(group);
        }

        @Override
        public int shown(String viewerKey, String scope, Duration window, Instant now) {
            return live.shown(viewerKey, scope, window, now);
        }

        @Override
        public double multiplier(AdGroup group) {
            return multipliers.getOrDefault(group.campaign(), 1.0);
        }

        @Override
        public ClickEstimate clickEstimate(Ad ad, Placement placement) {
            return live.clickEstimate(ad, placement);
        }

        @Override
        public double maxClickRate(AdGroup group) {
            return live.maxClickRate(group);
        }

        @Override
        public Bounds bounds(Snapshot snapshot) {
            return bounds;
        }
    }

    private double alone(ObjectNode figures, List<FeedRequest> pages, Snapshot snapshot, Live live) {
        for (int i = 0; i < warmUp(); i++) {
            Decider.decide(pages.get(i % PAGES), snapshot, live, LargeBook.NOW, i);
        }
        var nanos = new long[decisions];
        long examined = 0;
        long shown = 0;
        long ghosts = 0;
        int cut = 0;
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long cpu = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < decisions; i++) {
            long began = System.nanoTime();
            var decision = Decider.decide(pages.get(i % PAGES), snapshot, live, LargeBook.NOW, warmUp() + i);
            nanos[i] = System.nanoTime() - began;
            examined += decision.examined().size();
            shown += decision.winners().size();
            ghosts += decision.ghosts().size();
            cut += decision.exact() ? 0 : 1;
        }
        double mean = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e3 / decisions;
        double allocated = (double) (THREADS.getCurrentThreadAllocatedBytes() - bytes) / decisions;
        Arrays.sort(nanos);
        figures.put("us_per_decision", Figures.tenth(mean))
                .put("p50_wall_us", Figures.tenth(nanos[decisions / 2] / 1e3))
                .put("p99_wall_us", Figures.tenth(nanos[decisions * 99 / 100] / 1e3))
                .put("examined_per_decision", Figures.tenth((double) examined / decisions))
                .put("ads_per_decision", Math.round(shown * 100.0 / decisions) / 100.0)
                .put("ghosts_per_decision", Math.round(ghosts * 1_000.0 / decisions) / 1_000.0)
                .put("searches_cut_short", cut)
                .put("allocated_bytes_per_decision", Math.round(allocated));
        return mean;
    }

    private double plain(List<FeedRequest> pages, Snapshot snapshot, Live live) {
        int times = Math.clamp(4_000_000L / adGroups, 4, 1_000);
        for (int i = 0; i < times / 2; i++) {
            new PlainScan(pages.get(i), live, LargeBook.NOW).decide(snapshot);
        }
        long cpu = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            new PlainScan(pages.get(i), live, LargeBook.NOW).decide(snapshot);
        }
        return (THREADS.getCurrentThreadCpuTime() - cpu) / 1e3 / times;
    }

    private ObjectNode serve(LiveState live, Snapshots snapshots, List<FeedRequest> pages) throws IOException {
        var folder = Files.createTempDirectory("mizan-bench");
        var random = new SplittableRandom(SEED);
        try (var journal = Journal.open(FolderDisk.open(folder), 64L << 20)) {
            var serving = new ServeAds(
                    snapshots,
                    live,
                    new Accountant(new MemoryLedgerStore(), live.leases()),
                    new FactLog(journal),
                    new Tokens.KeyRing(1, Map.of(1, Tokens.KeyRing.key(new byte[32]))),
                    new LeaseRules(Duration.ofHours(1), Duration.ofMinutes(15)),
                    () -> LargeBook.NOW,
                    random,
                    new Ids(() -> LargeBook.NOW, random));
            for (int i = 0; i < warmUp() / 2; i++) {
                serving.serve(pages.get(i % PAGES));
            }
            long before = journal.end();
            long cpu = THREADS.getCurrentThreadCpuTime();
            int times = Math.min(decisions, warmUp());
            for (int i = 0; i < times; i++) {
                serving.serve(pages.get(i % PAGES));
            }
            double mean = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e3 / times;
            journal.flush();
            return Figures.object()
                    .put("us_per_serve", Figures.tenth(mean))
                    .put("journal_bytes_per_decision", (journal.end() - before) / times);
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// What was learned of a quarter of the ad groups, around one click in a hundred renders.
    private static ClickPredictor clicks(Snapshot snapshot) {
        var clicks = new ClickPredictor(new ClickLearner());
        var prior = clicks.learner().prior();
        double weight = BetaPrior.weight(LargeBook.NOW);
        var placement = snapshot.book().placements().keySet().iterator().next().value();
        var random = new SplittableRandom(SEED);
        for (var entry : snapshot.entries()) {
            if (random.nextInt(4) == 0) {
                double renders = random.nextInt(1, 5_000);
                var path = prior.path(
                        entry.advertiser().industry() + "@" + placement,
                        entry.advertiser().id().value(),
                        entry.campaign().id().value(),
                        entry.ads().getFirst().id().value());
                prior.seen(path, weight, renders, renders * 0.01 * Math.exp(0.4 * random.nextGaussian()));
            }
        }
        return clicks;
    }

    /// A lease for every ad group; one in twenty is spent.
    private static void lend(Snapshot snapshot, Leases leases) {
        var random = new SplittableRandom(SEED);
        var granted = new ArrayList<Accountant.Granted>();
        for (var entry : snapshot.entries()) {
            var request = request(entry);
            long amount = random.nextInt(20) == 0 ? 1 : 1_000_000_000L;
            granted.add(new Accountant.Granted(
                    request,
                    Optional.of(new Lease(
                            granted.size() + 1,
                            request.adGroup(),
                            request.campaign(),
                            request.advertiser(),
                            request.currency(),
                            request.day(),
                            amount,
                            0,
                            request.servesUntil(),
                            request.closesAt(),
                            false)),
                    "campaign.daily"));
            if (granted.size() % 10_000 == 0) {
                leases.take(granted.subList(granted.size() - 10_000, granted.size()), LargeBook.NOW);
            }
        }
        leases.take(granted.subList(granted.size() / 10_000 * 10_000, granted.size()), LargeBook.NOW);
    }

    private static LeaseRequest request(Snapshot.Entry entry) {
        var until = LargeBook.NOW.plus(Duration.ofHours(1));
        return new LeaseRequest(
                Optional.empty(),
                entry.group().id(),
                entry.campaign().id(),
                entry.advertiser().id(),
                LargeBook.USD,
                entry.campaign().budget(),
                entry.group().budget(),
                LocalDate.ofInstant(LargeBook.NOW, ZoneOffset.UTC),
                1,
                1,
                LargeBook.NOW,
                until,
                until.plus(Duration.ofHours(1)));
    }
}
