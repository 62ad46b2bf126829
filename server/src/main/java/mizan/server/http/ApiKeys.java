package mizan.server.http;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import mizan.log.Sha256;

/// API keys, known only by their SHA-256. A key is 256 random bits, so a fast hash is enough: there is
/// nothing to guess.
public final class ApiKeys {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    /// More would be a mistake: each is a secret that somebody has to keep.
    public static final int MAX_KEYS = 10_000;

    private final Map<String, ApiKey> byHash = new ConcurrentHashMap<>();
    private final Optional<ApiKeyStore> store;
    private final InstantSource time;

    /// Keys that end with the process.
    public ApiKeys() {
        this.store = Optional.empty();
        this.time = InstantSource.system();
    }

    /// Keys that a store keeps.
    public ApiKeys(ApiKeyStore store, InstantSource time) {
        this.store = Optional.of(store);
        this.time = time;
        store.load().forEach(key -> byHash.put(key.hash(), key));
    }

    /// A new key's text: `mz_test_` or `mz_live_` and 52 digits. Show it once.
    ///
    /// @param random cryptographically strong outside of tests
    public static String create(Mode mode, RandomGenerator random) {
        var text = new StringBuilder("mz_" + mode.name().toLowerCase(Locale.ROOT) + "_");
        for (int i = 0; i < 52; i++) {
            text.append(ALPHABET.charAt(random.nextInt(32)));
        }
        return text.toString();
    }

    public static String hash(String key) {
        return Sha256.hex(key);
    }

    /// Admits a key by its hash as long as the process runs; the mode must be the one its text names.
    public void admit(String hash, Principal principal) {
        byHash.put(
                hash,
                new ApiKey(
                        hash, principal, principal.keyId(), time.instant(), Optional.empty(), Optional.empty(), false));
    }

    /// Admits a key and keeps it.
    public void add(ApiKey key) {
        store.ifPresent(s -> s.put(key));
        byHash.put(key.hash(), key);
    }

    /// Takes a key away, at once; empty when there is none of this id.
    public Optional<ApiKey> revoke(String keyId) {
        var found = byHash.values().stream()
                .filter(k -> k.principal().keyId().equals(keyId))
                .findFirst();
        return found.map(key -> key.revokedAt().isPresent() ? key : key.revoked(time.instant()))
                .map(key -> {
                    add(key);
                    return key;
                });
    }

    /// Lets a key in that waited for a second person; empty when there is none of this id that waits.
    public Optional<ApiKey> letIn(String keyId) {
        var found = byHash.values().stream()
                .filter(k -> k.isWaiting() && k.principal().keyId().equals(keyId))
                .findFirst()
                .map(ApiKey::letIn);
        found.ifPresent(this::add);
        return found;
    }

    /// What the owner of a key calls it.
    public Optional<String> name(String keyId) {
        return byHash.values().stream()
                .filter(k -> k.principal().keyId().equals(keyId))
                .map(ApiKey::name)
                .findFirst();
    }

    /// All of them, oldest first.
    public List<ApiKey> all() {
        return byHash.values().stream()
                .sorted(Comparator.comparing(ApiKey::createdAt)
                        .thenComparing(k -> k.principal().keyId()))
                .toList();
    }

    /// Who sends this key. Looked up by hash, so timing tells nothing about the key itself.
    public Optional<Principal> find(String key) {
        return Optional.ofNullable(byHash.get(hash(key)))
                .filter(k -> k.admits(time.instant()))
                .map(ApiKey::principal)
                .filter(p -> key.startsWith("mz_" + p.mode().name().toLowerCase(Locale.ROOT) + "_"));
    }
}
