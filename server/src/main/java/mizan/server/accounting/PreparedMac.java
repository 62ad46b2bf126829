package mizan.server.accounting;

import java.security.GeneralSecurityException;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA256 with one key (RFC 2104), used again for each text: finding the algorithm and giving it its key cost more
/// than the hash. Safe from any thread.
final class PreparedMac {
    private static final String ALGORITHM = "HmacSHA256";

    /// As many as there are processors that hash at once; more are made when they are needed and let go.
    private static final int KEPT = 16;

    private final SecretKeySpec key;
    private final ArrayBlockingQueue<Mac> free = new ArrayBlockingQueue<>(KEPT);

    /// @param secret whatever it is named for, it is taken as a key of HMAC-SHA256
    PreparedMac(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /// The 32 bytes of the first `length` bytes.
    byte[] of(byte[] bytes, int length) {
        var kept = free.poll();
        var mac = kept == null ? fresh() : kept;
        mac.update(bytes, 0, length);
        // It leaves the key in place, ready for the next text.
        var hash = mac.doFinal();
        free.offer(mac);
        return hash;
    }

    private Mac fresh() {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every Java", e);
        }
    }
}
