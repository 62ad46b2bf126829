package mizan.core.decision;

import java.util.Arrays;
import java.util.BitSet;

/// The matching ad groups in the order in which they are looked at: best tier first, then by what they can
/// be worth at most now. The first few are found in one pass; the rest are put in order only when they are
/// asked for.
final class Shortlist {
    static final int FIRST = 32;
    private static final int ORDINAL_BITS = 22;
    private static final int ORDINALS = (1 << ORDINAL_BITS) - 1;
    private static final int BOUND_BITS = 38;

    private final long[] keys;
    private int size;
    private int sorted;
    private int next;
    private final long seed;

    private Shortlist(int capacity, long seed) {
        this.keys = new long[capacity];
        this.seed = seed;
    }

    /// The place of an ordinal in this seed's shuffle of all ordinals: no two have the same.
    static int turn(long seed, int ordinal) {
        return (ordinal * multiplier(seed)) & ORDINALS;
    }

    private static int multiplier(long seed) {
        return (int) Hash.mix(seed) | 1;
    }

    /// The ordinal that has this turn: the multiplier is odd, so it has an inverse, here by Newton's method.
    private static int ordinal(long seed, int turn) {
        int odd = multiplier(seed);
        int inverse = odd;
        for (int i = 0; i < 5; i++) {
            inverse *= 2 - odd * inverse;
        }
        return (turn * inverse) & ORDINALS;
    }

    /// Those that can be worth the floor at least.
    static Shortlist of(BitSet matched, Snapshot snapshot, Live live, long floorMicros, long seed) {
        var list = new Shortlist(matched.cardinality(), seed);
        for (int i = matched.nextSetBit(0); i >= 0; i = matched.nextSetBit(i + 1)) {
            var entry = snapshot.entry(i);
            long bound = live.boundMicros(i, entry);
            if (bound >= floorMicros) {
                list.keys[list.size++] = key(entry, bound, turn(seed, i));
            }
        }
        list.selectFirst();
        return list;
    }

    private static long key(Snapshot.Entry entry, long bound, int turn) {
        long tier = entry.tierRank();
        long worst = (1L << BOUND_BITS) - 1 - bound;
        return (((tier << BOUND_BITS) | worst) << ORDINAL_BITS) | turn;
    }

    /// Moves the smallest keys to the front, in order.
    private void selectFirst() {
        sorted = Math.min(FIRST, size);
        Arrays.sort(keys, 0, sorted);
        for (int i = sorted; i < size; i++) {
            if (sorted > 0 && keys[i] < keys[sorted - 1]) {
                long smaller = keys[i];
                keys[i] = keys[sorted - 1];
                int at = -Arrays.binarySearch(keys, 0, sorted - 1, smaller) - 1;
                System.arraycopy(keys, at, keys, at + 1, sorted - 1 - at);
                keys[at] = smaller;
            }
        }
    }

    boolean hasNext() {
        return next < size;
    }

    /// The ordinal of the next one.
    int next() {
        int ordinal = peek();
        next++;
        return ordinal;
    }

    /// The ordinal of the next one, which stays the next.
    int peek() {
        if (next == sorted) {
            Arrays.sort(keys, sorted, size);
            sorted = size;
        }
        return ordinal(seed, (int) keys[next] & ORDINALS);
    }
}
