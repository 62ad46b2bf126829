package mizan.core.decision;

import java.util.Arrays;
import mizan.core.targeting.TargetingIndex;

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
    static Shortlist of(TargetingIndex.Matching candidates, Snapshot snapshot, Live live, long floorMicros, long seed) {
        var list = new Shortlist(snapshot.entries().size(), seed);
        var words = new long[TargetingIndex.WORDS];
        for (int block = 0; block < snapshot.blocks(); block++) {
            if (candidates.block(block, words)) {
                list.add(block, words, snapshot, live, floorMicros);
            }
        }
        list.selectFirst();
        return list;
    }

    private void add(int block, long[] words, Snapshot snapshot, Live live, long floorMicros) {
        for (int w = 0; w < words.length; w++) {
            for (long left = words[w]; left != 0; left &= left - 1) {
                int ordinal = block * TargetingIndex.BLOCK + w * Long.SIZE + Long.numberOfTrailingZeros(left);
                var entry = snapshot.entry(ordinal);
                long bound = live.boundMicros(ordinal, entry);
                if (bound >= floorMicros) {
                    keys[size++] = key(entry, bound, turn(seed, ordinal));
                }
            }
        }
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
