package mizan.server.accounting;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key for one purpose, made from the server's own (HMAC-SHA256, RFC 2104): what is made with it says nothing of what
/// the others make, and nothing new has to be kept. Safe from any thread.
public final class DerivedKey {
    private static final String ALGORITHM = "HmacSHA256";
    private final SecretKeySpec key;

    /// @param secret the server's key
    /// @param purpose another for each use
    public DerivedKey(SecretKeySpec secret, String purpose) {
        this.key = new SecretKeySpec(mac(secret, purpose), ALGORITHM);
    }

    /// 32 bytes that nobody without the server's key can make, or lead back to the text.
    public byte[] of(String text) {
        return mac(key, text);
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every Java", e);
        }
    }
}
