package mizan.sim.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import mizan.server.findings.FindingsStore;
import mizan.server.store.SqliteFindingsStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFindingsStoreTest extends FindingsStoreContract {
    @TempDir
    private Path folder = Path.of("");

    @Override
    FindingsStore open() {
        return SqliteFindingsStore.open(folder.resolve("findings.db"));
    }

    @Override
    FindingsStore reopen(FindingsStore store) {
        return SqliteFindingsStore.open(folder.resolve("findings.db"));
    }

    @Test
    void givenAFileOfTheFirstSchema_whenOpened_thenItsDecisionsAreStillBesideTheirPosts()
            throws SQLException, IOException {
        try (var before = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("findings.db"));
                var statement = before.createStatement();
                var script = SqliteFindingsStore.class.getResourceAsStream("/mizan/store/findings/1.sql")) {
            statement.executeUpdate(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
            statement.executeUpdate("INSERT INTO beside VALUES ('p1','imp_1',7,1000000), ('p1','imp_2',7,1000000),"
                    + " ('p1','imp_3',99000000000,2000000), ('p2','imp_3',99000000000,2000000)");
            statement.execute("PRAGMA user_version=1");
        }
        try (var store = open()) {
            assertEquals(List.of(7L, 99_000_000_000L), store.beside("p1", Instant.EPOCH));
            assertEquals(List.of(99_000_000_000L), store.beside("p1", Instant.ofEpochSecond(2)));
        }
    }
}
