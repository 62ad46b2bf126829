package mizan.server.accounting;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// HMAC-SHA256 cut to 16 bytes, by each key of a ring. RFC 2104 section 5 allows half the hash: 2^128 guesses,
/// each one a request, are out of reach. Safe from any thread.
public final class KeyedHashes {
    public static final int BYTES = 16;

    private final Map<Integer, PreparedMac> prepared = new HashMap<>();

    public KeyedHashes(Tokens.KeyRing keys) {
        keys.keys().forEach((number, key) -> prepared.put(number, new PreparedMac(key.getEncoded())));
    }

    /// Whether the ring has a key of this number.
    public boolean knows(int key) {
        return prepared.containsKey(key);
    }

    /// The hash of the first `length` bytes.
    public byte[] of(int key, byte[] bytes, int length) {
        var mac = Optional.ofNullable(prepared.get(key)).orElseThrow();
        return Arrays.copyOf(mac.of(bytes, length), BYTES);
    }

    /// Whether these bytes end with the hash of all before, in a time that tells nothing of how far they do.
    public boolean signed(int key, byte[] bytes) {
        int end = bytes.length - BYTES;
        return MessageDigest.isEqual(of(key, bytes, end), Arrays.copyOfRange(bytes, end, bytes.length));
    }
}
