package mizan.server.proof;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import mizan.log.Sha256;

/// Salted commitments. A salt is 16 random bytes: without it, nobody can try out what may be behind a commitment.
public final class Commitments {
    private static final HexFormat HEX = HexFormat.of();
    private final RandomGenerator random;

    Commitments(RandomGenerator random) {
        this.random = random;
    }

    /// 32 hex digits.
    String salt() {
        synchronized (random) {
            return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
        }
    }

    /// SHA-256 over the salt's bytes and the text.
    public static byte[] of(String salt, byte[] text) {
        var sha = Sha256.begun();
        sha.update(HEX.parseHex(salt));
        return sha.digest(text);
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    static byte[] hash(byte[] bytes) {
        return Sha256.of(bytes);
    }

    /// What the log holds of a thing: its kind and the commitment to its text.
    public static byte[] entry(String kind, byte[] commitment) {
        return ("mizan " + kind + " 1 " + hex(commitment) + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
