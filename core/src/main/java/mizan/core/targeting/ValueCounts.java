package mizan.core.targeting;

import java.util.Arrays;

/// How many entries mention each value of one criterion.
final class ValueCounts {
    private int[] counts = new int[64];
    private int bound;

    static ValueCounts of(int size, BlockIndex.Criterion criterion) {
        var counted = new ValueCounts();
        for (int ordinal = 0; ordinal < size; ordinal++) {
            for (int value : criterion.values().apply(ordinal)) {
                counted.add(value);
            }
        }
        return counted;
    }

    private void add(int value) {
        if (value >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(value + 1, counts.length * 2));
        }
        counts[value]++;
        bound = Math.max(bound, value + 1);
    }

    /// One more than the highest value mentioned.
    int bound() {
        return bound;
    }

    int of(int value) {
        return counts[value];
    }
}
