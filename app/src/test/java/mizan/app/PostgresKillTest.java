package mizan.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import mizan.server.app.Accounts;
import mizan.server.app.Engine;
import mizan.server.serve.LeaseRules;
import mizan.server.store.Postgres;
import mizan.sim.postgres.LocalPostgres;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real server with book and ledger in PostgreSQL: the database is cut off, killed and hung under load, and then
/// the server itself is killed. `-Dmizan.kills=100` plays the long version.
class PostgresKillTest {
    private static final int KILLS = Integer.getInteger("mizan.kills", 4);

    @TempDir
    Path folder;

    @Test
    void givenLoad_whenDatabaseAndServerAreKilledAgainAndAgain_thenReadersGoOnAndEveryAcknowledgedEventCountsOnce()
            throws Exception {
        var programs = LocalPostgres.programs();
        Assumptions.assumeTrue(programs.isPresent(), "PostgreSQL is not here: apt-get install postgresql");
        var random = new SplittableRandom(Long.getLong("mizan.seed", 1));
        try (var postgres = LocalPostgres.start(programs.get())) {
            var address = postgres.database();
            try (var desk = new Killable(folder, Optional.of(address))) {
                desk.start();
                desk.book();
                var rounds = new KilledRounds(desk, random.split());
                for (int kill = 0; kill < KILLS; kill++) {
                    int trouble = kill % 4;
                    rounds.play(readers -> {
                        switch (trouble) {
                            case 0 -> {
                                postgres.cutConnections();
                                goOn(desk, readers);
                            }
                            case 1 -> {
                                postgres.kill();
                                goOn(desk, readers);
                                postgres.start();
                                goOn(desk, readers);
                            }
                            case 2 -> {
                                postgres.hang(true);
                                goOn(desk, readers);
                                postgres.hang(false);
                            }
                            default -> {
                                // The server alone.
                            }
                        }
                    });
                }
                rounds.reportAll();
                desk.kill();
                var live = folder.resolve("live");
                try (var engine = Engine.in(
                        live,
                        Accounts.of(live, Optional.of(Postgres.at(address))),
                        Engine.Settings.of(LeaseRules.STANDARD),
                        InstantSource.system(),
                        new SplittableRandom(1))) {
                    rounds.check(engine);
                }
            }
        }
    }

    /// Whatever has become of the database, pages are answered and events acknowledged.
    private static void goOn(Killable desk, List<Killable.Reader> readers) throws InterruptedException {
        long before = readers.stream().mapToLong(Killable.Reader::decisions).sum();
        desk.waitUntilAnswered(readers, before + 15);
        assertTrue(readers.stream().allMatch(Thread::isAlive), "a reader was refused");
    }
}
