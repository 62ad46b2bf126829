package mizan.server.accounting;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA256 cut to 16 bytes, by each key of a ring. RFC 2104 section 5 allows half the hash: 2^128 guesses,
/// each one a request, are out of reach. Safe from any thread.
public final class KeyedHashes {
    public static final int BYTES = 16;

    /// One for each key, never used but copied: finding an algorithm and giving it its key costs more than
    /// the hash itself.
    private final Map<Integer, Mac> prepared = new HashMap<>();

    public KeyedHashes(Tokens.KeyRing keys) {
        keys.keys().forEach((number, key) -> prepared.put(number, prepared(key)));
    }

    /// Whether the ring has a key of this number.
    public boolean knows(int key) {
        return prepared.containsKey(key);
    }

    /// The hash of the first `length` bytes.
    public byte[] of(int key, byte[] bytes, int length) {
        try {
            var mac = (Mac) Optional.ofNullable(prepared.get(key)).orElseThrow().clone();
            mac.update(bytes, 0, length);
            return Arrays.copyOf(mac.doFinal(), BYTES);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own HMAC can be copied", e);
        }
    }

    /// Whether these bytes end with the hash of all before, in a time that tells nothing of how far they do.
    public boolean signed(int key, byte[] bytes) {
        int end = bytes.length - BYTES;
        return MessageDigest.isEqual(of(key, bytes, end), Arrays.copyOfRange(bytes, end, bytes.length));
    }

    private static Mac prepared(SecretKeySpec key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every Java", e);
        }
    }
}
