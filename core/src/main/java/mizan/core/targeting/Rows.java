package mizan.core.targeting;

import java.util.Arrays;
import java.util.Optional;

/// One criterion: for each value, the entries that mention it.
///
/// A value that many entries mention has a bitmap over all of them; those that few mention are in [Sparse],
/// which is smaller and, being few, as quick.
final class Rows {
    /// A value that fewer than one entry in so many mentions is sparse.
    private static final int SPARSE = 256;

    private static final Bitmap[] NO_BITMAPS = {};

    private final int size;
    private final boolean excludes;
    /// Entries that do not ask; empty when this criterion excludes or nobody uses it.
    private final Optional<Bitmap> indifferent;
    private final int indifferentCount;
    /// By value: those that mention it or do not ask; absent for a sparse one.
    private final Bitmap[] bitmaps;
    private final Sparse sparse;

    Rows(int size, BlockIndex.Criterion criterion) {
        this.size = size;
        var counts = ValueCounts.of(size, criterion);
        excludes = criterion.excludes();
        indifferent = excludes || counts.bound() == 0 ? Optional.empty() : Optional.of(new Bitmap(size));
        bitmaps = counts.bound() == 0 ? NO_BITMAPS : new Bitmap[counts.bound()];
        var rare = new int[counts.bound()];
        for (int value = 0; value < bitmaps.length; value++) {
            if ((long) counts.of(value) * SPARSE > size) {
                bitmaps[value] = new Bitmap(size);
            } else {
                rare[value] = counts.of(value);
            }
        }
        indifferentCount = fill(size, criterion);
        indifferent.ifPresent(
                everybody -> Arrays.stream(bitmaps).filter(b -> b != null).forEach(b -> b.add(everybody)));
        sparse = new Sparse(size, criterion, rare);
    }

    private int fill(int size, BlockIndex.Criterion criterion) {
        int without = 0;
        for (int ordinal = 0; ordinal < size; ordinal++) {
            var values = criterion.values().apply(ordinal);
            for (int value : values) {
                if (isDense(value)) {
                    bitmaps[value].set(ordinal);
                }
            }
            if (values.length == 0 && indifferent.isPresent()) {
                indifferent.get().set(ordinal);
                without++;
            }
        }
        return without;
    }

    private boolean isDense(int value) {
        return bitmaps[value] != null;
    }

    boolean excludes() {
        return excludes;
    }

    /// How many do not ask: the fewer, the sooner it rules others out.
    int indifferentCount() {
        return excludes ? size : indifferentCount;
    }

    /// What these values select; empty when that is everybody, or for a criterion that excludes nobody.
    Optional<Selection> selection(int[] values) {
        if (bitmaps.length == 0) {
            return Optional.empty();
        }
        var dense = new Bitmap[values.length + 1];
        var few = new int[values.length];
        int denseCount = 0;
        int fewCount = 0;
        for (int value : values) {
            if (value >= bitmaps.length) {
                continue;
            }
            if (isDense(value)) {
                dense[denseCount++] = bitmaps[value];
            } else if (sparse.start(value) < sparse.start(value + 1)) {
                few[fewCount++] = value;
            }
        }
        if (denseCount == 0 && indifferent.isPresent()) {
            dense[denseCount++] = indifferent.get();
        }
        return denseCount == 0 && fewCount == 0
                ? Optional.empty()
                : Optional.of(new Selection(Arrays.copyOf(dense, denseCount), sparse, few, fewCount));
    }
}
