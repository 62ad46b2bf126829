package mizan.sim.life;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Viewer;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.ImpressionId;
import mizan.core.suitability.PostContent;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.Leases;
import mizan.server.accounting.Tokens;
import mizan.server.app.Engine;
import mizan.server.app.Stores;
import mizan.server.findings.Finding;
import mizan.server.findings.Findings;
import mizan.server.findings.FindingsStore;
import mizan.server.journal.JournalStopped;
import mizan.server.rating.IncomingPost;
import mizan.server.serve.LeaseRules;
import mizan.server.serve.TakeEvents;
import mizan.sim.disk.FaultyDisk;
import mizan.sim.store.MemoryBookStore;
import mizan.sim.store.MemoryFindingsStore;
import mizan.sim.store.MemoryLedgerStore;
import mizan.sim.store.MemoryPostStore;
import mizan.sim.store.NoReports;
import mizan.sim.story.MovableClock;

/// The whole engine while posts are edited, relabelled and deleted under the ads that stand beside them, with
/// crashes, power cuts and failing databases.
///
/// What must be credited is kept here in the words of the platform: which ad stood beside which post, and what
/// the platform said of that post later. Everything follows from the seed.
final class LateWorld {
    private static final int STEPS = 60;
    private static final Instant START = Instant.parse("2026-11-24T20:00:00Z");
    private static final LeaseRules RULES = new LeaseRules(Duration.ofHours(1), Duration.ofMinutes(15));

    /// What the platform says of a post, and which of the three houses may then not stand beside it.
    private enum Kind {
        GOOD("Fresh bread from the oven today", "", ""),
        FINE("Sunrise over the corniche this morning", "", ""),
        WAR("A museum about the war opened in the old town", "", "012"),
        NSFW("Fresh bread from the oven today", "nsfw", "1"),
        PORN("Fresh bread from the oven today", "porn", "012"),
        GONE("", "", "012");

        private final String text;
        private final String label;
        private final String breaks;

        Kind(String text, String label, String breaks) {
            this.text = text;
            this.label = label;
            this.breaks = breaks;
        }

        boolean breaks(int house) {
            return breaks.indexOf('0' + house) >= 0;
        }

        Set<String> labels() {
            return label.isEmpty() ? Set.of() : Set.of(label);
        }
    }

    private record Placed(ImpressionId id, String token, int house, Set<String> beside, Instant at) {}

    private final SplittableRandom random;
    /// How long changes are credited: long for some histories, too short for others.
    private final Duration window;
    private final MovableClock clock = new MovableClock(START);
    private final MemoryBookStore book = new MemoryBookStore();
    private final MemoryLedgerStore ledger = new MemoryLedgerStore();
    private final MemoryPostStore posts = new MemoryPostStore();
    private final MemoryFindingsStore findings = new MemoryFindingsStore();
    private FaultyDisk disk;
    private Engine engine;
    private final Town town;
    private final List<Placed> placed = new ArrayList<>();
    private final Map<String, Kind> now = new HashMap<>();
    /// Must be credited if charged, and may be: a change that was never acknowledged may have been taken.
    private final Set<ImpressionId> owed = new HashSet<>();
    private final Set<ImpressionId> may = new HashSet<>();
    private int credited;
    private boolean erased;

    LateWorld(long seed) {
        random = new SplittableRandom(seed);
        window = Duration.ofDays(1 + seed % 10);
        disk = new FaultyDisk(random.split());
        engine = start();
        town = new Town(engine, random.split(), START);
        for (int i = 0; i < 8; i++) {
            change("k" + i, Kind.GOOD);
        }
        engine.settle();
    }

    private Engine start() {
        return new Engine(
                new Stores(
                                book,
                                ledger,
                                NoReports.reports(),
                                posts,
                                disk,
                                new Tokens.KeyRing(0, Map.of(0, Tokens.KeyRing.key(new byte[32]))),
                                16 << 10)
                        .remembering(Stores.Remembered.nothing().with(findings)),
                Engine.Settings.of(RULES).crediting(window),
                clock,
                random.split());
    }

    /// How many ads were credited, or what went wrong.
    record Played(int credited, Optional<String> wrong) {}

    Played live() {
        for (int step = 0; step < STEPS; step++) {
            try {
                step();
            } catch (MemoryLedgerStore.PowerCut | JournalStopped _) {
                if (engine.journal().stopped().isPresent() || random.nextBoolean()) {
                    reopen(random.nextBoolean());
                }
            }
            var wrong = wrongCredit();
            if (wrong.isPresent()) {
                return new Played(credited, wrong);
            }
        }
        disk.failingForces(0);
        ledger.failNext(MemoryLedgerStore.Fault.NONE);
        reopen(false);
        engine.settle();
        return new Played(credited, wrongCredit().or(this::missing).or(this::replayed));
    }

    private void reopen(boolean power) {
        ledger.failNext(MemoryLedgerStore.Fault.NONE);
        findings.failNext(false);
        disk.failingForces(0);
        if (power) {
            disk = disk.afterPowerCut();
        }
        engine = start();
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> page();
            case 5, 6, 7, 8 -> report();
            case 9, 10, 11, 12 -> {
                var kinds = Kind.values();
                change("k" + random.nextInt(8), kinds[random.nextInt(kinds.length)]);
            }
            case 13 -> engine.tick();
            case 14 -> pass(Duration.ofMinutes(random.nextInt(20)));
            case 15 -> pass(Duration.ofHours(random.nextInt(80)));
            case 16 -> reopen(random.nextBoolean());
            case 17 -> disk.failingForces(1);
            case 18 -> findings.failNext(true);
            default ->
                ledger.failNext(
                        random.nextBoolean()
                                ? MemoryLedgerStore.Fault.BEFORE_COMMIT
                                : MemoryLedgerStore.Fault.AFTER_COMMIT);
        }
    }

    private void pass(Duration time) {
        clock.set(clock.instant().plus(time));
        engine.tick();
    }

    /// The platform edits, labels or deletes a post, until it is acknowledged.
    private void change(String id, Kind kind) {
        note(id, kind, may);
        while (true) {
            try {
                if (kind == Kind.GONE) {
                    erased = true;
                    engine.posts().erase(Set.of(id));
                } else {
                    engine.posts().keep(List.of(post(id, kind)));
                }
                break;
            } catch (JournalStopped _) {
                reopen(random.nextBoolean());
            }
        }
        if (now.get(id) != kind) {
            note(id, kind, owed);
        }
        now.put(id, kind);
    }

    private void note(String id, Kind kind, Set<ImpressionId> ads) {
        placed.stream()
                .filter(p -> p.beside().contains(id) && kind.breaks(p.house()))
                .filter(p -> !clock.instant().isAfter(p.at().plus(window)))
                .forEach(p -> ads.add(p.id()));
    }

    private static IncomingPost post(String id, Kind kind) {
        return new IncomingPost(
                id,
                List.of("@a"),
                Optional.of("en"),
                Optional.empty(),
                Set.of(),
                new PostContent(Optional.of(kind.text), Optional.empty(), false, kind.labels()),
                true);
    }

    private void page() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            ids.add("k" + random.nextInt(8));
        }
        var order = ids.stream().distinct().toList();
        var feed = new ArrayList<FeedPost>();
        for (var id : order) {
            feed.add(engine.posts()
                    .find(id)
                    .map(p -> engine.snapshots().facts(p))
                    .orElseGet(() -> mizan.server.rating.Posts.unknown(id)));
        }
        var placement = Optional.ofNullable(
                        engine.snapshots().current().placements().get("home"))
                .orElseThrow();
        var answered = engine.serving().serve(placement, Viewer.UNKNOWN, feed);
        for (var shown : answered.shown()) {
            var impression = shown.impression();
            int slot = impression.afterPost();
            placed.add(new Placed(
                    impression.id(),
                    shown.token(),
                    town.houses.indexOf(
                            town.ofCampaign(impression.campaign().value()).orElseThrow()),
                    Set.copyOf(order.subList(slot - 1, slot + 1)),
                    impression.servedAt()));
        }
    }

    private void report() {
        if (!placed.isEmpty()) {
            var one = placed.get(placed.size() - 1 - random.nextInt(Math.min(8, placed.size())));
            engine.events()
                    .take(List.of(
                            new TakeEvents.Report(List.of(AdEvent.Kind.values()).get(random.nextInt(3)), one.token())));
        }
    }

    private Map<String, Long> amounts(String prefix) {
        var amounts = new LinkedHashMap<String, Long>();
        ledger.transfers().stream()
                .filter(t -> t.id().startsWith(prefix))
                .forEach(t -> amounts.merge(t.id().substring(prefix.length()), t.micros(), Math::addExact));
        return amounts;
    }

    /// Never more than charged, never twice, never for an ad beside which nothing happened.
    private Optional<String> wrongCredit() {
        var charges = amounts("charge/");
        var credits = amounts("credit/");
        credited = credits.size();
        for (var credit : credits.entrySet()) {
            if (!credit.getValue().equals(charges.get(credit.getKey()))) {
                return Optional.of(credit + " was credited, and charged was " + charges.get(credit.getKey()));
            }
            if (!may.contains(new ImpressionId(credit.getKey()))) {
                return Optional.of(credit.getKey() + " was credited for nothing");
            }
        }
        return ledger.transfers().stream()
                .filter(t -> t.id().startsWith("credit/") && !(t instanceof Transfer.Direct))
                .map(t -> t.id() + " is no credit")
                .findFirst();
    }

    private Optional<String> missing() {
        var credits = amounts("credit/");
        return amounts("charge/").keySet().stream()
                .filter(charged -> owed.contains(new ImpressionId(charged)) && !credits.containsKey(charged))
                .map(charged -> charged + " was charged and stands beside a post that turned bad; no credit")
                .findFirst();
    }

    /// Read once more from the first record, nothing is credited again and the same is found. Words that were
    /// erased cannot be read again, so then there is nothing to compare.
    private Optional<String> replayed() {
        if (erased) {
            return Optional.empty();
        }
        int before = ledger.transfers().size();
        var empty = new MemoryFindingsStore();
        var again = new Findings(
                empty,
                engine.journal(),
                new Accountant(ledger, new Leases()),
                engine.booking(),
                engine.posts(),
                window);
        again.catchUp(engine.accountant().position());
        if (ledger.transfers().size() != before) {
            return Optional.of("a second reading moved money");
        }
        var first = all(findings);
        var second = all(empty);
        return first.equals(second) ? Optional.empty() : Optional.of(first + " was found, then " + second);
    }

    private static List<Finding> all(FindingsStore store) {
        return store.newest(Optional.empty(), Long.MAX_VALUE, 1_000).stream()
                .map(FindingsStore.Numbered::finding)
                .sorted(Comparator.comparing(Finding::impression))
                .collect(Collectors.toList());
    }
}
