package mizan.sim.life;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import javax.crypto.spec.SecretKeySpec;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;
import mizan.core.receipt.AdEvent;
import mizan.server.accounting.LedgerFailed;
import mizan.server.accounting.Tokens;
import mizan.server.app.Engine;
import mizan.server.app.Stores;
import mizan.server.journal.JournalDamaged;
import mizan.server.journal.JournalStopped;
import mizan.server.rating.KnownPost;
import mizan.server.rating.Posts;
import mizan.server.serve.LeaseRules;
import mizan.server.serve.TakeEvents;
import mizan.sim.disk.FaultyDisk;
import mizan.sim.store.MemoryBookStore;
import mizan.sim.store.MemoryLedgerStore;
import mizan.sim.store.MemoryPostStore;
import mizan.sim.store.NoReports;
import mizan.sim.story.Marsa;
import mizan.sim.story.MovableClock;

/// The whole engine, as it serves in production, through one short and unlucky history: readers, reports
/// that come twice, late, out of order or never; power cuts, crashes, failing disks and databases, clocks
/// that jump.
///
/// Everything follows from the seed.
public final class World {
    private static final int STEPS = 45;
    private static final Instant START = Instant.parse("2026-11-24T20:00:00Z");
    private static final LeaseRules RULES = new LeaseRules(Duration.ofHours(1), Duration.ofMinutes(15));
    private static final SecretKeySpec KEY = Tokens.KeyRing.key(new byte[32]);
    private static final List<String> TEXTS = List.of(
            "Sunrise over the corniche this morning",
            "Fresh bread from the oven today",
            "A museum about the war opened in the old town",
            "The debate turned bitter tonight",
            "ذكريات جدي عن أيام حرب قديمة",
            "صباح الخير من الكورنيش");

    private static final List<String> READERS =
            List.of("r0", "r1", "r2", "r3", "r0", "r1", "r2", "r3", "fewer", "fewer", "none");
    private static final List<AdEvent.Kind> REPORTED =
            List.of(AdEvent.Kind.RENDERED, AdEvent.Kind.VIEWABLE, AdEvent.Kind.CLICK);
    private static final List<AdEvent.Kind> CHOICES =
            List.of(AdEvent.Kind.HIDE, AdEvent.Kind.HIDE_ADVERTISER, AdEvent.Kind.SHOW_AGAIN);

    private final SplittableRandom random;
    private final MovableClock clock = new MovableClock(START);
    private final MemoryBookStore book = new MemoryBookStore();
    private final MemoryLedgerStore ledger = new MemoryLedgerStore();
    private final MemoryPostStore postStore = new MemoryPostStore();
    private FaultyDisk disk;
    private int life;
    private Engine engine;
    private final Town town;
    private final Witness witness;
    private int posts;
    private final Map<String, String> cursors = new HashMap<>();
    /// Posts whose keeping was acknowledged, with their commitments.
    private final Map<String, String> kept = new HashMap<>();

    public World(long seed) {
        this.random = new SplittableRandom(seed);
        this.disk = new FaultyDisk(random.split());
        this.engine = start();
        this.town = new Town(engine, random.split(), START);
        this.witness = new Witness(town, ledger);
        town.noteDay(day());
        engine.settle();
    }

    private Engine start() {
        life++;
        return new Engine(
                new Stores(
                        book,
                        ledger,
                        NoReports.reports(),
                        postStore,
                        disk,
                        new Tokens.KeyRing(0, Map.of(0, KEY)),
                        16 << 10),
                Engine.Settings.of(RULES),
                clock,
                random.split());
    }

    /// Plays the history of a seed. Answers what went wrong, if anything did.
    public static Optional<String> play(long seed) {
        return new World(seed).live();
    }

    Optional<String> live() {
        for (int step = 0; step < STEPS; step++) {
            var wrong = survive(this::step).or(() -> witness.check(life)).or(this::lostPost);
            if (wrong.isPresent()) {
                return wrong.map(("step " + step + ": ")::concat);
            }
        }
        return survive(this::end)
                .or(() -> witness.check(life))
                .or(witness::settled)
                .or(this::lostPost);
    }

    /// The faults are over; whatever is durable is folded.
    private Optional<String> end() {
        disk.failingForces(0);
        ledger.failNext(MemoryLedgerStore.Fault.NONE);
        if (engine.journal().stopped().isPresent()) {
            reopen(false);
        }
        engine.settle();
        return Optional.empty();
    }

    private interface Step {
        Optional<String> run();
    }

    /// A fault that was injected ends in a restart; any other exception is a finding.
    private Optional<String> survive(Step step) {
        try {
            return step.run();
        } catch (MemoryLedgerStore.PowerCut | JournalStopped _) {
            // Sometimes the process lives on after its database failed, and has to get right what it holds.
            if (engine.journal().stopped().isPresent() || random.nextBoolean()) {
                return restart(random.nextBoolean());
            }
            return Optional.empty();
        } catch (JournalDamaged e) {
            return Optional.of("refused to start: " + e.getMessage());
        } catch (IllegalStateException e) {
            // What the store refuses is a bug of whoever wrote it.
            return Optional.of("the engine broke: " + e.getMessage());
        }
    }

    private Optional<String> restart(boolean power) {
        try {
            reopen(power);
            return Optional.empty();
        } catch (JournalDamaged | IllegalStateException e) {
            return Optional.of("refused to start: " + e.getMessage());
        }
    }

    private void reopen(boolean power) {
        ledger.failNext(MemoryLedgerStore.Fault.NONE);
        disk.failingForces(0);
        if (power) {
            disk = disk.afterPowerCut();
        }
        engine = start();
    }

    private Optional<String> step() {
        switch (random.nextInt(28)) {
            case 0, 1, 2, 3, 4, 5, 6 -> {
                return page();
            }
            case 7, 8, 9, 10, 11 -> report(true);
            case 12 -> report(false);
            case 13, 14 -> engine.tick();
            case 15 -> pass(Duration.ofSeconds(random.nextInt(300)));
            case 16 -> pass(Duration.ofMinutes(random.nextInt(300)));
            case 17 -> clock.set(clock.instant().minusSeconds(random.nextInt(3_600)));
            case 18, 19 -> town.change(engine, day());
            case 20 -> {
                return restart(false);
            }
            case 21 -> {
                return restart(true);
            }
            case 22 -> disk.failingForces(1);
            case 23 -> post();
            case 24, 25 -> choose();
            case 26 -> {
                return away();
            }
            default ->
                ledger.failNext(
                        random.nextBoolean()
                                ? MemoryLedgerStore.Fault.BEFORE_COMMIT
                                : MemoryLedgerStore.Fault.AFTER_COMMIT);
        }
        return Optional.empty();
    }

    /// The ledger's database is away for up to ten minutes, sometimes after it took a batch whose answer was lost.
    /// Pages
    /// are answered and events acknowledged all the same.
    private Optional<String> away() {
        ledger.leave(random.nextBoolean());
        try {
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                var wrong = page();
                if (wrong.isPresent()) {
                    return wrong;
                }
                report(true);
                tickWithoutLedger(Duration.ofSeconds(random.nextInt(120)));
            }
            return Optional.empty();
        } finally {
            ledger.comeBack();
        }
    }

    private void tickWithoutLedger(Duration time) {
        try {
            pass(time);
        } catch (LedgerFailed _) {
            // What waits is done when it is back.
        }
    }

    /// A platform sends a post ahead of its feeds, or sends one again, or has one forgotten.
    private void post() {
        var id = "k" + random.nextInt(4);
        if (random.nextInt(4) == 0) {
            engine.posts().erase(Set.of(id));
            kept.put(id, "");
        } else {
            var text = TEXTS.get(random.nextInt(TEXTS.size()));
            var sent = engine.posts().keep(List.of(Marsa.post(id, "@a", text, Set.of("food"))));
            kept.put(id, sent.getFirst().commitment());
        }
    }

    private Optional<String> lostPost() {
        for (var post : kept.entrySet()) {
            var found = engine.posts().find(post.getKey()).map(KnownPost::commitment);
            if (!found.orElse("").equals(post.getValue())) {
                return Optional.of(post.getKey() + " was acknowledged as " + post.getValue() + " and is " + found);
            }
        }
        return Optional.empty();
    }

    private void pass(Duration time) {
        clock.set(clock.instant().plus(time));
        witness.time(now());
        town.noteDay(day());
        engine.tick();
    }

    private String day() {
        return LocalDate.ofInstant(now(), ZoneOffset.UTC).toString();
    }

    /// The engine's time, which does not go back with the clock.
    private Instant now() {
        return engine.time().instant();
    }

    /// A reader opens a page of six posts, one of which may never have been sent to be rated. It may go on from
    /// the page before. Who wants fewer ads gets three posts: room for one ad, and for none when it is halved.
    private Optional<String> page() {
        town.noteDay(day());
        var key = READERS.get(random.nextInt(READERS.size()));
        var texts = new HashMap<String, String>();
        var feed = new ArrayList<FeedPost>();
        for (int i = 0; i < (key.equals("fewer") ? 3 : 6); i++) {
            var id = "p" + ++posts;
            if (random.nextInt(12) == 0) {
                feed.add(Posts.unknown(id));
            } else {
                var text = TEXTS.get(random.nextInt(10) < 8 ? random.nextInt(2) : random.nextInt(TEXTS.size()));
                texts.put(id, text);
                feed.add(engine.snapshots().facts(engine.posts().take(Marsa.post(id, "@a", text, Set.of("food")))));
            }
        }
        var placement = Optional.ofNullable(
                        engine.snapshots().current().placements().get("home"))
                .orElseThrow();
        var session = Optional.ofNullable(cursors.get(key))
                .filter(_ -> random.nextInt(4) > 0)
                .flatMap(cursor -> engine.serving().session(placement, cursor))
                .orElse(Session.START);
        var viewer = engine.hidden().with(reader(key));
        var answered = engine.serving().serve(new FeedRequest(placement, viewer, session, feed));
        cursors.put(key, answered.cursor());
        boolean goesOn = !session.equals(Session.START);
        return witness.answered(answered, texts, life).or(() -> witness.wished(answered, viewer, goesOn));
    }

    private static Viewer reader(String key) {
        return new Viewer(
                Optional.of(key),
                Optional.of("SA"),
                Optional.empty(),
                Optional.of("ar"),
                Optional.of("phone"),
                Viewer.Profile.of(true, false, Optional.empty(), Set.of(), Set.of()),
                Set.of(),
                Set.of(),
                switch (key) {
                    case "fewer" -> Viewer.Ads.FEWER;
                    case "none" -> Viewer.Ads.NONE;
                    default -> Viewer.Ads.ALL;
                });
    }

    /// A reader hides an ad or its advertiser, or takes that back. It is in force once it has been folded; of one
    /// that a fault met before that, nobody can tell.
    private void choose() {
        var ofThisLife =
                witness.seen().stream().filter(one -> one.life() == life).toList();
        if (ofThisLife.isEmpty()) {
            return;
        }
        var one = ofThisLife.get(random.nextInt(ofThisLife.size()));
        var kind = CHOICES.get(random.nextInt(CHOICES.size()));
        witness.choosing(one);
        engine.events().take(List.of(new TakeEvents.Report(kind, one.token())));
        engine.settle();
        witness.chosen(one, kind != AdEvent.Kind.SHOW_AGAIN);
    }

    /// Reports of up to four ads, some of them again and again. What is acknowledged is owed.
    private void report(boolean wait) {
        var seen = witness.seen();
        if (seen.isEmpty()) {
            return;
        }
        var chosen = new ArrayList<Witness.Seen>();
        var reports = new ArrayList<TakeEvents.Report>();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            int back = random.nextInt(random.nextInt(4) == 0 ? seen.size() : Math.min(6, seen.size()));
            var one = seen.get(seen.size() - 1 - back);
            var kind = REPORTED.get(random.nextInt(REPORTED.size()));
            for (int copies = 1 + random.nextInt(3); copies > 0; copies--) {
                int at = random.nextInt(reports.size() + 1);
                reports.add(at, new TakeEvents.Report(kind, one.token()));
                chosen.add(at, one);
            }
            witness.reported(one);
        }
        if (!wait) {
            engine.events().report(reports);
            return;
        }
        engine.events().take(reports);
        for (int i = 0; i < reports.size(); i++) {
            witness.acknowledged(chosen.get(i), reports.get(i).kind(), now(), life);
        }
    }
}
