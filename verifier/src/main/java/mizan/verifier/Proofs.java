package mizan.verifier;

import java.util.List;

/// Proofs of RFC 6962, checked by the step-by-step rules of RFC 9162, sections 2.1.3.2 and 2.1.4.2.
final class Proofs {
    private Proofs() {}

    /// Whether a leaf stands at this index of the tree with this root.
    static boolean included(byte[] leaf, long index, long size, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long place = index;
        long last = size - 1;
        var hash = leaf;
        for (var step : path) {
            if (last == 0) {
                return false;
            }
            if ((place & 1) == 1 || place == last) {
                hash = Hashes.node(step, hash);
                while ((place & 1) == 0 && place != 0) {
                    place >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Hashes.node(hash, step);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 && Hashes.same(hash, root);
    }

    /// Whether the tree of `size` begins with the tree of `old`.
    static boolean consistent(long old, byte[] oldRoot, long size, byte[] root, List<byte[]> proof) {
        if (old < 0 || old > size) {
            return false;
        }
        if (old == size) {
            return proof.isEmpty() && Hashes.same(oldRoot, root);
        }
        if (old == 0) {
            return proof.isEmpty();
        }
        if (proof.isEmpty()) {
            return false;
        }
        long place = old - 1;
        long last = size - 1;
        while ((place & 1) == 1) {
            place >>= 1;
            last >>= 1;
        }
        int next = place == 0 ? 0 : 1;
        var before = place == 0 ? oldRoot : proof.getFirst();
        var after = before;
        for (; next < proof.size(); next++) {
            if (last == 0) {
                return false;
            }
            var step = proof.get(next);
            if ((place & 1) == 1 || place == last) {
                before = Hashes.node(step, before);
                after = Hashes.node(step, after);
                while ((place & 1) == 0 && place != 0) {
                    place >>= 1;
                    last >>= 1;
                }
            } else {
                after = Hashes.node(after, step);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 && Hashes.same(before, oldRoot) && Hashes.same(after, root);
    }
}
