package mizan.core.decision;

import java.util.Arrays;
import mizan.core.targeting.TargetingIndex;

/// The matching ad groups in the order in which they are looked at: best tier first, then by what they can
/// be worth at most now, then by turn. A heap, because most often only the first few are asked for.
final class Shortlist {
    static final int FIRST = 32;
    private static final int BOUND_BITS = 38;

    private final Snapshot snapshot;
    private final long seed;
    private long[] keys = new long[64];
    private int[] ordinals = new int[64];
    private int size;

    private Shortlist(Snapshot snapshot, long seed) {
        this.snapshot = snapshot;
        this.seed = seed;
    }

    /// Those that can be worth the floor at least.
    static Shortlist of(TargetingIndex.Matching candidates, Snapshot snapshot, Live live, long floorMicros, long seed) {
        var list = new Shortlist(snapshot, seed);
        var words = new long[TargetingIndex.WORDS];
        for (int block = 0; block < snapshot.blocks(); block++) {
            if (candidates.block(block, words)) {
                list.add(block, words, live, floorMicros);
            }
        }
        for (int i = list.size / 2 - 1; i >= 0; i--) {
            list.sink(i);
        }
        return list;
    }

    private void add(int block, long[] words, Live live, long floorMicros) {
        for (int w = 0; w < words.length; w++) {
            for (long left = words[w]; left != 0; left &= left - 1) {
                int ordinal = block * TargetingIndex.BLOCK + w * Long.SIZE + Long.numberOfTrailingZeros(left);
                var entry = snapshot.entry(ordinal);
                long bound = live.boundMicros(ordinal, entry);
                if (bound >= floorMicros) {
                    add(key(entry, bound), ordinal);
                }
            }
        }
    }

    private void add(long key, int ordinal) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            ordinals = Arrays.copyOf(ordinals, size * 2);
        }
        keys[size] = key;
        ordinals[size++] = ordinal;
    }

    private static long key(Snapshot.Entry entry, long bound) {
        return ((long) entry.tierRank() << BOUND_BITS) | ((1L << BOUND_BITS) - 1 - bound);
    }

    boolean hasNext() {
        return size > 0;
    }

    /// The ordinal of the next one, which stays the next.
    int peek() {
        return ordinals[0];
    }

    /// The ordinal of the next one.
    int next() {
        int ordinal = ordinals[0];
        size--;
        keys[0] = keys[size];
        ordinals[0] = ordinals[size];
        sink(0);
        return ordinal;
    }

    private void sink(int from) {
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            int first = child + 1 < size && before(child + 1, child) ? child + 1 : child;
            if (before(at, first)) {
                return;
            }
            swap(at, first);
            at = first;
        }
    }

    private boolean before(int a, int b) {
        if (keys[a] != keys[b]) {
            return keys[a] < keys[b];
        }
        var first = snapshot.entry(ordinals[a]);
        var second = snapshot.entry(ordinals[b]);
        int turns = Long.compare(first.turn(seed), second.turn(seed));
        return turns != 0
                ? turns < 0
                : first.group().id().compareTo(second.group().id()) < 0;
    }

    private void swap(int a, int b) {
        long key = keys[a];
        keys[a] = keys[b];
        keys[b] = key;
        int ordinal = ordinals[a];
        ordinals[a] = ordinals[b];
        ordinals[b] = ordinal;
    }
}
