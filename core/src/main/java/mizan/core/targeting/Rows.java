package mizan.core.targeting;

import java.util.Arrays;
import java.util.Optional;

/// One criterion: for each value, the entries that mention it.
///
/// A value that many entries mention has a bitmap over all of them; one that few mention has their ordinals,
/// which are smaller and, being few, as quick.
final class Rows {
    /// A value that fewer than one entry in so many mentions is sparse. Measured at 64, 128, 256, 512 and
    /// 1,024: 64 and 128 are the quickest, and memory grows from there on.
    private static final int SPARSE = 128;

    private static final long[] NO_BITMAP = {};

    private final boolean excludes;
    /// Entries that do not ask; empty when this criterion excludes or nobody uses it.
    private final long[] indifferent;
    /// By value; an empty one is sparse.
    private final long[][] bitmaps;
    /// By value, where its ordinals begin; they end where the next value's begin.
    private final int[] starts;
    /// Ascending within each value.
    private final int[] ordinals;

    Rows(int size, BlockIndex.Criterion criterion) {
        var counts = ValueCounts.of(size, criterion);
        int words = Math.ceilDiv(size, BlockIndex.BLOCK) * BlockIndex.WORDS;
        excludes = criterion.excludes();
        indifferent = new long[excludes || counts.bound() == 0 ? 0 : words];
        bitmaps = new long[counts.bound()][];
        starts = new int[counts.bound() + 1];
        for (int value = 0; value < bitmaps.length; value++) {
            boolean dense = (long) counts.of(value) * SPARSE > size;
            bitmaps[value] = dense ? new long[words] : NO_BITMAP;
            starts[value + 1] = Math.addExact(starts[value], dense ? 0 : counts.of(value));
        }
        ordinals = new int[starts[bitmaps.length]];
        fill(size, criterion);
    }

    private void fill(int size, BlockIndex.Criterion criterion) {
        var ends = starts.clone();
        for (int ordinal = 0; ordinal < size; ordinal++) {
            var values = criterion.values().apply(ordinal);
            for (int value : values) {
                if (isDense(value)) {
                    set(bitmaps[value], ordinal);
                } else {
                    ordinals[ends[value]++] = ordinal;
                }
            }
            if (values.length == 0 && indifferent.length > 0) {
                set(indifferent, ordinal);
            }
        }
    }

    private static void set(long[] bitmap, int ordinal) {
        bitmap[ordinal / Long.SIZE] |= 1L << ordinal;
    }

    private boolean isDense(int value) {
        return bitmaps[value].length > 0;
    }

    boolean excludes() {
        return excludes;
    }

    boolean unused() {
        return bitmaps.length == 0;
    }

    long[] indifferent() {
        return indifferent;
    }

    /// The entries that mention any of these; empty when none of these is ever mentioned.
    Optional<Mentions> mentions(int[] values) {
        var dense = new long[values.length][];
        var ranges = new int[Mentions.RANGE * values.length];
        int bitmapCount = 0;
        int rangeEnd = 0;
        for (int value : values) {
            if (value >= bitmaps.length) {
                continue;
            }
            if (isDense(value)) {
                dense[bitmapCount++] = bitmaps[value];
            } else if (starts[value] < starts[value + 1]) {
                ranges[rangeEnd++] = starts[value];
                ranges[rangeEnd++] = starts[value];
                ranges[rangeEnd++] = starts[value + 1];
            }
        }
        return bitmapCount == 0 && rangeEnd == 0
                ? Optional.empty()
                : Optional.of(
                        new Mentions(Arrays.copyOf(dense, bitmapCount), ordinals, Arrays.copyOf(ranges, rangeEnd)));
    }
}
