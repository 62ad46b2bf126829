package mizan.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tree as tiles of 256 hashes, appended to at its right edge; any hash of it can be asked for.
///
/// The right edge is kept in memory: one tile a level, not yet full. Not for use by two threads at once.
final class Tiles implements TreeHashes {
    private static final int LEVEL_BITS = 8;
    private static final int CACHED = 64;
    static final int MAX_ENTRY = 65_535;

    private final LogStore store;
    private final List<Edge> edge = new ArrayList<>();
    private final ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    private long size;
    private final Map<TilePath, byte[]> cache = new LinkedHashMap<>(CACHED, 0.75f, true);

    /// One level's rightmost tile.
    private static final class Edge {
        private final byte[] hashes = new byte[TilePath.FULL * Merkle.HASH_BYTES];
        private int width;
        private boolean changed;

        void add(byte[] hash) {
            System.arraycopy(hash, 0, hashes, width * Merkle.HASH_BYTES, Merkle.HASH_BYTES);
            width++;
            changed = true;
        }

        byte[] bytes() {
            return Arrays.copyOf(hashes, width * Merkle.HASH_BYTES);
        }
    }

    private Tiles(LogStore store) {
        this.store = store;
    }

    static Tiles empty(LogStore store) {
        return new Tiles(store);
    }

    /// The tree of this size, as the store has it; empty when one of the tiles at its right edge is not there.
    static Optional<Tiles> restored(LogStore store, long size) throws IOException {
        var tiles = new Tiles(store);
        tiles.size = size;
        for (int level = 0; size >> (LEVEL_BITS * level) > 0; level++) {
            var edge = new Edge();
            tiles.edge.add(edge);
            long hashes = size >> (LEVEL_BITS * level);
            int width = (int) (hashes % TilePath.FULL);
            if (width > 0) {
                var found = tiles.stored(new TilePath(level, hashes / TilePath.FULL, width));
                if (found.isEmpty() || found.get().length < width * Merkle.HASH_BYTES) {
                    return Optional.empty();
                }
                System.arraycopy(found.get(), 0, edge.hashes, 0, width * Merkle.HASH_BYTES);
                edge.width = width;
            }
        }
        int open = (int) (size % TilePath.FULL);
        if (open > 0) {
            var found = store.read(new TilePath(TilePath.ENTRIES, size / TilePath.FULL, open).toString());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            tiles.bundle.write(found.get());
        }
        return Optional.of(tiles);
    }

    /// A partial tile may have been deleted once the full one was there.
    private Optional<byte[]> stored(TilePath path) throws IOException {
        var found = store.read(path.toString());
        return found.isPresent()
                ? found
                : store.read(TilePath.full(path.level(), path.index()).toString());
    }

    long size() {
        return size;
    }

    /// Adds entries and writes every tile that they change. Nothing is forced.
    void append(List<byte[]> entries) throws IOException {
        for (var entry : entries) {
            if (entry.length == 0 || entry.length > MAX_ENTRY) {
                throw new IllegalArgumentException("an entry is 1 to " + MAX_ENTRY + " bytes");
            }
            bundle.write(entry.length >> 8);
            bundle.write(entry.length);
            bundle.write(entry);
            size++;
            if (size % TilePath.FULL == 0) {
                store.write(
                        TilePath.full(TilePath.ENTRIES, size / TilePath.FULL - 1)
                                .toString(),
                        bundle.toByteArray());
                bundle.reset();
            }
            add(0, Merkle.leaf(entry));
        }
        writeEdge();
    }

    private void add(int level, byte[] hash) throws IOException {
        if (level == edge.size()) {
            edge.add(new Edge());
        }
        var tile = edge.get(level);
        tile.add(hash);
        if (tile.width == TilePath.FULL) {
            var path = TilePath.full(level, (size >> (LEVEL_BITS * (level + 1))) - 1);
            store.write(path.toString(), tile.bytes());
            var whole = subtree(tile.hashes, 0, TilePath.FULL);
            tile.width = 0;
            tile.changed = false;
            add(level + 1, whole);
        }
    }

    private void writeEdge() throws IOException {
        int open = (int) (size % TilePath.FULL);
        if (open > 0) {
            store.write(new TilePath(TilePath.ENTRIES, size / TilePath.FULL, open).toString(), bundle.toByteArray());
        }
        for (int level = 0; level < edge.size(); level++) {
            var tile = edge.get(level);
            if (tile.changed && tile.width > 0) {
                var path = new TilePath(level, size >> (LEVEL_BITS * (level + 1)), tile.width);
                store.write(path.toString(), tile.bytes());
                tile.changed = false;
            }
        }
    }

    /// Deletes the partial tiles of places that became full between two sizes, when the full ones are durable.
    void forgetPartials(long from) throws IOException {
        for (int level = 0; level < edge.size(); level++) {
            long first = from >> (LEVEL_BITS * (level + 1));
            long end = size >> (LEVEL_BITS * (level + 1));
            for (long index = first; index < end; index++) {
                store.deleteFolder(TilePath.full(level, index).partials());
                if (level == 0) {
                    store.deleteFolder(TilePath.full(TilePath.ENTRIES, index).partials());
                }
            }
        }
    }

    @Override
    public byte[] subtree(int height, long index) throws IOException {
        int level = height / LEVEL_BITS;
        int below = height % LEVEL_BITS;
        long first = index << below;
        var tile = tile(level, first / TilePath.FULL);
        return subtree(tile, (int) (first % TilePath.FULL), 1 << below);
    }

    private byte[] tile(int level, long index) throws IOException {
        if (index == size >> (LEVEL_BITS * (level + 1))) {
            return edge.get(level).hashes;
        }
        var path = TilePath.full(level, index);
        var known = cache.get(path);
        if (known == null) {
            known = store.read(path.toString())
                    .orElseThrow(
                            () -> new IOException("the log lacks its file " + path + ". Restore it from a mirror."));
            if (cache.size() >= CACHED) {
                cache.remove(cache.keySet().iterator().next());
            }
            cache.put(path, known);
        }
        return known;
    }

    /// The root over `count` hashes in a row, a power of two.
    private static byte[] subtree(byte[] hashes, int first, int count) {
        if (count == 1) {
            return Arrays.copyOfRange(hashes, first * Merkle.HASH_BYTES, (first + 1) * Merkle.HASH_BYTES);
        }
        return Merkle.node(subtree(hashes, first, count / 2), subtree(hashes, first + count / 2, count / 2));
    }
}
