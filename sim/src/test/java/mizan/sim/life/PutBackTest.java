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

/// A ledger that was restored without its folder.
class PutBackTest {
    @Test
    void givenAFolderThatHasSeenMoreOfTheLedger_whenItStarts_thenItRefusesAndSaysWhatToRestore() {
        var findings = new MemoryFindingsStore();
        findings.commit(new FindingsStore.Batch(0, 500, List.of(), List.of(), List.of()));
        var stores = new Stores(
                        new MemoryBookStore(),
                        new MemoryLedgerStore(),
                        NoReports.reports(),
                        new MemoryPostStore(),
                        new FaultyDisk(new SplittableRandom(1)),
                        new Tokens.KeyRing(0, Map.of(0, Tokens.KeyRing.key(new byte[32]))),
                        1 << 20)
                .remembering(Stores.Remembered.nothing().with(findings));
        var rules = new LeaseRules(Duration.ofHours(1), Duration.ofMinutes(15));
        var time = InstantSource.fixed(Instant.parse("2026-11-24T10:00:00Z"));
        var refused = assertThrows(
                IllegalStateException.class,
                () -> new Engine(stores, Engine.Settings.of(rules), time, new SplittableRandom(2)));
        var said = Objects.requireNonNull(refused.getMessage());
        assertTrue(said.contains("at 500") && said.contains("restore"), said);
    }
}
