package mizan.server.accounting;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import mizan.core.campaign.AdId;
import mizan.core.campaign.ChargeBy;
import mizan.core.identity.SortableId;
import mizan.core.receipt.ImpressionId;

/// Signs what a browser sends back, so that an event cannot be invented or moved to another ad or price.
///
/// 71 bytes and their hash ([KeyedHashes]) are 116 characters. Safe from any thread. Expiry is judged by the
/// accountant, not here.
public final class Tokens {
    private static final int VERSION = 2;
    private static final int PAYLOAD_BYTES = 71;
    /// Base64 of 87 bytes.
    public static final int CHARS = 116;
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final KeyRing keys;
    private final KeyedHashes hashes;

    public Tokens(KeyRing keys) {
        this.keys = keys;
        this.hashes = new KeyedHashes(keys);
    }

    /// Keys by their number, 0 to 255. New tokens use `current`; the others still verify, so rotation
    /// overlaps.
    public record KeyRing(int current, Map<Integer, SecretKeySpec> keys) {
        public KeyRing {
            keys = Map.copyOf(keys);
            if (!keys.containsKey(current) || keys.keySet().stream().anyMatch(id -> id < 0 || id > 255)) {
                throw new IllegalArgumentException("a key ring holds its current key, numbered 0 to 255");
            }
        }

        /// The one that new tokens are signed with, and other keys of this server are derived from.
        public SecretKeySpec currentKey() {
            return Objects.requireNonNull(keys.get(current));
        }

        public static SecretKeySpec key(byte[] secret) {
            if (secret.length < 32) {
                throw new IllegalArgumentException("a token key has at least 32 bytes");
            }
            return new SecretKeySpec(secret, "HmacSHA256");
        }
    }

    /// @param decidedAt where in the journal its decision stands, so that nothing has to be kept to find it again
    public record Token(
            ImpressionId impression,
            long decidedAt,
            AdId ad,
            long lease,
            int sequence,
            long priceMicros,
            ChargeBy chargeBy,
            Instant expiresAt) {}

    public String sign(Token token) {
        var bytes = ByteBuffer.allocate(PAYLOAD_BYTES + KeyedHashes.BYTES)
                .put((byte) VERSION)
                .put((byte) keys.current());
        putId(bytes, token.impression().value());
        bytes.putLong(token.decidedAt());
        putId(bytes, token.ad().value());
        bytes.putLong(token.lease()).putInt(token.sequence()).putLong(token.priceMicros());
        bytes.put(code(token.chargeBy())).putLong(token.expiresAt().toEpochMilli());
        bytes.put(hashes.of(keys.current(), bytes.array(), PAYLOAD_BYTES));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /// The token, or nothing when it is not exactly a text that [#sign] wrote with a key of this ring.
    public Optional<Token> parse(String text) {
        if (text.length() != CHARS) {
            return Optional.empty();
        }
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        // The last character carries spare bits, which the decoder ignores: only one spelling is accepted.
        boolean canonical =
                Base64.getUrlEncoder().withoutPadding().encodeToString(all).equals(text);
        boolean known = canonical && all[0] == VERSION && hashes.knows(all[1] & 0xFF);
        if (!known || !hashes.signed(all[1] & 0xFF, all)) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(all, 2, PAYLOAD_BYTES - 2);
        return Optional.of(new Token(
                new ImpressionId(id(ImpressionId.PREFIX, in)),
                in.getLong(),
                new AdId(id(AdId.PREFIX, in)),
                in.getLong(),
                in.getInt(),
                in.getLong(),
                chargeBy(in.get()),
                Instant.ofEpochMilli(in.getLong())));
    }

    private static byte code(ChargeBy chargeBy) {
        return switch (chargeBy) {
            case IMPRESSION -> 0;
            case VIEWABLE_IMPRESSION -> 1;
            case CLICK -> 2;
        };
    }

    private static ChargeBy chargeBy(byte code) {
        return switch (code) {
            case 0 -> ChargeBy.IMPRESSION;
            case 1 -> ChargeBy.VIEWABLE_IMPRESSION;
            case 2 -> ChargeBy.CLICK;
            default -> throw new IllegalStateException("a signed token with charge code " + code);
        };
    }

    private static void putId(ByteBuffer out, String id) {
        long high = 0;
        long low = 0;
        for (int i = id.indexOf('_') + 1; i < id.length(); i++) {
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | DIGITS.indexOf(id.charAt(i));
        }
        out.putLong(high).putLong(low);
    }

    private static String id(String prefix, ByteBuffer in) {
        long high = in.getLong();
        return SortableId.of(prefix, high >>> 16, high, in.getLong());
    }
}
