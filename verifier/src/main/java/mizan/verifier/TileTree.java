package mizan.verifier;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The tiles of a log (tlog-tiles), each shown to belong to the root that was signed before any of it is believed.
final class TileTree {
    private static final int WIDTH = 256;
    private static final int BITS = 8;
    /// Authenticated tiles of level 0 that are kept; those above are few and all are kept.
    private static final int KEPT = 256;

    private final Source files;
    private final long size;
    private final Map<String, byte[]> known = new HashMap<>();
    private final Map<String, byte[]> knownLeaves = new HashMap<>();
    /// The tile of level 0 that was asked for last: entries are most often asked for in their order.
    private long lastIndex = -1;

    private byte[] lastTile = {};

    private TileTree(Source files, long size) {
        this.files = files;
        this.size = size;
    }

    /// Reads the tiles of the right edge, from which the root follows.
    ///
    /// @throws Broken when it is another one
    static TileTree of(Source files, Checkpoint checkpoint) throws IOException, Broken {
        var tree = new TileTree(files, checkpoint.size());
        var root = tree.root(checkpoint.size());
        if (!Hashes.same(root, checkpoint.root())) {
            throw new Broken(
                    String.join(", ", new TreeSet<>(tree.known.keySet())),
                    "the tiles at the right edge give the root " + Hashes.hex(root) + ", the checkpoint says "
                            + Hashes.hex(checkpoint.root()));
        }
        return tree;
    }

    private byte[] root(long of) throws IOException, Broken {
        if (of == 0) {
            return Hashes.sha256();
        }
        Optional<byte[]> root = Optional.empty();
        // From the smallest complete subtree to the largest: each joins what stands to its right.
        for (long rest = of; rest > 0; rest &= rest - 1) {
            int height = Long.numberOfTrailingZeros(rest);
            long index = (rest >> height) - 1;
            var subtree = subtree(height, index);
            root = Optional.of(root.map(right -> Hashes.node(subtree, right)).orElse(subtree));
        }
        return root.orElseThrow();
    }

    private byte[] subtree(int height, long index) throws IOException, Broken {
        int level = height / BITS;
        int below = height % BITS;
        long first = index << below;
        var tile = edgeTile(level, first / WIDTH);
        return reduce(tile, (int) (first % WIDTH), 1 << below);
    }

    /// A tile at the right edge, which the root vouches for as a whole.
    private byte[] edgeTile(int level, long index) throws IOException, Broken {
        var path = path(level, index, width(level, index));
        var found = known.get(path);
        if (found == null) {
            found = read(level, index);
            known.put(path, found);
        }
        return found;
    }

    private int width(int level, long index) {
        return (int) Math.min(WIDTH, (size >> (BITS * level)) - index * WIDTH);
    }

    private byte[] read(int level, long index) throws IOException, Broken {
        int width = width(level, index);
        var path = path(level, index, width);
        var bytes = files.read(path);
        if (bytes.isEmpty() && width < WIDTH) {
            // A log may drop a partial tile once the full one is there.
            bytes = files.read(path(level, index, WIDTH)).map(b -> Arrays.copyOf(b, width * Hashes.BYTES));
        }
        if (bytes.isEmpty()) {
            throw new Broken(path, "is missing");
        }
        if (bytes.get().length != width * Hashes.BYTES) {
            throw new Broken(path, "has " + bytes.get().length + " bytes, not " + width * Hashes.BYTES);
        }
        return bytes.get();
    }

    /// The root of the log when it had this many entries.
    byte[] rootAt(long old) throws IOException, Broken {
        Optional<byte[]> root = Optional.empty();
        for (long rest = old; rest > 0; rest &= rest - 1) {
            int height = Long.numberOfTrailingZeros(rest);
            int below = height % BITS;
            long first = ((rest >> height) - 1) << below;
            var tile = authenticated(height / BITS, first / WIDTH);
            var subtree = reduce(tile, (int) (first % WIDTH), 1 << below);
            root = Optional.of(root.map(right -> Hashes.node(subtree, right)).orElse(subtree));
        }
        return root.orElseGet(Hashes::sha256);
    }

    long size() {
        return size;
    }

    /// The hash of one entry, as the signed root has it.
    byte[] leaf(long index) throws IOException, Broken {
        if (index < 0 || index >= size) {
            throw new Broken("entry " + index, "is beyond the checkpoint's " + size + " entries");
        }
        int within = (int) (index % WIDTH);
        return Arrays.copyOfRange(leaves(index / WIDTH), within * Hashes.BYTES, (within + 1) * Hashes.BYTES);
    }

    /// A whole tile of level 0, authenticated.
    byte[] leaves(long index) throws IOException, Broken {
        if (index != lastIndex) {
            lastTile = authenticated(0, index);
            lastIndex = index;
        }
        return lastTile;
    }

    private byte[] authenticated(int level, long index) throws IOException, Broken {
        int width = width(level, index);
        var path = path(level, index, width);
        var kept = level == 0 ? knownLeaves : known;
        var found = kept.get(path);
        if (found != null) {
            return found;
        }
        var edge = known.get(path);
        if (edge != null && width < WIDTH) {
            return edge;
        }
        var tile = read(level, index);
        if (width < WIDTH) {
            throw new Broken(path, "does not belong to the root");
        }
        var above = authenticated(level + 1, index / WIDTH);
        int place = (int) (index % WIDTH);
        var expected = Arrays.copyOfRange(above, place * Hashes.BYTES, (place + 1) * Hashes.BYTES);
        if (!Hashes.same(reduce(tile, 0, WIDTH), expected)) {
            throw new Broken(
                    path,
                    "does not have the hash that the tile above it, "
                            + path(level + 1, index / WIDTH, width(level + 1, index / WIDTH)) + ", says");
        }
        if (level == 0 && knownLeaves.size() >= KEPT) {
            knownLeaves.clear();
        }
        kept.put(path, tile);
        return tile;
    }

    private static byte[] reduce(byte[] hashes, int first, int count) {
        if (count == 1) {
            return Arrays.copyOfRange(hashes, first * Hashes.BYTES, (first + 1) * Hashes.BYTES);
        }
        return Hashes.node(reduce(hashes, first, count / 2), reduce(hashes, first + count / 2, count / 2));
    }

    static String path(int level, long index, int width) {
        return "tile/" + level + "/" + place(index) + (width == WIDTH ? "" : ".p/" + width);
    }

    static String bundle(long index, int width) {
        return "tile/entries/" + place(index) + (width == WIDTH ? "" : ".p/" + width);
    }

    private static String place(long index) {
        var digits = String.format("%03d", index % 1_000);
        for (long rest = index / 1_000; rest > 0; rest /= 1_000) {
            digits = String.format("x%03d/", rest % 1_000) + digits;
        }
        return digits;
    }
}
