package mizan.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SealedLogTest {
    private static final List<LogKey> KEYS = List.of(
            LogKey.create("log.example/one", LogKey.Kind.ED25519),
            LogKey.create("log.example/one", LogKey.Kind.ML_DSA_44));

    /// Entries in memory that outlive any power cut once they are there.
    private static final class Entries implements EntrySource {
        final List<byte[]> all = new ArrayList<>();

        void add(int n, SplittableRandom random) {
            for (int i = 0; i < n; i++) {
                var entry = new byte[1 + random.nextInt(80)];
                random.nextBytes(entry);
                all.add(entry);
            }
        }

        @Override
        public long size() {
            return all.size();
        }

        @Override
        public List<byte[]> read(long from, long to) {
            return all.subList((int) from, (int) to);
        }
    }

    /// RFC 6962, section 2.1, word by word.
    private static byte[] root(List<byte[]> entries) {
        int n = entries.size();
        if (n == 0) {
            return Merkle.nothing();
        }
        if (n == 1) {
            return Merkle.leaf(entries.getFirst());
        }
        int k = Integer.highestOneBit(n - 1);
        return Merkle.node(root(entries.subList(0, k)), root(entries.subList(k, n)));
    }

    private static Checkpoint published(Map<String, byte[]> files) {
        return Checkpoint.read(new String(files.get("checkpoint"), StandardCharsets.UTF_8));
    }

    @Test
    void givenEntriesInAnyPortions_whenTheyAreSealed_thenTheRootIsThatOfTheWholeList() throws IOException {
        for (long seed = 0; seed < 40; seed++) {
            var random = new SplittableRandom(seed);
            var entries = new Entries();
            var folder = new FaultyFolder(random, Map.of(), Integer.MAX_VALUE);
            var log = SealedLog.open(folder, entries, KEYS);
            for (int portion = 0; portion < 6; portion++) {
                entries.add(random.nextInt(400), random);
                log.seal(portion, Witnesses.NONE);
                var checkpoint = published(folder.files());
                assertEquals(entries.size(), checkpoint.size(), "seed " + seed);
                assertArrayEquals(root(entries.all), checkpoint.root(), "seed " + seed);
            }
        }
    }

    @Test
    void givenATreeOf70000_whenItsFilesAreListed_thenTheyAreThoseOfTheSpecificationsExample() throws IOException {
        var entries = new Entries();
        entries.add(70_000, new SplittableRandom(1));
        var folder = new FaultyFolder(new SplittableRandom(1), Map.of(), Integer.MAX_VALUE);
        SealedLog.open(folder, entries, KEYS).seal(0, Witnesses.NONE);
        var names = folder.names();
        assertEquals(
                273, names.stream().filter(n -> n.matches("tile/0/[x0-9/]+")).count());
        assertEquals(1, names.stream().filter(n -> n.matches("tile/1/[x0-9/]+")).count());
        assertTrue(names.containsAll(List.of(
                "tile/0/273.p/112",
                "tile/1/001.p/17",
                "tile/2/000.p/1",
                "tile/entries/272",
                "tile/entries/273.p/112")));
        assertEquals("tile/0/x001/x234/067", new TilePath(0, 1_234_067, 256).toString());
    }

    @Test
    void givenPowerCutsAtAnyCall_whenTheLogIsOpenedAgain_thenNoCheckpointEverContradictsAnEarlierOne()
            throws IOException {
        int cuts = 0;
        for (long seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            var entries = new Entries();
            var seen = new HashMap<Long, byte[]>();
            Map<String, byte[]> files = Map.of();
            for (int life = 0; life < 8; life++) {
                var folder = new FaultyFolder(random, files, random.nextInt(40));
                try {
                    var log = SealedLog.open(folder, entries, KEYS.subList(0, 1));
                    while (true) {
                        entries.add(random.nextInt(300), random);
                        log.seal(life, Witnesses.NONE);
                        remember(seen, folder.files(), seed);
                    }
                } catch (FaultyFolder.PowerCut _) {
                    cuts++;
                }
                // Also a checkpoint that was visible for a moment and never forced may have been seen.
                if (folder.files().containsKey("checkpoint")) {
                    remember(seen, folder.files(), seed);
                }
                files = folder.survivors();
            }
            for (var one : seen.entrySet()) {
                var begin = entries.all.subList(0, one.getKey().intValue());
                assertArrayEquals(root(begin), one.getValue(), "seed " + seed + ", size " + one.getKey());
            }
        }
        assertTrue(cuts > 2_000, cuts + " power cuts");
    }

    private static void remember(Map<Long, byte[]> seen, Map<String, byte[]> files, long seed) {
        var checkpoint = published(files);
        var before = seen.putIfAbsent(checkpoint.size(), checkpoint.root());
        if (before != null) {
            assertArrayEquals(before, checkpoint.root(), "seed " + seed + ": a fork at " + checkpoint.size());
        }
    }

    @Test
    void givenLostOrChangedEntries_whenTheLogIsOpened_thenItSealsNoMore() throws IOException {
        var entries = new Entries();
        var random = new SplittableRandom(3);
        entries.add(600, random);
        var folder = new FaultyFolder(random, Map.of(), Integer.MAX_VALUE);
        SealedLog.open(folder, entries, KEYS).seal(0, Witnesses.NONE);
        var fewer = new Entries();
        fewer.all.addAll(entries.all.subList(0, 599));
        assertThrows(ForkPrevented.class, () -> SealedLog.open(folder, fewer, KEYS));
        folder.files().remove("tile/0/002.p/88");
        var changed = new Entries();
        changed.all.addAll(entries.all);
        changed.all.set(17, new byte[] {1});
        assertThrows(ForkPrevented.class, () -> SealedLog.open(folder, changed, KEYS));
    }

    @Test
    void givenLostTiles_whenTheLogIsOpened_thenTheyAreMadeAgain() throws IOException {
        var entries = new Entries();
        var random = new SplittableRandom(4);
        entries.add(900, random);
        var folder = new FaultyFolder(random, Map.of(), Integer.MAX_VALUE);
        SealedLog.open(folder, entries, KEYS).seal(0, Witnesses.NONE);
        var before = new HashMap<>(folder.files());
        folder.files().keySet().removeIf(name -> name.startsWith("tile/"));
        SealedLog.open(folder, entries, KEYS);
        before.forEach((name, bytes) -> assertArrayEquals(bytes, folder.files().get(name), name));
    }
}
