package mizan.server.people;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Codes of six digits that change every 30 seconds (RFC 6238 with HMAC-SHA-1, which every app knows). One
/// step early or late is taken; a step is taken once.
public final class Totp {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final long STEP_SECONDS = 30;
    /// 160 bits, as RFC 4226, section 4 recommends.
    private static final int SECRET_DIGITS = 32;

    private Totp() {}

    /// A new secret in base32.
    ///
    /// @param random cryptographically strong outside of tests
    public static String secret(RandomGenerator random) {
        var text = new StringBuilder();
        for (int i = 0; i < SECRET_DIGITS; i++) {
            text.append(ALPHABET.charAt(random.nextInt(32)));
        }
        return text.toString();
    }

    /// The code of a moment.
    public static String code(String secret, Instant at) {
        return code(secret, step(at));
    }

    /// The step that a code belongs to; empty when it is wrong or was used.
    ///
    /// @param after the last step that was used
    static OptionalLong accepted(String secret, String code, Instant now, long after) {
        for (long step = step(now) - 1; step <= step(now) + 1; step++) {
            if (step > after
                    && MessageDigest.isEqual(
                            code(secret, step).getBytes(StandardCharsets.US_ASCII),
                            code.getBytes(StandardCharsets.US_ASCII))) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    private static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
    }

    private static String code(String secret, long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(bytes(secret), "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int from = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(from) & 0x7fff_ffff;
            return String.format(Locale.ROOT, "%06d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-1 is part of every Java", e);
        }
    }

    /// RFC 4648, section 6, without padding.
    private static byte[] bytes(String base32) {
        var bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
        int bits = 0;
        long held = 0;
        for (int i = 0; i < base32.length(); i++) {
            held = held << 5 | ALPHABET.indexOf(base32.charAt(i));
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (held >> bits));
            }
        }
        return bytes.array();
    }
}
