package mizan.server.accounting;

import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;

/// A key for one purpose, made from the server's own (HMAC-SHA256, RFC 2104): what is made with it says nothing of what
/// the others make, and nothing new has to be kept. Safe from any thread.
public final class DerivedKey {
    private final PreparedMac mac;

    /// @param secret the server's key
    /// @param purpose another for each use
    public DerivedKey(SecretKeySpec secret, String purpose) {
        this.mac = new PreparedMac(hash(new PreparedMac(secret.getEncoded()), purpose));
    }

    /// 32 bytes that nobody without the server's key can make, or lead back to the text.
    public byte[] of(String text) {
        return hash(mac, text);
    }

    private static byte[] hash(PreparedMac mac, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return mac.of(bytes, bytes.length);
    }
}
