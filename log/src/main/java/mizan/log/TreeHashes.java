package mizan.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The hashes of one tree, from which every root and proof of RFC 6962 follows.
public interface TreeHashes {
    /// The root over entries `[index * 2^height, (index + 1) * 2^height)`, all of which the tree has.
    byte[] subtree(int height, long index) throws IOException;

    /// The root of the tree's first `size` entries.
    default byte[] root(long size) throws IOException {
        return size == 0 ? Merkle.nothing() : range(0, size);
    }

    /// Section 2.1.1: what leads from an entry to the root, from the leaf's neighbour upwards.
    default List<byte[]> inclusion(long index, long size) throws IOException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("a tree of " + size + " has no entry " + index);
        }
        var path = new ArrayList<byte[]>();
        path(index, 0, size, path);
        return path;
    }

    /// Section 2.1.2: what shows that the tree of `size` begins with the tree of `old`.
    default List<byte[]> consistency(long old, long size) throws IOException {
        var proof = new ArrayList<byte[]>();
        if (old > 0 && old < size) {
            subproof(old, 0, size, true, proof);
        }
        return proof;
    }

    private byte[] range(long from, long to) throws IOException {
        long n = to - from;
        if (Long.bitCount(n) == 1) {
            int height = Long.numberOfTrailingZeros(n);
            return subtree(height, from >> height);
        }
        long split = Long.highestOneBit(n);
        return Merkle.node(range(from, from + split), range(from + split, to));
    }

    /// The largest power of two below n, for n of 2 or more.
    private static long split(long n) {
        return Long.highestOneBit(n - 1);
    }

    private void path(long index, long from, long to, List<byte[]> path) throws IOException {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (index < middle) {
            path(index, from, middle, path);
            path.add(range(middle, to));
        } else {
            path(index, middle, to, path);
            path.add(range(from, middle));
        }
    }

    /// @param whole whether the old tree is known as a whole here, so that its root need not be in the proof
    private void subproof(long old, long from, long to, boolean whole, List<byte[]> proof) throws IOException {
        if (old == to - from) {
            if (!whole) {
                proof.add(range(from, to));
            }
            return;
        }
        long split = split(to - from);
        if (old <= split) {
            subproof(old, from, from + split, whole, proof);
            proof.add(range(from + split, to));
        } else {
            subproof(old - split, from + split, to, false, proof);
            proof.add(range(from, from + split));
        }
    }
}
