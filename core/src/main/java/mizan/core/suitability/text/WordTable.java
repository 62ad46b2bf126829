package mizan.core.suitability.text;

import java.util.Arrays;

/// Every word that occurs in any keyword, once, numbered from 0 in order of first use.
///
/// Open addressing over the words themselves, looked up by a range of chars, so that matching makes no
/// strings. Not safe for writing from several threads; safe for reading once compiled.
final class WordTable {
    static final int ABSENT = -1;

    /// All words one behind the other, word n from `starts[n]` to `starts[n + 1]`: a word that is found is in
    /// two places of memory, where a text of its own would be in four.
    private char[] letters = new char[256];

    private int[] starts = new int[17];

    /// Hash in the high half, word number plus one in the low half; zero is free. With the hash at hand a
    /// miss, by far the most frequent answer, touches one cache line.
    private long[] slots = new long[32];

    /// A Bloom filter of one block a word (Putze et al. 2007): most words of a post are in nobody's list,
    /// and the filter says so from a few megabytes that stay in the cache.
    private long[] filter = new long[2];

    private int size;

    int size() {
        return size;
    }

    int add(String word) {
        int found = find(word.toCharArray(), 0, word.length());
        if (found != ABSENT) {
            return found;
        }
        if (size == starts.length - 1) {
            starts = Arrays.copyOf(starts, size * 2 + 1);
            slots = new long[size * 4];
            filter = new long[size / 4];
            for (int i = 0; i < size; i++) {
                place(i);
            }
        }
        int end = starts[size] + word.length();
        if (end > letters.length) {
            letters = Arrays.copyOf(letters, Math.max(end, letters.length * 2));
        }
        word.getChars(0, word.length(), letters, starts[size]);
        starts[size + 1] = end;
        place(size);
        return size++;
    }

    int find(char[] chars, int from, int to) {
        int hash = hash(chars, from, to);
        long bits = bits(hash);
        if ((filter[block(hash)] & bits) != bits) {
            return ABSENT;
        }
        int mask = slots.length - 1;
        for (int slot = spread(hash) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int index = (int) slots[slot] - 1;
            if ((int) (slots[slot] >>> 32) == hash && same(index, chars, from, to)) {
                return index;
            }
        }
        return ABSENT;
    }

    private void place(int index) {
        int mask = slots.length - 1;
        int hash = hash(letters, starts[index], starts[index + 1]);
        filter[block(hash)] |= bits(hash);
        int slot = spread(hash) & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = (long) hash << 32 | (index + 1);
    }

    private int block(int hash) {
        return spread(hash * 31 + 7) & (filter.length - 1);
    }

    private static long bits(int hash) {
        int mixed = spread(hash);
        return 1L << (mixed >>> 26) | 1L << (mixed >>> 20) | 1L << (mixed >>> 14); // a shift takes the low six bits
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    private static int hash(char[] chars, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + chars[i];
        }
        return hash;
    }

    private boolean same(int index, char[] chars, int from, int to) {
        return Arrays.equals(letters, starts[index], starts[index + 1], chars, from, to);
    }
}
