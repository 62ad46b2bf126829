package mizan.core.targeting;

import java.util.Arrays;

/// The entries that mention any of one request's values of one criterion.
final class Mentions {
    static final Mentions NONE = new Mentions(new long[0][], new int[0], new int[0]);

    /// A range of sparse ordinals: where it begins, where it is read next, and where it ends.
    static final int RANGE = 3;

    private static final int BEGIN = 0;
    private static final int NEXT = 1;
    private static final int END = 2;

    private final long[][] bitmaps;
    private final int[] ordinals;
    private final int[] ranges;

    Mentions(long[][] bitmaps, int[] ordinals, int[] ranges) {
        this.bitmaps = bitmaps;
        this.ordinals = ordinals;
        this.ranges = ranges;
    }

    /// Adds those whose ordinals are in `count` words from the word `from` on.
    void addTo(int from, int count, long[] words) {
        for (var bitmap : bitmaps) {
            add(bitmap, from, count, words);
        }
        int first = from * Long.SIZE;
        for (int r = 0; r < ranges.length; r += RANGE) {
            ranges[r + NEXT] = add(next(r, first), ranges[r + END], first, count * Long.SIZE, words);
        }
    }

    private static void add(long[] bitmap, int from, int count, long[] words) {
        for (int w = 0; w < count; w++) {
            words[w] |= bitmap[from + w];
        }
    }

    /// @return where the reading ended
    private int add(int from, int to, int first, int span, long[] words) {
        int at = from;
        while (at < to && ordinals[at] - first < span) {
            int bit = ordinals[at++] - first;
            words[bit / Long.SIZE] |= 1L << bit;
        }
        return at;
    }

    /// The first of a range's ordinals that is not below: where it was left off, when it is read in order.
    private int next(int range, int first) {
        int begin = ranges[range + BEGIN];
        int next = ranges[range + NEXT];
        int end = ranges[range + END];
        boolean inOrder = (next == begin || ordinals[next - 1] < first) && (next == end || ordinals[next] >= first);
        if (inOrder) {
            return next;
        }
        int found = Arrays.binarySearch(ordinals, begin, end, first);
        return found < 0 ? -found - 1 : found;
    }
}
