package mizan.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Book;
import mizan.core.campaign.Placement;
import mizan.core.decision.Bounds;
import mizan.core.decision.Decider;
import mizan.core.decision.Live;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Viewer;
import mizan.core.prediction.ClickEstimate;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Tier;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.http.Refused;
import mizan.server.serve.LeaseRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Changes of the book while decisions go on: how soon a change is in force, and what it costs decisions.
///
/// Both come at a fixed rate whether or not the one before is done, and both are timed from when they were due.
/// Rounds with and without changes take turns, so a busy machine slows both alike; processor time is told apart.
/// Money and pace are given: no ledger takes part.
@Command(name = "churn", mixinStandardHelpOptions = true, description = "Changes of the book under load.")
final class ChurnBench implements Callable<Integer> {
    private static final long ROUND = TimeUnit.SECONDS.toNanos(2);
    /// Rounds of warm-up at most, and the time of the compiler in one after which it counts as warm.
    private static final int WARM_UPS = 8;

    private static final long COMPILING_MILLIS = 200;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @Option(names = "--ad-groups", defaultValue = "10000", description = "active ad groups (${DEFAULT-VALUE})")
    private int adGroups;

    @Option(names = "--changes", defaultValue = "1000", description = "changes a second (${DEFAULT-VALUE})")
    private int changesPerSecond;

    @Option(names = "--decisions", defaultValue = "5000", description = "decisions a second at most (${DEFAULT-VALUE})")
    private int decisionsPerSecond;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "of 2 s without and 2 s with changes (${DEFAULT-VALUE})")
    private int rounds;

    @Mixin
    private Figures output = new Figures();

    private final Instant now = Instant.now();
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<FeedRequest> requests = new ArrayList<>();

    /// One round of something.
    private interface Played {
        void play() throws InterruptedException;
    }

    /// When a revision was first decided with.
    private record Seen(long revision, long nanos) {}

    /// When a change was due, and which revision it became.
    private record Made(long revision, long due) {}

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("mizan-churn");
        try (var engine =
                Engine.embedded(folder, LeaseRules.STANDARD, InstantSource.system(), new SplittableRandom(1))) {
            var book = new BookedMarket(engine, 1, now.minusSeconds(60));
            book.open(Math.max(1, adGroups / 50), adGroups, adGroups);
            engine.snapshots().before(PLENTY::bounds);
            var placement = Optional.ofNullable(
                            engine.snapshots().current().placements().get("home"))
                    .orElseThrow();
            for (int i = 0; i < 2_000; i++) {
                requests.add(request(placement));
            }
            output.print(run(engine, book));
        }
        return 0;
    }

    /// What one or more rounds measured.
    ///
    /// @param late nanoseconds from when a decision was due until it was taken
    /// @param cpu nanoseconds of its thread's processor time
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Round(long[] late, long[] cpu, long processCpu, long nanos) {
        Round and(Round next) {
            return new Round(
                    joined(late, next.late), joined(cpu, next.cpu), processCpu + next.processCpu, nanos + next.nanos);
        }
    }

    private ObjectNode run(Engine engine, BookedMarket book) throws InterruptedException {
        var ticking = new AtomicBoolean(true);
        var ticker = Thread.ofPlatform().daemon().start(() -> {
            while (ticking.get()) {
                engine.tick();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        });
        // Both paths are compiled before anything is timed, and half of what is possible under change is the rate.
        var rejected = new AtomicInteger();
        warmUp(() -> churnWhile(
                engine,
                book,
                rejected,
                new ConcurrentLinkedQueue<>(),
                () -> decide(engine, decisionsPerSecond, new ArrayList<>())));
        long possible =
                churnWhile(engine, book, rejected, new ConcurrentLinkedQueue<>(), () -> decideFor(engine, ROUND));
        int rate = Math.clamp(possible * 500_000_000L / ROUND, 1, decisionsPerSecond);
        var quiet = new Round(new long[0], new long[0], 0, 0);
        var busy = quiet;
        var visible = new long[0];
        long changes = 0;
        for (int i = 0; i < rounds; i++) {
            var made = new ConcurrentLinkedQueue<Made>();
            var seen = new ArrayList<Seen>();
            quiet = quiet.and(decide(engine, rate, new ArrayList<>()));
            busy = busy.and(churnWhile(engine, book, rejected, made, () -> decide(engine, rate, seen)));
            visible = joined(visible, visible(List.copyOf(made), seen));
            changes += made.size();
        }
        ticking.set(false);
        ticker.join();
        var figures = Figures.object()
                .put("ad_groups", adGroups)
                .put("decisions_per_second", rate)
                .put("changes_per_second", changes * 1_000_000_000L / busy.nanos())
                .put("changes", changes)
                .put("rejected", rejected.get())
                .put("visible_p50_ms", ms(at(visible, 0.5)))
                .put("visible_p99_ms", ms(at(visible, 0.99)))
                .put("visible_max_ms", ms(at(visible, 1)));
        figures.put("decide_p50_ms", ms(at(quiet.late(), 0.5)));
        figures.put("decide_p50_ms_under_change", ms(at(busy.late(), 0.5)));
        figures.put("decide_p99_ms", ms(at(quiet.late(), 0.99)));
        figures.put("decide_p99_ms_under_change", ms(at(busy.late(), 0.99)));
        figures.put("p99_ratio", ratio(at(busy.late(), 0.99), at(quiet.late(), 0.99)));
        figures.put("decide_cpu_mean_us", Figures.tenth(mean(quiet.cpu()) / 1e3));
        figures.put("decide_cpu_mean_us_under_change", Figures.tenth(mean(busy.cpu()) / 1e3));
        figures.put("decide_cpu_p99_us", at(quiet.cpu(), 0.99) / 1_000);
        figures.put("decide_cpu_p99_us_under_change", at(busy.cpu(), 0.99) / 1_000);
        figures.put("cpu_p99_ratio", ratio(at(busy.cpu(), 0.99), at(quiet.cpu(), 0.99)));
        // What the process uses more of while changes come, decisions apart.
        double more = (busy.processCpu() - sum(busy.cpu())) - (quiet.processCpu() - sum(quiet.cpu()));
        return figures.put("cpu_us_per_change", Figures.tenth(more / 1e3 / Math.max(1, changes)));
    }

    /// Rounds until the compiler is done with most of it: it would otherwise be most of what a change seems to cost.
    private static void warmUp(Played round) throws InterruptedException {
        var compiler = ManagementFactory.getCompilationMXBean();
        for (int i = 0; i < WARM_UPS; i++) {
            long before = compiler.getTotalCompilationTime();
            round.play();
            if (compiler.getTotalCompilationTime() - before < COMPILING_MILLIS) {
                return;
            }
        }
    }

    /// Decides one after the other. Answers how many there were.
    private long decideFor(Engine engine, long nanos) {
        long end = System.nanoTime() + nanos;
        long decided = 0;
        while (System.nanoTime() < end) {
            decideOne(engine, (int) decided++);
        }
        return decided;
    }

    /// One round of decisions at this rate, each timed from when it was due.
    private Round decide(Engine engine, int rate, List<Seen> seen) {
        int count = (int) (ROUND * rate / 1_000_000_000L);
        var late = new long[count];
        var cpu = new long[count];
        long gap = 1_000_000_000L / rate;
        long processCpu = MACHINE.getProcessCpuTime();
        long start = System.nanoTime();
        long last = -1;
        for (int i = 0; i < count; i++) {
            long due = start + i * gap;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            long began = THREADS.getCurrentThreadCpuTime();
            long revision = decideOne(engine, i);
            cpu[i] = THREADS.getCurrentThreadCpuTime() - began;
            long done = System.nanoTime();
            late[i] = done - due;
            if (revision > last) {
                seen.add(new Seen(revision, done));
                last = revision;
            }
        }
        return new Round(late, cpu, MACHINE.getProcessCpuTime() - processCpu, System.nanoTime() - start);
    }

    private long decideOne(Engine engine, int number) {
        var snapshot = engine.snapshots().current().snapshot();
        var decision = Decider.decide(requests.get(number % requests.size()), snapshot, PLENTY, now, number);
        if (decision.winners().isEmpty() && decision.empty().isEmpty()) {
            throw new IllegalStateException("a decision without an answer");
        }
        return snapshot.book().revision();
    }

    private <T> T churnWhile(
            Engine engine,
            BookedMarket book,
            AtomicInteger rejected,
            ConcurrentLinkedQueue<Made> made,
            Supplier<T> decisions)
            throws InterruptedException {
        var changing = new AtomicBoolean(true);
        var open = new Phaser(1);
        var changer = Thread.ofPlatform().start(() -> {
            long gap = 1_000_000_000L / changesPerSecond;
            long due = System.nanoTime();
            while (changing.get()) {
                long from = due;
                var wish = wish(book);
                open.register();
                Thread.startVirtualThread(() -> {
                    try {
                        var done = engine.booking().apply(wish, new Booking.Author("bench", "churn"));
                        made.add(new Made(done.revision(), from));
                    } catch (Refused _) {
                        rejected.incrementAndGet();
                    } finally {
                        open.arriveAndDeregister();
                    }
                });
                due += gap;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
            }
        });
        var answer = decisions.get();
        changing.set(false);
        changer.join();
        open.arriveAndAwaitAdvance();
        return answer;
    }

    /// Pauses and resumes, raised budgets, new targeting.
    private Booking.Wish wish(BookedMarket book) {
        var fields = JsonNodeFactory.instance.objectNode();
        int what = random.nextInt(10);
        if (what < 6) {
            fields.put("entity_status", what % 2 == 0 ? "PAUSED" : "ACTIVE");
            return change(Kind.AD_GROUP, book.adGroups(), what % 2 == 0 ? "pause" : "resume", fields);
        }
        if (what < 8) {
            fields.putObject("budget").put("daily_micros", 50_000_000_000L + random.nextInt(1_000_000_000));
            return change(Kind.CAMPAIGN, book.campaigns(), "increase_budget", fields);
        }
        fields.set("targeting", book.targeting());
        return change(Kind.AD_GROUP, book.adGroups(), "update_targeting", fields);
    }

    private Booking.Wish change(Kind kind, List<String> ids, String verb, ObjectNode fields) {
        return new Booking.Wish(kind, Optional.of(ids.get(random.nextInt(ids.size()))), verb, fields);
    }

    /// For each change how long it took until a decision was taken with it. Those of the last moment
    /// of a round, which no decision of that round saw, are left out.
    private static long[] visible(List<Made> made, List<Seen> seen) {
        var ends = seen.stream().mapToLong(Seen::revision).toArray();
        return made.stream()
                .mapToLong(m -> {
                    int first = Arrays.binarySearch(ends, m.revision());
                    int index = first >= 0 ? first : -first - 1;
                    return index == ends.length ? -1 : seen.get(index).nanos() - m.due();
                })
                .filter(nanos -> nanos >= 0)
                .toArray();
    }

    private FeedRequest request(Placement placement) {
        var viewer = new Viewer(
                Optional.of("viewer" + random.nextInt(10_000)),
                Optional.of(popular(BookedMarket.COUNTRIES)),
                Optional.empty(),
                Optional.of(popular(BookedMarket.LANGUAGES)),
                Optional.of(popular(BookedMarket.DEVICES)),
                Viewer.Profile.of(
                        true,
                        false,
                        Optional.empty(),
                        Set.of(popular(BookedMarket.INTERESTS), popular(BookedMarket.INTERESTS) + "'"),
                        Set.of()),
                Set.of(),
                Set.of());
        var posts = new ArrayList<FeedPost>();
        for (int i = 0; i < 20; i++) {
            var tier = random.nextInt(20) == 0 ? Tier.HIGH : Tier.SAFE;
            posts.add(new FeedPost(
                    "post" + i,
                    List.of("author" + random.nextInt(1_000)),
                    Optional.of("ar"),
                    Optional.empty(),
                    Set.of(popular(BookedMarket.TOPICS)),
                    Optional.of(new PostVerdict(tier, Set.of(), "bench", "1", now, Optional.empty())),
                    Map.of(),
                    Set.of(),
                    "00".repeat(32)));
        }
        return new FeedRequest(placement, viewer, posts);
    }

    private String popular(List<String> from) {
        return from.get((int) (from.size() * Math.pow(random.nextDouble(), 3)));
    }

    /// Nobody lacks money, nobody is capped, everyone bids in full.
    private static final Live PLENTY = new Live() {
        private volatile Bounds known = Bounds.of(Snapshot.compile(Book.EMPTY), this);
        private volatile Bounds before = known;

        // As the server does: after a change, only what it touched is made anew, and decisions still ask for the ones
        // before while those are made.
        @Override
        public Bounds bounds(Snapshot snapshot) {
            var newest = known;
            if (newest.isOf(snapshot)) {
                return newest;
            }
            var last = before;
            return last.isOf(snapshot) ? last : following(snapshot);
        }

        private synchronized Bounds following(Snapshot snapshot) {
            var next = known.following(snapshot, this);
            before = known;
            known = next;
            return next;
        }

        @Override
        public Available available(AdGroupId group) {
            return new Available(1_000_000_000L, "none");
        }

        @Override
        public int shown(String viewerKey, String scope, Duration window, Instant at) {
            return 0;
        }

        @Override
        public double multiplier(AdGroup group) {
            return 1;
        }

        @Override
        public ClickEstimate clickEstimate(Ad ad, Placement placement) {
            return ClickEstimate.of(0.01);
        }
    };

    static long[] joined(long[] first, long[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static long at(long[] nanos, double share) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }

    private static long sum(long[] nanos) {
        return Arrays.stream(nanos).sum();
    }

    private static double mean(long[] nanos) {
        return (double) sum(nanos) / nanos.length;
    }

    private static double ratio(long one, long other) {
        return Math.round(one * 100.0 / other) / 100.0;
    }

    private static double ms(long nanos) {
        return Math.round(nanos / 1e4) / 100.0;
    }
}
