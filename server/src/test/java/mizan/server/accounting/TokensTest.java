package mizan.server.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import mizan.core.campaign.AdId;
import mizan.core.campaign.ChargeBy;
import mizan.core.identity.SortableId;
import mizan.core.receipt.ImpressionId;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=. ";

    private static Tokens.KeyRing ring(int current, int... ids) {
        var keys = new java.util.HashMap<Integer, javax.crypto.spec.SecretKeySpec>();
        for (int id : ids) {
            byte[] secret = new byte[32];
            new Random(id).nextBytes(secret);
            keys.put(id, Tokens.KeyRing.key(secret));
        }
        return new Tokens.KeyRing(current, Map.copyOf(keys));
    }

    private static Tokens.Token token(long seed) {
        var random = new Random(seed);
        return new Tokens.Token(
                new ImpressionId(SortableId.of("imp", random.nextLong(1L << 48), random.nextLong(), random.nextLong())),
                random.nextLong(),
                new AdId(SortableId.of("ad", random.nextLong(1L << 48), random.nextLong(), random.nextLong())),
                random.nextLong(),
                random.nextInt(),
                random.nextLong(),
                java.util.List.of(ChargeBy.values()).get(random.nextInt(3)),
                Instant.ofEpochMilli(random.nextLong(1L << 42)));
    }

    @Test
    void givenAnyToken_whenSignedAndParsed_thenItIsTheSame() {
        var tokens = new Tokens(ring(1, 1));
        for (long seed = 0; seed < 1_000; seed++) {
            assertEquals(Optional.of(token(seed)), tokens.parse(tokens.sign(token(seed))), "seed " + seed);
        }
    }

    @Test
    void givenASignedToken_whenOneCharacterIsChanged_thenItIsRefused() {
        var tokens = new Tokens(ring(1, 1));
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            var text = new StringBuilder(tokens.sign(token(i)));
            int at = random.nextInt(text.length());
            char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            if (text.charAt(at) == other) {
                other = other == 'A' ? 'B' : 'A';
            }
            text.setCharAt(at, other);
            assertEquals(Optional.empty(), tokens.parse(text.toString()), "change " + i);
        }
    }

    @Test
    void givenARotatedKey_whenItOverlaps_thenOldTokensHoldUntilTheKeyIsGone() {
        var old = new Tokens(ring(1, 1)).sign(token(3));
        assertEquals(Optional.of(token(3)), new Tokens(ring(2, 1, 2)).parse(old));
        assertEquals(Optional.empty(), new Tokens(ring(2, 2)).parse(old));
    }
}
