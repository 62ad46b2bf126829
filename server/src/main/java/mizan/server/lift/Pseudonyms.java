package mizan.server.lift;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Names for viewers that nobody without the server's key can lead back to theirs: HMAC-SHA256, cut to 128
/// bits.
final class Pseudonyms {
    private static final int BYTES = 16;
    private final SecretKeySpec key;

    /// @param secret the server's key; the one of pseudonyms is derived from it
    Pseudonyms(SecretKeySpec secret) {
        this.key = new SecretKeySpec(mac(secret, "mizan lift"), "HmacSHA256");
    }

    String of(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac(key, text), BYTES));
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
