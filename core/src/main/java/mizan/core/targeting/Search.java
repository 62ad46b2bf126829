package mizan.core.targeting;

import java.util.ArrayList;
import java.util.Arrays;

/// One request's search: a few ANDs for each criterion that somebody uses.
///
/// Blocks are computed when they are asked for, and some ahead: whoever reads on in order gets twice as many
/// each time. So a search that stops after a few blocks costs a few blocks, and one that reads them all
/// looks each sparse value up only now and then and reads memory in long runs.
final class Search implements TargetingIndex.Matching {
    private static final int FIRST_BLOCKS = 4;
    private static final int MOST_BLOCKS = 32;

    private final int size;
    private final long[][] indifferent;
    private final Mentions[] wanted;
    private final Mentions[] refused;
    private final long[] found = new long[MOST_BLOCKS * BlockIndex.WORDS];
    private final long[] mentioned = new long[MOST_BLOCKS * BlockIndex.WORDS];
    /// The blocks `[begin, end)` are computed.
    private int begin;
    private int end;

    /// @param offered by criterion, as the rows are
    Search(int size, Rows[] rows, int[][] offered) {
        this.size = size;
        var asked = new ArrayList<long[]>();
        var wants = new ArrayList<Mentions>();
        var refuses = new ArrayList<Mentions>();
        for (int c = 0; c < rows.length; c++) {
            var mentions = rows[c].mentions(offered[c]);
            if (rows[c].excludes()) {
                mentions.ifPresent(refuses::add);
            } else if (!rows[c].unused()) {
                asked.add(rows[c].indifferent());
                wants.add(mentions.orElse(Mentions.NONE));
            }
        }
        indifferent = asked.toArray(long[][]::new);
        wanted = wants.toArray(Mentions[]::new);
        refused = refuses.toArray(Mentions[]::new);
    }

    @Override
    public boolean block(int block, long[] words) {
        if (block < begin || block >= end) {
            int ahead = block == end && begin < end ? Math.min(2 * (end - begin), MOST_BLOCKS) : FIRST_BLOCKS;
            begin = block;
            end = Math.min(block + ahead, Math.ceilDiv(size, BlockIndex.BLOCK));
            compute();
        }
        int from = (block - begin) * BlockIndex.WORDS;
        long any = 0;
        for (int w = 0; w < BlockIndex.WORDS; w++) {
            words[w] = found[from + w];
            any |= words[w];
        }
        return any != 0;
    }

    private void compute() {
        int from = begin * BlockIndex.WORDS;
        int count = (end - begin) * BlockIndex.WORDS;
        everyone(count);
        for (int c = 0; c < wanted.length; c++) {
            System.arraycopy(indifferent[c], from, mentioned, 0, count);
            wanted[c].addTo(from, count, mentioned);
            keep(found, mentioned, count);
        }
        if (refused.length > 0) {
            Arrays.fill(mentioned, 0, count, 0);
            for (var refusal : refused) {
                refusal.addTo(from, count, mentioned);
            }
            drop(found, mentioned, count);
        }
    }

    private static void keep(long[] words, long[] allowed, int count) {
        for (int w = 0; w < count; w++) {
            words[w] &= allowed[w];
        }
    }

    private static void drop(long[] words, long[] dropped, int count) {
        for (int w = 0; w < count; w++) {
            words[w] &= ~dropped[w];
        }
    }

    private void everyone(int count) {
        int left = size - begin * BlockIndex.BLOCK;
        for (int w = 0; w < count; w++, left -= Long.SIZE) {
            found[w] = left >= Long.SIZE ? -1 : left > 0 ? (1L << left) - 1 : 0;
        }
    }
}
