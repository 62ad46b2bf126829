package mizan.sim.market;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import mizan.core.campaign.Placement;
import mizan.core.feed.FeedPost;
import mizan.core.receipt.AdEvent;
import mizan.server.accounting.Tokens;
import mizan.server.app.Engine;
import mizan.server.app.Stores;
import mizan.server.journal.FolderDisk;
import mizan.server.serve.Answered;
import mizan.server.serve.LeaseRules;
import mizan.server.serve.TakeEvents;
import mizan.sim.store.MemoryBookStore;
import mizan.sim.store.MemoryPostStore;
import mizan.sim.store.NoReports;
import mizan.sim.story.Marsa;
import mizan.sim.story.MovableClock;

/// Plays a scenario through the real engine, in process and on a virtual clock: readers open pages, ads are
/// decided, rendered, seen and clicked when the reader comes to it, and reported as browsers would.
public final class Simulation implements AutoCloseable {
    private static final double PAGES_A_SESSION = 2.5;
    private static final int POSTS = 20;
    private static final double RENDERED = 0.85;
    private static final double VIEWABLE = 0.73;
    private static final double CLICK_DELAY_SECONDS = 30;
    private static final double INVALID_CLICKS = 0.02;
    private static final double[] POSITION = {1, 0.72, 0.58};
    private static final double FATIGUE = 0.97;

    private final Scenario scenario;
    private final Path folder;
    private final TalliedLedger ledger = new TalliedLedger();
    private final MovableClock clock = new MovableClock(Scenario.START);
    private final SplittableRandom random;
    private final Engine engine;
    private final Advertisers advertisers;
    private final Readers readers;
    private final Marsa marsa;
    private final Observations seen;
    private final MessageDigest log;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
    private final ArrayDeque<String> newest = new ArrayDeque<>();
    private final Set<String> risky = new HashSet<>();
    private final Map<String, FeedPost> facts = new HashMap<>();
    private final Map<String, Integer> frequency = new HashMap<>();
    private long numbers;

    /// Something that happens at an instant; the number keeps those of one instant in order.
    private record Due(Instant at, long number, Runnable what) {}

    private Simulation(Scenario scenario, Optional<List<Long>> unbound) throws IOException {
        this.scenario = scenario;
        this.folder = Files.createTempDirectory("mizan-market");
        this.random = new SplittableRandom(scenario.seed());
        this.engine = new Engine(
                new Stores(
                        new MemoryBookStore(),
                        ledger,
                        NoReports.reports(),
                        new MemoryPostStore(),
                        FolderDisk.open(folder),
                        new Tokens.KeyRing(0, Map.of(0, Tokens.KeyRing.key(new byte[32]))),
                        64 << 20),
                Engine.Settings.of(new LeaseRules(Duration.ofHours(1), Duration.ofMinutes(15))),
                clock,
                random.split());
        this.advertisers = new Advertisers(engine, scenario, unbound);
        this.readers = new Readers(scenario.seed());
        this.marsa = new Marsa(random.split());
        this.seen = new Observations(scenario, advertisers.all());
        try {
            this.log = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// A twentieth of a day without budgets tells what each campaign would spend; then the scenario is played.
    public static Outcome play(Scenario scenario) throws IOException {
        var pilot = new Scenario(
                scenario.seed(),
                1,
                scenario.campaigns(),
                scenario.feedsPerDay() / 20,
                TrafficShape.Rhythm.USUAL,
                List.of(),
                false);
        List<Long> unbound;
        try (var simulation = new Simulation(pilot, Optional.empty())) {
            simulation.run();
            unbound =
                    simulation.seen.spentByCampaign().stream().map(s -> s * 20).toList();
        }
        try (var simulation = new Simulation(scenario, Optional.of(unbound))) {
            return simulation.run();
        }
    }

    private Outcome run() {
        for (int i = 0; i < 300; i++) {
            write(0.06);
        }
        engine.settle();
        var shape = scenario.traffic();
        var arrivals = random.split();
        var script = scenario.scripted() ? advertisers.script(scenario.lastDay()) : List.<Advertisers.Change>of();
        int minutes = scenario.days() * 1_440;
        for (int minute = 0; minute < minutes; minute++) {
            var now = Scenario.START.plus(Duration.ofMinutes(minute));
            for (var change : script) {
                if (change.at().equals(now)) {
                    until(now);
                    advertisers.apply(change);
                    seen.changed(change);
                }
            }
            // News comes in bursts: an hour in eight has four times the usual share of bad ones.
            if (minute % 2 == 0) {
                write((minute / 60) % 8 == 5 ? 0.12 : 0.03);
            }
            int sessions = Draws.poisson(shape.feeds(now, arrivals) / PAGES_A_SESSION, arrivals);
            for (int i = 0; i < sessions; i++) {
                int reader = Readers.draw(arrivals);
                int pages = 1 + Draws.poisson(PAGES_A_SESSION - 1, arrivals);
                session(reader, Math.min(6, pages), now.plusMillis(arrivals.nextInt(60_000)));
            }
            until(now.plus(Duration.ofMinutes(1)));
            engine.settle();
            if (minute % 5 == 4) {
                seen.step(now.plus(Duration.ofMinutes(1)), engine);
            }
        }
        return seen.outcome(engine, ledger, HexFormat.of().formatHex(log.digest()));
    }

    private void session(int reader, int pages, Instant at) {
        var next = at;
        for (int i = 0; i < pages; i++) {
            later(next, () -> page(reader));
            next = next.plusMillis((long) (1_000 * (5 + Draws.exponential(40, random))));
        }
    }

    /// Everything that happens before an instant, in its order.
    private void until(Instant end) {
        while (!due.isEmpty() && due.peek().at().isBefore(end)) {
            var next = due.remove();
            clock.set(next.at());
            next.what().run();
        }
        clock.set(end);
    }

    private void later(Instant at, Runnable what) {
        due.add(new Due(at, numbers++, what));
    }

    private void write(double riskyShare) {
        var post = marsa.write(riskyShare);
        engine.posts().take(post);
        if (post.topics().contains("news")) {
            risky.add(post.id());
        }
        newest.add(post.id());
        if (newest.size() > 300) {
            var old = newest.remove();
            facts.remove(old);
            risky.remove(old);
        }
    }

    private void page(int reader) {
        var compiled = engine.snapshots().current();
        Placement placement =
                Optional.ofNullable(compiled.placements().get("home")).orElseThrow();
        var ids = newest.toArray(String[]::new);
        var posts = new ArrayList<FeedPost>();
        for (int i = 0; i < POSTS; i++) {
            // Nobody has a keyword list here, so what is known of a post does not change with the book.
            posts.add(facts.computeIfAbsent(
                    ids[random.nextInt(ids.length)],
                    id -> engine.posts().find(id).map(engine.snapshots()::facts).orElseThrow()));
        }
        var answered = engine.serving().serve(placement, readers.viewer(reader), posts);
        seen.answered(answered, clock.instant(), risky);
        for (int nth = 0; nth < answered.shown().size(); nth++) {
            shown(answered, answered.shown().get(nth), nth, reader);
        }
    }

    private void shown(Answered answered, Answered.Shown ad, int nth, int reader) {
        var impression = ad.impression();
        write(clock.instant(), impression.id().value() + impression.afterPost() + ":" + impression.priceMicros());
        if (random.nextDouble() >= RENDERED) {
            return;
        }
        var now = clock.instant();
        report(now.plusSeconds(1 + 3L * nth), AdEvent.Kind.RENDERED, ad);
        if (random.nextDouble() < VIEWABLE) {
            report(now.plusSeconds(3 + 3L * nth), AdEvent.Kind.VIEWABLE, ad);
        }
        var campaign = advertisers.all().get(seen.number(impression.adGroup()));
        double rate = rate(campaign, nth, reader, now);
        boolean clicked = random.nextDouble() < rate;
        seen.rendered(answered, impression, rate, clicked);
        if (clicked) {
            report(
                    now.plusMillis((long) (1_000 * Draws.exponential(CLICK_DELAY_SECONDS, random))),
                    AdEvent.Kind.CLICK,
                    ad);
        }
        if (random.nextDouble() < rate * INVALID_CLICKS) {
            // A machine that clicks again and again: only the first can count.
            for (int i = 0; i < 5; i++) {
                report(now.plusSeconds(2L + i), AdEvent.Kind.CLICK, ad);
            }
            seen.invalidClick(clicked);
        }
        frequency.merge(campaign.name() + "/" + reader, 1, Integer::sum);
    }

    /// The true probability of a click.
    private double rate(Advertisers.Campaign campaign, int nth, int reader, Instant now) {
        int hour = now.atOffset(ZoneOffset.UTC).getHour();
        double evening = hour >= 18 && hour < 23 ? 1.25 : 1;
        double tired = Math.max(0.5, Math.pow(FATIGUE, frequency.getOrDefault(campaign.name() + "/" + reader, 0)));
        double liked = Math.exp(0.6 * readers.taste(reader, campaign.taste()) - 0.18);
        return Math.min(0.5, campaign.clickRate() * liked * POSITION[nth] * tired * evening);
    }

    private void report(Instant at, AdEvent.Kind kind, Answered.Shown ad) {
        later(at, () -> {
            write(at, kind + ad.impression().id().value());
            engine.events().report(List.of(new TakeEvents.Report(kind, ad.token())));
        });
    }

    private void write(Instant at, String what) {
        log.update((at.toEpochMilli() + " " + what + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        engine.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
