package mizan.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import mizan.core.campaign.Book;
import mizan.core.ledger.AccountId;
import mizan.server.app.Accounts;
import mizan.server.app.Engine;
import mizan.server.journal.FolderDisk;
import mizan.server.serve.LeaseRules;
import mizan.server.store.DatabaseUnfit;
import mizan.server.store.Postgres;
import mizan.sim.postgres.LocalPostgres;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A week of the demo, moved into PostgreSQL.
final class MigrateTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void givenAWeekOfData_whenItIsMoved_thenNothingDiffersAndItsProofsStillVerify() throws Exception {
        var programs = LocalPostgres.programs();
        Assumptions.assumeTrue(programs.isPresent(), "PostgreSQL is not here: apt-get install postgresql");
        var live = folder.resolve("live");
        assertEquals(0, Main.run("demo", "--headless", "--json", "--weeks", "1", "--folder", live.toString()));
        var before = State.of(live, Optional.empty());
        assertTrue(before.entries > 1_000, "hardly any money moved: " + before.entries);
        try (var server = LocalPostgres.start(programs.get())) {
            var address = server.database();
            var postgres = Postgres.at(address);
            refusesARunningServerAndAForeignTarget(live, server, postgres);
            // Interrupted between book and ledger: the book is there, and the ledger is not.
            try (var connection = DriverManager.getConnection(address);
                    var statement = connection.createStatement()) {
                assertEquals(0, Main.run("migrate", "--folder", folder.toString(), "--to", address));
                undoLastStep(live);
                statement.execute("DELETE FROM live_ledger.transfer");
                assertEquals(0, Main.run("migrate", "--folder", folder.toString(), "--to", address));
            }
            assertEquals(Main.REFUSED, Main.run("migrate", "--folder", folder.toString(), "--to", address));
            assertThrows(DatabaseUnfit.class, () -> Accounts.of(live, Optional.empty()), "it would begin without");
            assertEquals(before, State.of(live, Optional.of(postgres)));
            assertEquals(0, Main.run("doctor", "--folder", live.toString(), "--store", address));
            assertEquals(0, Main.run("replay", "--folder", live.toString(), "--store", address));
            assertEquals(0, Main.run("verify", "last", "--folder", live.toString()));
        }
    }

    private static void refusesARunningServerAndAForeignTarget(Path live, LocalPostgres server, Postgres postgres)
            throws IOException {
        try (var _ = FolderDisk.open(live.resolve("journal"))) {
            assertThrows(RuntimeException.class, () -> Accounts.move(live, postgres));
        }
        var other = Postgres.at(server.database());
        Accounts.of(live.resolveSibling("elsewhere").resolve("live"), Optional.of(other))
                .ledger()
                .close();
        assertThrows(DatabaseUnfit.class, () -> Accounts.move(live, other));
        assertTrue(Files.exists(live.resolve("ledger.db")));
        assertFalse(Files.exists(live.resolve("database")));
    }

    private static void undoLastStep(Path live) throws IOException {
        Files.move(live.resolve("database"), live.resolve("database.begun"));
        for (var file : new String[] {"book.db", "ledger.db"}) {
            Files.move(live.resolve("moved-" + file), live.resolve(file));
        }
    }

    /// What an engine says of itself after it was opened.
    private record State(Book book, Map<AccountId, Long> balances, long position, long entries, boolean holds) {
        static State of(Path live, Optional<Postgres> postgres) {
            try (var engine = Engine.in(
                    live,
                    Accounts.of(live, postgres),
                    Engine.Settings.of(LeaseRules.STANDARD),
                    InstantSource.system(),
                    new SplittableRandom(1))) {
                var invariants = engine.invariants();
                return new State(
                        engine.booking().book(),
                        engine.accountant().balances(),
                        engine.accountant().position(),
                        engine.reports().sums().entries(),
                        invariants.holds());
            }
        }
    }
}
