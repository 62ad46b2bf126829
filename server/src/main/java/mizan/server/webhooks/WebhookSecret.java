package mizan.server.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// What somebody elsewhere and this server share, so that they can tell who calls. Headers as in Standard Webhooks 1.0.
public final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;
    private static final int DRAWN = 32;

    private final SecretKey key;
    private final String text;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.text = PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /// @param text `whsec_` and 24 to 64 bytes in base64
    public static WebhookSecret parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a secret begins with " + PREFIX);
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a secret is " + PREFIX + " and base64", e);
        }
        if (key.length < SHORTEST || key.length > LONGEST) {
            throw new IllegalArgumentException("a secret has " + SHORTEST + " to " + LONGEST + " bytes");
        }
        return new WebhookSecret(key);
    }

    /// A new one.
    ///
    /// @param random cryptographically strong outside of tests
    public static WebhookSecret draw(RandomGenerator random) {
        var key = new byte[DRAWN];
        random.nextBytes(key);
        return new WebhookSecret(key);
    }

    /// What [#parse] reads: for whom it is shared with, and for where it is kept.
    public String text() {
        return text;
    }

    /// @param id the same for every try to send the same
    public Map<String, String> headers(String id, Instant now, byte[] body) {
        return headers(List.of(this), id, now, body);
    }

    /// Signed with each of several, so that one can take the place of another without a moment in between.
    public static Map<String, String> headers(List<WebhookSecret> secrets, String id, Instant now, byte[] body) {
        var seconds = Long.toString(now.getEpochSecond());
        var signatures = secrets.stream()
                .map(secret -> "v1," + secret.signature(id + '.' + seconds + '.', body))
                .collect(Collectors.joining(" "));
        return Map.of("webhook-id", id, "webhook-timestamp", seconds, "webhook-signature", signatures);
    }

    private String signature(String before, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC with SHA-256 is part of every Java", e);
        }
    }

    /// Never the secret: this ends up in logs.
    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
