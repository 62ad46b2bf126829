package mizan.core.targeting;

import java.util.Arrays;

/// The values of one criterion that few entries mention, both ways round: the entries of each value, which
/// are quick to read in long runs, and the values of each entry, which are quick to ask when few entries are
/// left to ask about.
final class Sparse {
    /// By value, where its ordinals begin; they end where the next value's begin.
    private final int[] starts;
    /// Ascending within each value.
    private final int[] ordinals;

    /// The entries that mention any.
    private final Bitmap mentioning;
    /// By block, how many of these stand before it.
    private final int[] ranks;
    /// By rank among these, where its values end; they begin where those of the rank before end.
    private final int[] ends;
    private final int[] values;

    /// @param counts by value, how many entries mention it; 0 for one that is not kept here
    Sparse(int size, BlockIndex.Criterion criterion, int[] counts) {
        starts = new int[counts.length + 1];
        for (int value = 0; value < counts.length; value++) {
            starts[value + 1] = Math.addExact(starts[value], counts[value]);
        }
        int pairs = starts[counts.length];
        ordinals = new int[pairs];
        values = new int[pairs];
        mentioning = new Bitmap(size);
        ranks = new int[Math.ceilDiv(size, BlockIndex.BLOCK)];
        ends = fill(size, criterion, counts);
    }

    private int[] fill(int size, BlockIndex.Criterion criterion, int[] counts) {
        var next = starts.clone();
        var ended = new int[Math.min(size, values.length) + 1];
        int rank = 0;
        int filled = 0;
        for (int ordinal = 0; ordinal < size; ordinal++) {
            if (ordinal % BlockIndex.BLOCK == 0) {
                ranks[ordinal / BlockIndex.BLOCK] = rank;
            }
            int before = filled;
            for (int value : criterion.values().apply(ordinal)) {
                if (counts[value] > 0) {
                    ordinals[next[value]++] = ordinal;
                    values[filled++] = value;
                }
            }
            if (filled > before) {
                mentioning.set(ordinal);
                ended[++rank] = filled;
            }
        }
        return Arrays.copyOf(ended, rank + 1);
    }

    /// The entries that mention any of these values at all.
    Bitmap mentioning() {
        return mentioning;
    }

    /// Where a value's ordinals begin in [#ordinals], or those of the value before end.
    int start(int value) {
        return starts[value];
    }

    int[] ordinals() {
        return ordinals;
    }

    /// Whether an entry mentions one of these.
    ///
    /// @param ordinal one of [#mentioning]
    boolean mentions(int ordinal, Wanted wanted) {
        int word = ordinal / Long.SIZE;
        int rank = ranks[ordinal / BlockIndex.BLOCK];
        var words = mentioning.chunk(word / Bitmap.CHUNK);
        int at = word % Bitmap.CHUNK;
        for (int w = at / BlockIndex.WORDS * BlockIndex.WORDS; w < at; w++) {
            rank += Long.bitCount(words[w]);
        }
        rank += Long.bitCount(words[at] & ((1L << ordinal) - 1));
        for (int v = ends[rank]; v < ends[rank + 1]; v++) {
            if (wanted.has(values[v])) {
                return true;
            }
        }
        return false;
    }

    /// The values that a request has.
    static final class Wanted {
        private final int[] sorted;
        /// Bit `v % 64` for each of them: most others are told apart by it alone.
        private final long signature;

        /// @param values not kept
        Wanted(int[] values, int count) {
            sorted = Arrays.copyOf(values, count);
            Arrays.sort(sorted);
            long bits = 0;
            for (int value : sorted) {
                bits |= 1L << value;
            }
            signature = bits;
        }

        boolean has(int value) {
            return (signature & (1L << value)) != 0 && Arrays.binarySearch(sorted, value) >= 0;
        }
    }
}
