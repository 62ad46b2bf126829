package mizan.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// API keys, known only by their SHA-256. A key is 256 random bits, so a fast hash is enough: there is
/// nothing to guess.
public final class ApiKeys {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private final Map<String, Principal> byHash = new ConcurrentHashMap<>();

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
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Admits a key by its hash; the mode must be the one its text names.
    public void admit(String hash, Principal principal) {
        byHash.put(hash, principal);
    }

    public void revoke(String hash) {
        byHash.remove(hash);
    }

    /// Who sends this key. Looked up by hash, so timing tells nothing about the key itself.
    public Optional<Principal> find(String key) {
        return Optional.ofNullable(byHash.get(hash(key)))
                .filter(p -> key.startsWith("mz_" + p.mode().name().toLowerCase(Locale.ROOT) + "_"));
    }
}
