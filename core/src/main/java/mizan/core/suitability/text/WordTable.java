package mizan.core.suitability.text;

import java.util.Arrays;

/// Every word that occurs in any keyword, once, numbered from 0 in order of first use.
///
/// Open addressing over the words themselves, looked up by a range of chars, so that matching makes no strings.
/// Not safe for writing from several threads; safe for reading once compiled.
final class WordTable {
    static final int ABSENT = -1;

    private String[] words = new String[16];
    private int[] slots = new int[32];
    private int size;

    int size() {
        return size;
    }

    int add(String word) {
        int found = find(word.toCharArray(), 0, word.length());
        if (found != ABSENT) {
            return found;
        }
        if (size == words.length) {
            words = Arrays.copyOf(words, size * 2);
            slots = new int[words.length * 2];
            for (int i = 0; i < size; i++) {
                place(i);
            }
        }
        words[size] = word;
        place(size);
        return size++;
    }

    int find(char[] chars, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + chars[i]; // as String.hashCode, so that both sides agree
        }
        int mask = slots.length - 1;
        for (int slot = spread(hash) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int index = slots[slot] - 1;
            if (same(words[index], chars, from, to)) {
                return index;
            }
        }
        return ABSENT;
    }

    private void place(int index) {
        int mask = slots.length - 1;
        int slot = spread(words[index].hashCode()) & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = index + 1;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    private static boolean same(String word, char[] chars, int from, int to) {
        if (word.length() != to - from) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) != chars[from + i]) {
                return false;
            }
        }
        return true;
    }
}
