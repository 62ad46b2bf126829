package mizan.server.viewers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import javax.crypto.spec.SecretKeySpec;
import mizan.server.accounting.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewersTest {
    private static final SecretKeySpec KEY = Tokens.KeyRing.key(new byte[32]);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void givenManyPlacesForgottenInAnyOrder_whenAnyPlaceIsAsked_thenTheForgottenAreGoneAndAllOthersAsBefore() {
        long seed = 202;
        var random = new SplittableRandom(seed);
        var whole = PuncturableSecret.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
        var forgotten = new HashSet<Long>();
        var left = whole;
        for (int i = 0; i < 200; i++) {
            long place = random.nextLong() >>> 16;
            // Neighbours too, and some twice.
            var some = List.of(place, place ^ (random.nextInt(3) == 0 ? 1 : 0));
            forgotten.addAll(some);
            left = left.without(some);
        }
        for (long place : forgotten) {
            assertTrue(left.at(place).isEmpty(), "seed " + seed);
        }
        for (int i = 0; i < 2_000; i++) {
            long any = i % 2 == 0
                    ? random.nextLong() >>> 16
                    : forgotten.stream()
                                    .skip(random.nextInt(forgotten.size()))
                                    .findFirst()
                                    .orElseThrow()
                            ^ (1L << random.nextInt(PuncturableSecret.PLACE_BITS));
            if (!forgotten.contains(any)) {
                assertTrue(
                        Arrays.equals(whole.at(any).orElseThrow(), left.at(any).orElseThrow()), "seed " + seed);
            }
        }
        assertTrue(left.seeds().size() <= forgotten.size() * PuncturableSecret.PLACE_BITS);
    }

    @Test
    void givenAPlaceThatWasForgotten_whenEverySeedThatIsLeftIsLookedAt_thenNoneIsOnTheWayToIt() {
        long place = 0x1234_5678_9abcL;
        var left = PuncturableSecret.of(new byte[16]).without(List.of(place));
        assertEquals(PuncturableSecret.PLACE_BITS, left.seeds().size());
        long leaf = 1L << PuncturableSecret.PLACE_BITS | place;
        for (long node : left.seeds().keySet()) {
            int depth = Long.SIZE - 1 - Long.numberOfLeadingZeros(node);
            assertNotEquals(leaf >>> (PuncturableSecret.PLACE_BITS - depth), node);
        }
    }

    @Test
    void givenViewers_whenOneIsForgottenAndComesBackAgainAndAgain_thenItIsSomebodyNewEachTimeAndTheOthersAreNot() {
        var viewers = new Viewers(SecretStore.inMemory(), KEY);
        var before = new HashMap<String, String>();
        for (int i = 0; i < 50; i++) {
            before.put("v" + i, viewers.name("v" + i));
        }
        assertEquals(50, new HashSet<>(before.values()).size());
        var seen = new HashSet<String>();
        for (int time = 0; time < 5; time++) {
            assertTrue(seen.add(viewers.name("v7")));
            viewers.forget(List.of("v7", "v7"));
        }
        assertTrue(seen.add(viewers.name("v7")));
        before.remove("v7");
        before.forEach((key, name) -> assertEquals(name, viewers.name(key)));
    }

    /// Everything that was ever written down of a viewer is found by it.
    @Test
    void givenAKnownSecret_whenAViewerIsNamed_thenTheNameIsTheOneOfTheFirstDay() {
        var zeros = new SecretStore() {
            @Override
            public List<PuncturableSecret> read() {
                return List.of(PuncturableSecret.of(new byte[PuncturableSecret.SEED_BYTES]));
            }

            @Override
            public void write(List<PuncturableSecret> secrets) {
                throw new AssertionError("nobody is forgotten here");
            }
        };
        var viewers = new Viewers(zeros, Tokens.KeyRing.key(new byte[32]));
        assertEquals("vw_2vtW8ttYb8IujFIvVhC7ZA", viewers.name("reader 1"));
        assertEquals("vw_PV2EUaDaR9P1Fw8u8zNSDA", viewers.name("قارئ"));
    }

    @Test
    void givenMoreViewersThanAreRemembered_whenTheyAreNamedAgain_thenTheNamesAreTheSame() {
        var viewers = new Viewers(SecretStore.inMemory(), KEY);
        var first = viewers.name("v0");
        for (int i = 1; i <= 60_000; i++) {
            viewers.name("v" + i);
        }
        assertEquals(first, viewers.name("v0"));
    }

    @Test
    void givenARestart_whenNamesAreAsked_thenTheyAreTheSameAndTheForgottenStayForgotten() {
        var file = folder.resolve("viewers.key");
        var viewers = new Viewers(new SecretFile(file), KEY);
        var first = viewers.name("a");
        var other = viewers.name("b");
        viewers.forget(List.of("a"));
        var second = viewers.name("a");
        assertNotEquals(first, second);
        var again = new Viewers(new SecretFile(file), KEY);
        assertEquals(second, again.name("a"));
        assertEquals(other, again.name("b"));
        assertNotEquals(first, again.name("a"));
    }

    @Test
    void givenTheFile_whenAViewerIsForgotten_thenItsOwnerAloneReadsItAndTheRootIsInNoFileAnyMore() throws Exception {
        var file = folder.resolve("viewers.key");
        var viewers = new Viewers(new SecretFile(file), KEY);
        var old = folder.resolve("old");
        // Another name of the same bytes, as an undelete would give it.
        Files.createLink(old, file);
        var root = Arrays.copyOfRange(Files.readAllBytes(file), 20, 36);
        viewers.forget(List.of("a"));
        for (var any : List.of(file, old)) {
            assertFalse(contains(Files.readAllBytes(any), root), any.toString());
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count(), "no part is left");
        }
    }

    @Test
    void givenOtherKeysOfTheServer_whenTheSameViewerIsNamed_thenTheNameIsAnother() {
        var names = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            names.add(new Viewers(SecretStore.inMemory(), KEY).name("v"));
        }
        assertEquals(3, new HashSet<>(names).size());
    }

    private static boolean contains(byte[] all, byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (Arrays.equals(Arrays.copyOfRange(all, i, i + part.length), part)) {
                return true;
            }
        }
        return false;
    }
}
