package mizan.sim.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Viewer;
import mizan.server.accounting.Tokens;
import mizan.server.app.Engine;
import mizan.server.app.Stores;
import mizan.server.serve.LeaseRules;
import mizan.server.store.SqlitePaceStore;
import mizan.sim.disk.FaultyDisk;
import mizan.sim.store.MemoryBookStore;
import mizan.sim.store.MemoryLedgerStore;
import mizan.sim.store.MemoryPostStore;
import mizan.sim.store.NoReports;
import mizan.sim.story.Marsa;
import mizan.sim.story.MovableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pace as the engine keeps it: through a restart, a raise, another bid and a pause.
class PacedEngineTest {
    private static final Scenario SCENARIO = Scenario.of(1, 1, 6, 1_000);

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock(Scenario.START.plus(Duration.ofHours(9)));
    private final MemoryBookStore book = new MemoryBookStore();
    private final MemoryLedgerStore ledger = new MemoryLedgerStore();

    private Engine start() {
        return new Engine(
                new Stores(
                                book,
                                ledger,
                                NoReports.reports(),
                                new MemoryPostStore(),
                                new FaultyDisk(new SplittableRandom(1)),
                                new Tokens.KeyRing(0, Map.of(0, Tokens.KeyRing.key(new byte[32]))),
                                1 << 20)
                        .remembering(Stores.Remembered.nothing().with(SqlitePaceStore.open(folder.resolve("pace.db")))),
                Engine.Settings.of(new LeaseRules(Duration.ofHours(1), Duration.ofMinutes(15))),
                clock,
                new SplittableRandom(2));
    }

    @Test
    void givenAPaceThatWasLearned_whenTheEngineIsRestarted_thenItGoesOnFromThere() {
        double learned;
        Advertisers.Campaign campaign;
        try (var engine = start()) {
            campaign = open(engine).all().getFirst();
            engine.tick();
            assertEquals(0.3, engine.pace().multiplier(campaign.group()), 1e-9);
            pass(engine, Duration.ofHours(1));
            learned = engine.pace().multiplier(campaign.group());
            assertTrue(learned > 0.6, "nothing was spent for an hour, and the bid is at " + learned);
        }
        try (var engine = start()) {
            engine.tick();
            assertEquals(learned, engine.pace().multiplier(campaign.group()), 1e-12);
        }
    }

    @Test
    void givenARaise_whenASecondHasPassed_thenBidsAreHigherAndACutLowersThem() {
        try (var engine = start()) {
            var advertisers = open(engine);
            engine.tick();
            double before = engine.pace().multiplier(advertisers.all().get(1).group());
            var script = advertisers.script(Scenario.START);
            advertisers.apply(script.get(2));
            advertisers.apply(script.get(3));
            pass(engine, Duration.ofSeconds(1));
            assertTrue(engine.pace().multiplier(advertisers.all().get(1).group()) > before, "raised");
            assertTrue(engine.pace().multiplier(advertisers.all().get(2).group()) < before, "cut");
        }
    }

    @Test
    void givenAPause_whenTheNextPageIsOpened_thenNothingOfTheCampaignIsServed() {
        try (var engine = start()) {
            var advertisers = open(engine);
            engine.tick();
            var script = advertisers.script(Scenario.START);
            assertTrue(shows(engine, advertisers), "its ads were shown before the pause");
            advertisers.apply(script.getFirst());
            assertTrue(!shows(engine, advertisers), "and none after it");
        }
    }

    /// Whether any of many readers is shown an ad of the first campaign.
    private boolean shows(Engine engine, Advertisers advertisers) {
        var posts = new ArrayList<FeedPost>();
        for (int i = 0; i < 20; i++) {
            var post = Marsa.post("p" + i, "@a", "Sunrise over the corniche this morning", Set.of("food"));
            posts.add(engine.snapshots().facts(engine.posts().take(post)));
        }
        var placement = Optional.ofNullable(
                        engine.snapshots().current().placements().get("home"))
                .orElseThrow();
        var group = advertisers.all().getFirst().group();
        return Readers.COUNTRIES.stream()
                .map(country -> new Viewer(
                        Optional.of("r" + country + clock.instant()),
                        Optional.of(country),
                        Optional.empty(),
                        Optional.of("en"),
                        Optional.of("phone"),
                        Optional.empty(),
                        Set.of(),
                        Set.of()))
                .flatMap(viewer -> engine.serving().serve(placement, viewer, posts).shown().stream())
                .anyMatch(ad -> ad.impression().adGroup().equals(group));
    }

    private static Advertisers open(Engine engine) {
        return new Advertisers(engine, SCENARIO, Optional.of(Collections.nCopies(20, 50_000_000L)));
    }

    private void pass(Engine engine, Duration time) {
        var end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            var next = clock.instant().plusSeconds(300);
            clock.set(next.isBefore(end) ? next : end);
            engine.tick();
        }
    }
}
