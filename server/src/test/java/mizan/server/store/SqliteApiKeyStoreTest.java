package mizan.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import mizan.server.http.ApiKey;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteApiKeyStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @TempDir
    Path folder;

    @Test
    void givenKeysMadeExpiringAndRevoked_whenTheStoreIsOpenedAgain_thenEachIsWhatItWas() {
        var file = folder.resolve("keys.db");
        var clock = new AtomicReference<>(NOW);
        var random = new SplittableRandom(1);
        var lasting = ApiKeys.create(Mode.LIVE, random);
        var expiring = ApiKeys.create(Mode.TEST, random);
        var revoked = ApiKeys.create(Mode.LIVE, random);
        try (var store = SqliteApiKeyStore.open(file)) {
            var keys = new ApiKeys(store, clock::get);
            keys.add(key(lasting, "key_1", Mode.LIVE, Optional.empty()));
            keys.add(key(expiring, "key_2", Mode.TEST, Optional.of(NOW.plus(Duration.ofHours(1)))));
            keys.add(key(revoked, "key_3", Mode.LIVE, Optional.empty()));
            keys.revoke("key_3");
        }
        try (var store = SqliteApiKeyStore.open(file)) {
            var keys = new ApiKeys(store, clock::get);
            assertEquals(
                    EnumSet.of(Scope.SERVE, Scope.BOOK_READ),
                    EnumSet.copyOf(keys.find(lasting).orElseThrow().scopes()));
            assertTrue(keys.find(expiring).isPresent());
            assertTrue(keys.find(revoked).isEmpty());
            clock.set(NOW.plus(Duration.ofHours(1)));
            assertTrue(keys.find(expiring).isEmpty());
            assertEquals(3, keys.all().size());
        }
    }

    private static ApiKey key(String text, String id, Mode mode, Optional<Instant> expires) {
        return new ApiKey(
                ApiKeys.hash(text),
                new Principal(id, mode, EnumSet.of(Scope.SERVE, Scope.BOOK_READ), Optional.of("adv_x")),
                id,
                NOW,
                expires,
                Optional.empty(),
                false);
    }
}
