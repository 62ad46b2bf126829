package mizan.server.lift;

import java.util.Arrays;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;
import mizan.server.accounting.DerivedKey;

/// Names for viewers that nobody without the server's key can lead back to theirs: HMAC-SHA256, cut to 128
/// bits.
final class Pseudonyms {
    private static final int BYTES = 16;
    private final DerivedKey key;

    /// @param secret the server's key
    Pseudonyms(SecretKeySpec secret) {
        this.key = new DerivedKey(secret, "mizan lift");
    }

    String of(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(key.of(text), BYTES));
    }
}
