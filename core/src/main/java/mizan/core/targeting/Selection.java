package mizan.core.targeting;

import java.util.Arrays;

/// What one request's values of one criterion select: of a criterion that asks, the entries that ask for any
/// of the values or do not ask; of one that excludes, those that refuse any of them.
///
/// Belongs to one search: it remembers where each sparse value was read last.
final class Selection {
    /// In one block, asking so many entries for their values takes about as long as finding where the block
    /// begins among the ordinals of one value. In longer runs reading ordinals is always quicker: asking
    /// mispredicts.
    private static final int ASKED = 4;

    private final Bitmap[] bitmaps;
    private final Sparse sparse;
    private final Sparse.Wanted wanted;
    /// By sparse value: where its ordinals begin, where they are read next, and where they end.
    private final int[] begin;

    private final int[] next;
    private final int[] end;

    /// @param bitmaps of the values that many mention; of a criterion that asks there is one at least
    /// @param values sparse ones, each of which somebody mentions
    Selection(Bitmap[] bitmaps, Sparse sparse, int[] values, int count) {
        this.bitmaps = bitmaps;
        this.sparse = sparse;
        this.wanted = new Sparse.Wanted(values, count);
        this.begin = new int[count];
        this.end = new int[count];
        for (int v = 0; v < count; v++) {
            begin[v] = sparse.start(values[v]);
            end[v] = sparse.start(values[v] + 1);
        }
        this.next = begin.clone();
    }

    /// Adds those selected.
    ///
    /// @param room of the chunk, of which the words `[from, to)` are looked at
    /// @param found those that matter: whoever is not among them may be left out
    void addTo(long[] room, long[] found, int chunk, int from, int to) {
        for (var bitmap : bitmaps) {
            Bitmap.addTo(room, bitmap.chunk(chunk), from, to);
        }
        if (begin.length == 0) {
            return;
        }
        if (asks(found, room, chunk, from, to)) {
            ask(found, room, chunk, from, to);
        } else {
            addOrdinals(room, chunk, from, to);
        }
    }

    /// Keeps those selected.
    ///
    /// @param found of the chunk, of which the words `[from, to)` are looked at
    /// @param room as many words, whose content is lost
    void keepIn(long[] found, int chunk, int from, int to, long[] room) {
        if (begin.length == 0 && bitmaps.length == 1) {
            Bitmap.keepIn(found, bitmaps[0].chunk(chunk), from, to);
            return;
        }
        Arrays.fill(room, from, to, 0);
        addTo(room, found, chunk, from, to);
        Bitmap.keepIn(found, room, from, to);
    }

    private boolean asks(long[] found, long[] selected, int chunk, int from, int to) {
        if (to - from > BlockIndex.WORDS) {
            return false;
        }
        var mentioning = sparse.mentioning().chunk(chunk);
        int open = 0;
        for (int w = from; w < to; w++) {
            open += Long.bitCount(found[w] & mentioning[w] & ~selected[w]);
        }
        return open < ASKED * begin.length;
    }

    /// Asks those that are still found and not selected yet.
    private void ask(long[] found, long[] selected, int chunk, int from, int to) {
        var mentioning = sparse.mentioning().chunk(chunk);
        int first = chunk * Bitmap.CHUNK * Long.SIZE;
        for (int w = from; w < to; w++) {
            for (long left = found[w] & mentioning[w] & ~selected[w]; left != 0; left &= left - 1) {
                int ordinal = first + w * Long.SIZE + Long.numberOfTrailingZeros(left);
                if (sparse.mentions(ordinal, wanted)) {
                    selected[w] |= Long.lowestOneBit(left);
                }
            }
        }
    }

    private void addOrdinals(long[] selected, int chunk, int from, int to) {
        var ordinals = sparse.ordinals();
        int start = chunk * Bitmap.CHUNK * Long.SIZE;
        int past = start + to * Long.SIZE;
        for (int v = 0; v < begin.length; v++) {
            int at = next(v, ordinals, start + from * Long.SIZE);
            for (; at < end[v] && ordinals[at] < past; at++) {
                selected[(ordinals[at] - start) / Long.SIZE] |= 1L << ordinals[at];
            }
            next[v] = at;
        }
    }

    /// The first of a value's ordinals that is not below: where it was left off, when it is read in order.
    private int next(int v, int[] ordinals, int first) {
        int at = next[v];
        boolean inOrder = (at == begin[v] || ordinals[at - 1] < first) && (at == end[v] || ordinals[at] >= first);
        if (inOrder) {
            return at;
        }
        int found = Arrays.binarySearch(ordinals, begin[v], end[v], first);
        return found < 0 ? -found - 1 : found;
    }
}
