package mizan.server.viewers;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import mizan.log.Sha256;

/// A secret that gives each of 2^48 places a value that nobody without it can compute, and that can forget single
/// places for good: a puncturable pseudorandom function, by the tree of Goldreich, Goldwasser and Micali (1986; for
/// puncturing: Boneh and Waters 2013).
///
/// The secret is the root of a binary tree in which each seed gives its two children by a hash, and the leaves are the
/// values. To forget a leaf, the seeds beside the way to it take the root's place: they give every other leaf, and not
/// this one. A place that was forgotten costs 48 seeds at most, less what it shares with others; one that was not costs
/// nothing, however many there are.
public final class PuncturableSecret {
    static final int PLACE_BITS = 48;
    static final int SEED_BYTES = 16;
    static final long ROOT = 1;
    private static final int HASH_BYTES = 32;

    private final Map<Long, byte[]> seeds;

    /// @param seeds by their nodes: a one, then the bits that lead to it from the root. No node is above another
    PuncturableSecret(Map<Long, byte[]> seeds) {
        this.seeds = Map.copyOf(seeds);
    }

    /// One that knows all places.
    ///
    /// @param root 16 random bytes
    static PuncturableSecret of(byte[] root) {
        return new PuncturableSecret(Map.of(ROOT, root.clone()));
    }

    Map<Long, byte[]> seeds() {
        return seeds;
    }

    /// The value of a place; empty when it was forgotten.
    ///
    /// @param place of [#PLACE_BITS] bits
    Optional<byte[]> at(long place) {
        long leaf = leaf(place);
        for (int depth = 0; depth <= PLACE_BITS; depth++) {
            var seed = seeds.get(leaf >>> (PLACE_BITS - depth));
            if (seed != null) {
                return Optional.of(below(seed, leaf, depth));
            }
        }
        return Optional.empty();
    }

    /// In one array and with one hash all the way down: every decision takes it.
    private static byte[] below(byte[] seed, long leaf, int depth) {
        var sha = Sha256.begun();
        var value = Arrays.copyOf(seed, HASH_BYTES);
        for (int left = PLACE_BITS - depth - 1; left >= 0; left--) {
            child(sha, value, (leaf >>> left) & 1);
        }
        return Arrays.copyOf(value, SEED_BYTES);
    }

    /// The same without the values of these places; those that were forgotten before stay so.
    PuncturableSecret without(Collection<Long> places) {
        var left = new HashMap<>(seeds);
        places.forEach(place -> forget(left, leaf(place)));
        return new PuncturableSecret(left);
    }

    private static void forget(Map<Long, byte[]> seeds, long leaf) {
        for (int depth = 0; depth <= PLACE_BITS; depth++) {
            var seed = seeds.remove(leaf >>> (PLACE_BITS - depth));
            if (seed != null) {
                splice(seeds, leaf, depth, seed);
                return;
            }
        }
    }

    /// Puts the seeds beside the way from a node down to a leaf in its place.
    private static void splice(Map<Long, byte[]> seeds, long leaf, int depth, byte[] top) {
        var seed = top;
        for (int left = PLACE_BITS - depth - 1; left >= 0; left--) {
            long node = leaf >>> left;
            seeds.put(node ^ 1, child(seed, (node ^ 1) & 1));
            seed = child(seed, node & 1);
        }
    }

    private static long leaf(long place) {
        if (place >>> PLACE_BITS != 0) {
            throw new IllegalArgumentException("a place has " + PLACE_BITS + " bits");
        }
        return 1L << PLACE_BITS | place;
    }

    private static byte[] child(byte[] seed, long side) {
        var value = Arrays.copyOf(seed, HASH_BYTES);
        child(Sha256.begun(), value, side);
        return Arrays.copyOf(value, SEED_BYTES);
    }

    /// Puts a child in the place of its parent.
    ///
    /// @param value begins with the parent's seed, and then with the child's; of [#HASH_BYTES]
    private static void child(MessageDigest sha, byte[] value, long side) {
        sha.update(value, 0, SEED_BYTES);
        sha.update((byte) side);
        try {
            sha.digest(value, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("the hash is as long as its place", e);
        }
    }
}
