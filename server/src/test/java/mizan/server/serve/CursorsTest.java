package mizan.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import mizan.core.campaign.PlacementId;
import mizan.core.feed.Session;
import mizan.server.accounting.Tokens;
import org.junit.jupiter.api.Test;

class CursorsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final PlacementId HOME = new PlacementId("plc_01KJPWD6M00000000000000001");
    private static final PlacementId OTHER = new PlacementId("plc_01KJPWD6M00000000000000002");
    private static final Session SESSION = new Session(
            60, 5, Optional.of(new Session.LastAd(4, 31, "adv_01KJPWD6M00000000000000002", "سيارات")), 1_500_000);

    private final Cursors cursors = cursors(1);

    private static Cursors cursors(int secret) {
        var key = new byte[32];
        key[0] = (byte) secret;
        return new Cursors(new Tokens.KeyRing(7, Map.of(7, Tokens.KeyRing.key(key))));
    }

    @Test
    void givenASession_whenItIsSignedAndRead_thenItIsTheSame() {
        assertEquals(Optional.of(SESSION), cursors.read(HOME, cursors.sign(HOME, SESSION, NOW), NOW.plusSeconds(600)));
        assertEquals(Optional.of(Session.START), cursors.read(HOME, cursors.sign(HOME, Session.START, NOW), NOW));
    }

    @Test
    void givenACursor_whenAnyByteIsChanged_thenItIsRefused() {
        var signed = Base64.getUrlDecoder().decode(cursors.sign(HOME, SESSION, NOW));
        for (int i = 0; i < signed.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                var forged = signed.clone();
                forged[i] ^= (byte) (1 << bit);
                var text = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
                assertEquals(Optional.empty(), cursors.read(HOME, text, NOW), "byte " + i);
            }
        }
    }

    @Test
    void givenACursor_whenItIsOldOrOfAnotherPlacementOrKey_thenItIsRefused() {
        var cursor = cursors.sign(HOME, SESSION, NOW);
        assertEquals(Optional.empty(), cursors.read(HOME, cursor, NOW.plus(Cursors.LIFE)));
        assertEquals(Optional.empty(), cursors.read(OTHER, cursor, NOW));
        assertEquals(Optional.empty(), cursors(2).read(HOME, cursor, NOW));
    }

    @Test
    void givenAnyText_whenItIsRead_thenItIsRefusedAndNothingElseHappens() {
        var random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append((char) random.nextInt(33, 127));
            }
            assertEquals(Optional.empty(), cursors.read(HOME, text.toString(), NOW), text.toString());
        }
        assertTrue(cursors.sign(HOME, SESSION, NOW).length() < Cursors.MAX_CHARS);
    }
}
