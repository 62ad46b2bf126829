package mizan.sim.life;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import mizan.server.accounting.Tokens;
import mizan.server.app.Engine;
import mizan.server.app.Stores;
import mizan.server.findings.FindingsStore;
import mizan.server.serve.LeaseRules;
import mizan.sim.disk.FaultyDisk;
import mizan.sim.store.MemoryBookStore;
import mizan.sim.store.MemoryFindingsStore;
import mizan.sim.store.MemoryLedgerStore;
import mizan.sim.store.MemoryPostStore;
import mizan.sim.store.NoReports;
import org.junit.jupiter.api.Test;

/// A ledger that was restored without its folder, or a folder without its ledger.
class PutBackTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));

    @Test
    void givenAFolderThatHasSeenMoreOfTheLedger_whenItStarts_thenItRefusesAndSaysWhatToRestore() {
        var findings = new MemoryFindingsStore();
        findings.commit(new FindingsStore.Batch(0, 500, List.of(), List.of(), List.of()));
        var said = refusal(stores(new MemoryLedgerStore(), disk(1))
                .remembering(Stores.Remembered.nothing().with(findings)));
        assertTrue(said.contains("at 500") && said.contains("restore"), said);
    }

    @Test
    void givenAJournalThatEndsBeforeWhatTheLedgerHasRead_whenItStarts_thenItRefusesAndSaysWhatToRestore() {
        var ledger = new MemoryLedgerStore();
        var engine = engine(stores(ledger, disk(1)));
        engine.journal().append((byte) 9, new byte[10]); // a kind of a later version: read, and left alone
        engine.journal().flush();
        engine.tick();
        long read = engine.accountant().position();
        assertTrue(read > 10, "the ledger has read up to " + read);
        var said = refusal(stores(ledger, disk(2)));
        assertTrue(said.contains("up to " + read) && said.contains("restore"), said);
    }

    private static String refusal(Stores stores) {
        return Objects.requireNonNull(
                assertThrows(IllegalStateException.class, () -> engine(stores)).getMessage());
    }

    private static Engine engine(Stores stores) {
        var rules = new LeaseRules(Duration.ofHours(1), Duration.ofMinutes(15));
        return new Engine(stores, Engine.Settings.of(rules), NOON, new SplittableRandom(2));
    }

    private static FaultyDisk disk(long seed) {
        return new FaultyDisk(new SplittableRandom(seed));
    }

    private static Stores stores(MemoryLedgerStore ledger, FaultyDisk disk) {
        return new Stores(
                new MemoryBookStore(),
                ledger,
                NoReports.reports(),
                new MemoryPostStore(),
                disk,
                new Tokens.KeyRing(0, Map.of(0, Tokens.KeyRing.key(new byte[32]))),
                1 << 20);
    }
}
