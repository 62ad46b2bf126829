package mizan.server.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id (RFC 9106) of passwords, with 19 MiB, two passes and one lane: the OWASP password storage cheat
/// sheet's first choice. Kept as `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
///
/// Four are computed at once at most, so that a flood of tries takes 76 MiB and no more.
public final class Passwords {
    /// NIST SP 800-63B-4, section 3.1.1: 15 for a password that stands alone. No rules on its signs.
    public static final int MIN_LENGTH = 15;

    public static final int MAX_LENGTH = 128;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final String PREFIX = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$";
    /// No password is known to hash to zeros.
    private static final String NOBODY = PREFIX + text(new byte[SALT_BYTES]) + "$" + text(new byte[HASH_BYTES]);

    private final Semaphore room = new Semaphore(4);
    private final RandomGenerator random;

    /// @param random cryptographically strong outside of tests
    public Passwords(RandomGenerator random) {
        this.random = random;
    }

    /// Whether it may be somebody's password: 15 to 128 characters.
    public static boolean isLongEnough(String password) {
        int length = password.codePointCount(0, password.length());
        return length >= MIN_LENGTH && length <= MAX_LENGTH;
    }

    public String hash(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return PREFIX + text(salt) + "$" + text(argon2(password, salt));
    }

    /// Whether it is the password of this hash.
    public boolean matches(String password, String hash) {
        var parts = hash.substring(PREFIX.length()).split("\\$");
        return MessageDigest.isEqual(argon2(password, bytes(parts[0])), bytes(parts[1]));
    }

    /// Takes as long as [#matches], so that an unknown login is not known by the time it takes.
    void matchesNobody(String password) {
        matches(password, NOBODY);
    }

    private byte[] argon2(String password, byte[] salt) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(PASSES)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        var hash = new byte[HASH_BYTES];
        room.acquireUninterruptibly();
        try {
            // The same characters on every keyboard.
            generator.generateBytes(
                    Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8), hash);
        } finally {
            room.release();
        }
        return hash;
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return Base64.getDecoder().decode(text);
    }
}
