package mizan.server.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mizan.server.picture.StoredPicture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlitePictureStoreTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final byte[] BYTES = {1, 2, 3};

    @TempDir
    private Path folder = Path.of("");

    @Test
    void givenADatabaseThatRefusedOnce_whenAPictureIsKeptAfterwards_thenItIsThereAtTheNextStart() throws Exception {
        try (var store = open()) {
            elsewhere("ALTER TABLE picture RENAME TO away");
            assertThrows(StoreFailed.class, () -> store.needed(List.of("a"), NOW));
            elsewhere("ALTER TABLE away RENAME TO picture");
            store.put(picture("b.png"), BYTES);
            // The process ends here, without a word to the store.
            try (var next = open()) {
                assertEquals(List.of(picture("b.png")), next.all());
                assertArrayEquals(BYTES, next.bytes("b.png").orElseThrow());
            }
        }
    }

    @Test
    void givenAPictureThatIsRemovedAndSentAgain_whenStartedAnew_thenItIsWhole() {
        try (var store = open()) {
            store.put(picture("b.png"), BYTES);
            store.remove("b.png");
            store.put(picture("b.png"), BYTES);
        }
        try (var store = open()) {
            assertArrayEquals(BYTES, store.bytes("b.png").orElseThrow());
            assertEquals(List.of(), store.neededLastBefore(NOW));
            assertEquals(List.of("b.png"), store.neededLastBefore(NOW.plusMillis(1)));
        }
    }

    private SqlitePictureStore open() {
        return SqlitePictureStore.open(folder.resolve("pictures.db"), folder.resolve("pictures"));
    }

    /// What another program does to the same file.
    private void elsewhere(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("pictures.db"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static StoredPicture picture(String name) {
        return new StoredPicture(name, "image/png", 10, 10, 1, 0, BYTES.length, NOW, Optional.of("adv_a"));
    }
}
