package mizan.core.decision;

import java.util.Arrays;
import mizan.core.targeting.TargetingIndex;

/// The matching ad groups in the order in which they are looked at: best tier first, then by what they can be
/// worth at most now, then by the seed's turn.
///
/// Lazy: a block is only matched when somebody in it may be next. Those found wait in a binary heap, in
/// arrays, because this is the innermost loop of every decision.
final class Shortlist {
    private final TargetingIndex.Matching candidates;
    private final Bounds bounds;
    private final long worst;
    private final long seed;
    private final long[] words = new long[TargetingIndex.WORDS];
    private int nextBlock;
    private long[] keys = new long[64];
    private int[] ordinals = new int[64];
    private int size;

    /// @param floorMicros whoever cannot be worth so much is left out
    Shortlist(TargetingIndex.Matching candidates, Bounds bounds, long floorMicros, long seed) {
        this.candidates = candidates;
        this.bounds = bounds;
        this.worst = floorMicros;
        this.seed = seed;
    }

    /// A key that is not after that of anybody left; `Long.MAX_VALUE` when nobody is left.
    long nextKey() {
        skipHopeless();
        long first = size == 0 ? Long.MAX_VALUE : keys[0];
        return nextBlock == bounds.blocks() ? first : Math.min(first, bounds.blockKey(nextBlock));
    }

    /// The ordinal of the next one, or -1.
    int next() {
        skipHopeless();
        while (nextBlock < bounds.blocks() && (size == 0 || bounds.blockKey(nextBlock) <= keys[0])) {
            open(bounds.block(nextBlock++));
            skipHopeless();
        }
        return size == 0 ? -1 : take();
    }

    /// Passes over blocks in which nobody reaches the floor. One of several tiers whose best tier does not is
    /// opened: those of its other tiers may.
    private void skipHopeless() {
        while (nextBlock < bounds.blocks() && Bounds.boundMicros(bounds.blockKey(nextBlock)) < worst) {
            if (!bounds.allBelow(nextBlock, worst)) {
                open(bounds.block(nextBlock));
            }
            nextBlock++;
        }
    }

    private void open(int block) {
        if (!candidates.block(block, words)) {
            return;
        }
        for (int w = 0; w < words.length; w++) {
            for (long left = words[w]; left != 0; left &= left - 1) {
                int ordinal = block * TargetingIndex.BLOCK + w * Long.SIZE + Long.numberOfTrailingZeros(left);
                if (Bounds.boundMicros(bounds.key(ordinal)) >= worst) {
                    put(bounds.keyInTurn(ordinal, seed), ordinal);
                }
            }
        }
    }

    private void put(long key, int ordinal) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            ordinals = Arrays.copyOf(ordinals, 2 * size);
        }
        int at = size++;
        while (at > 0 && key < keys[(at - 1) >>> 1]) {
            move((at - 1) >>> 1, at);
            at = (at - 1) >>> 1;
        }
        keys[at] = key;
        ordinals[at] = ordinal;
    }

    private int take() {
        int first = ordinals[0];
        size--;
        long key = keys[size];
        int ordinal = ordinals[size];
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (key <= keys[child]) {
                break;
            }
            move(child, at);
            at = child;
        }
        keys[at] = key;
        ordinals[at] = ordinal;
        return first;
    }

    private void move(int from, int to) {
        keys[to] = keys[from];
        ordinals[to] = ordinals[from];
    }
}
