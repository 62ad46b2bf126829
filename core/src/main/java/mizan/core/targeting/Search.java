package mizan.core.targeting;

import java.util.ArrayList;
import java.util.Arrays;

/// One request's search: a few ANDs for each criterion that somebody uses, those first that rule most out.
final class Search implements TargetingIndex.Runs {
    private final int size;
    private final Selection[] wanted;
    private final Selection[] refused;
    /// Of one chunk.
    private final long[] found;
    private final long[] room;

    /// @param order of the criteria
    /// @param offered by criterion, as the rows are
    Search(int size, Rows[] rows, int[] order, int[][] offered) {
        this.size = size;
        var wants = new ArrayList<Selection>(rows.length);
        var refuses = new ArrayList<Selection>();
        for (int c : order) {
            rows[c].selection(offered[c]).ifPresent(rows[c].excludes() ? refuses::add : wants::add);
        }
        wanted = wants.toArray(Selection[]::new);
        refused = refuses.toArray(Selection[]::new);
        int words = Math.min(Bitmap.CHUNK, Math.ceilDiv(size, BlockIndex.BLOCK) * BlockIndex.WORDS);
        found = new long[words];
        room = new long[words];
    }

    @Override
    public boolean block(int block, long[] words) {
        int word = block * BlockIndex.WORDS;
        int from = word % Bitmap.CHUNK;
        search(found, word / Bitmap.CHUNK, from, from + BlockIndex.WORDS);
        System.arraycopy(found, from, words, 0, BlockIndex.WORDS);
        return any(words, 0, BlockIndex.WORDS);
    }

    @Override
    public int run(int run, long[] words) {
        int count =
                Math.min(Bitmap.CHUNK, Math.ceilDiv(size, BlockIndex.BLOCK) * BlockIndex.WORDS - run * Bitmap.CHUNK);
        search(words, run, 0, count);
        return count;
    }

    /// @param words of the chunk, of which `[from, to)` are filled
    private void search(long[] words, int chunk, int from, int to) {
        everyone(words, chunk, from, to);
        for (var selection : wanted) {
            selection.keepIn(words, chunk, from, to, room);
            if (to - from == BlockIndex.WORDS && !any(words, from, to)) {
                return;
            }
        }
        if (refused.length > 0) {
            Arrays.fill(room, from, to, 0);
            for (var selection : refused) {
                selection.addTo(room, words, chunk, from, to);
            }
            Bitmap.takeFrom(words, room, from, to);
        }
    }

    private static boolean any(long[] words, int from, int to) {
        long any = 0;
        for (int w = from; w < to; w++) {
            any |= words[w];
        }
        return any != 0;
    }

    private void everyone(long[] words, int chunk, int from, int to) {
        int left = size - (chunk * Bitmap.CHUNK + from) * Long.SIZE;
        for (int w = from; w < to; w++, left -= Long.SIZE) {
            words[w] = left >= Long.SIZE ? -1 : left > 0 ? (1L << left) - 1 : 0;
        }
    }
}
