package mizan.server.reporting;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import mizan.server.accounting.DerivedKey;

/// Signs the links that let somebody without an account read the desk, and knows them again.
///
/// `id.until.mac`, where the mac (HMAC-SHA256, cut to 160 bits) binds the end to the id: nobody can make one
/// or lengthen one without the server's key. Whether it was taken back is asked of the desk's log.
public final class ShareLinks {
    private static final int MAC_BYTES = 20;
    private final DerivedKey key;

    /// @param secret the server's key
    public ShareLinks(SecretKeySpec secret) {
        this.key = new DerivedKey(secret, "mizan desk share");
    }

    public String sign(Desk.Share share) {
        var payload = share.id() + "." + share.until().getEpochSecond();
        return payload + "." + seal(payload);
    }

    /// The share that a link opens now; empty when it is forged, over or taken back.
    public Optional<Desk.Share> open(String link, Desk desk, Instant now) {
        int cut = link.lastIndexOf('.');
        if (cut < 0 || !same(link.substring(cut + 1), seal(link.substring(0, cut)))) {
            return Optional.empty();
        }
        var id = link.substring(0, link.indexOf('.'));
        return desk.share(id).filter(s -> !s.revoked() && now.isBefore(s.until()));
    }

    private String seal(String payload) {
        var cut = java.util.Arrays.copyOf(key.of(payload), MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cut);
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
