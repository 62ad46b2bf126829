package mizan.sim.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import mizan.server.store.DatabaseUnfit;
import mizan.server.store.Postgres;
import mizan.server.store.SqlLedgerStore;
import mizan.sim.postgres.LocalPostgres;
import mizan.sim.postgres.TestPostgres;
import org.junit.jupiter.api.Test;

/// A database that money must not be kept in says what is wrong and what to do.
class UnfitPostgresTest {
    private static void refused(Supplier<?> opening, String... words) {
        var message = said(assertThrows(RuntimeException.class, opening::get));
        for (var word : words) {
            assertTrue(message.contains(word), message);
        }
        assertFalse(message.contains("hunter2"), message);
    }

    private static String said(RuntimeException e) {
        return Objects.requireNonNull(e.getMessage());
    }

    @Test
    void givenAnAddressThatIsNone_whenOpened_thenItIsRefused() {
        refused(() -> Postgres.at("postgres://db/mizan"), "jdbc:postgresql://");
        refused(() -> Postgres.at("jdbc:postgresql://127.0.0.1:1/mizan?user=a&password=hunter2"), "pg_isready");
    }

    @Test
    void givenADatabaseThatIsNotThere_orAUserWithoutRights_whenOpened_thenTheMessageNamesTheRemedy() {
        var address = TestPostgres.database();
        refused(() -> Postgres.at(address.replaceFirst("/d\\d+\\?", "/nobody_made_it?")), "createdb");
        refused(() -> Postgres.at(address.replace("user=postgres", "user=stranger&password=hunter2")), "user");
        TestPostgres.execute("CREATE ROLE guest LOGIN");
        refused(() -> Postgres.at(address.replace("user=postgres", "user=guest")), "GRANT CREATE ON DATABASE");
    }

    @Test
    void givenASchemaOfANewerProgram_whenOpened_thenItIsRefusedAndLeftAlone() throws Exception {
        var address = TestPostgres.database();
        var postgres = Postgres.at(address);
        SqlLedgerStore.open(postgres, "ledger", "one folder").close();
        try (var connection = java.sql.DriverManager.getConnection(address);
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO ledger.schema_version VALUES (99)");
        }
        refused(() -> SqlLedgerStore.open(postgres, "ledger", "one folder"), "schema 99", "newer version");
    }

    @Test
    void givenAStandby_whenOpened_thenMoneyIsNotKeptThere() throws Exception {
        try (var server = TestPostgres.start()) {
            var address = server.database();
            server.beStandby();
            var refused = assertThrows(DatabaseUnfit.class, () -> Postgres.at(address));
            assertTrue(said(refused).contains("standby"), said(refused));
        }
    }

    @Test
    void givenAServerThatDoesNotForce_whenOpened_thenItIsRefused() throws Exception {
        try (LocalPostgres server = TestPostgres.start()) {
            var address = server.database();
            server.execute("ALTER SYSTEM SET fsync = off");
            server.execute("SELECT pg_reload_conf()");
            var refused = refusal(address);
            // The server reads its settings again when it comes round to it.
            while (refused.isEmpty()) {
                refused = refusal(address);
            }
            assertTrue(refused.get().contains("fsync=off"), refused.get());
        }
    }

    private static Optional<String> refusal(String address) {
        try {
            Postgres.at(address);
            return Optional.empty();
        } catch (DatabaseUnfit e) {
            return Optional.of(said(e));
        }
    }
}
