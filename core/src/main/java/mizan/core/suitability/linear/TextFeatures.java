package mizan.core.suitability.linear;

import java.util.Arrays;
import java.util.List;
import mizan.core.suitability.text.FoldedText;
import mizan.core.suitability.text.Token;

/// What the linear model sees of a text: which words, pairs of words and sequences of 2 to 5 letters occur.
///
/// Each is hashed into a place, so there is no dictionary to ship and no word that cannot be read. Source:
/// Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009.
///
/// Whether something occurs is all that counts: how often it does told no more on any set.
///
/// @param places each once, in the order of their first occurrence; single words lie in `[0, WORDS)`, all
///     else in `[WORDS, SIZE)`
@SuppressWarnings("ArrayRecordComponent") // Read by the model and the trainer; nobody compares features.
public record TextFeatures(int[] places) {
    /// Places of single words. They have their own, so that a word never met before can be told from one
    /// whose place some letters happen to share.
    public static final int WORDS = 1 << 17;

    public static final int SIZE = 1 << 19;

    private static final int SHORTEST = 2;
    private static final int LONGEST = 5;

    /// Texts beyond this many tokens are read so far: a post is rarely longer, and time stays bounded.
    private static final int MAX_TOKENS = 2_000;

    /// And of one token so many letters: no word is longer.
    private static final int MAX_LETTERS = 64;

    private static final long WORD = 0x9E3779B97F4A7C15L;
    private static final long PAIR = 0xC2B2AE3D27D4EB4FL;
    private static final long LETTERS = 0x165667B19E3779F9L;
    private static final long FNV_PRIME = 0x100000001B3L;

    public static TextFeatures of(FoldedText text) {
        return of(text.tokens().subList(0, Math.min(MAX_TOKENS, text.tokens().size())));
    }

    static TextFeatures of(List<Token> tokens) {
        var found = new Places(tokens);
        words(tokens, found);
        letters(tokens, found);
        return found.seen();
    }

    private static void words(List<Token> tokens, Places found) {
        long before = PAIR;
        for (var token : tokens) {
            long word = hash(token.word());
            found.add((int) (mix(word ^ WORD) & (WORDS - 1)));
            found.add(outsideWords(mix(before * 31 ^ word)));
            before = mix(word ^ PAIR);
        }
    }

    /// Letter sequences within one word, its edges among them: they find inflections and misspellings.
    private static void letters(List<Token> tokens, Places found) {
        var word = new char[MAX_LETTERS + 2];
        for (var token : tokens) {
            int letters = Math.min(MAX_LETTERS, token.word().length());
            token.word().getChars(0, letters, word, 1);
            int length = letters + 2;
            word[0] = ' ';
            word[length - 1] = ' ';
            for (int from = 0; from < length - 1; from++) {
                long hash = (LETTERS ^ word[from]) * FNV_PRIME;
                int to = Math.min(length, from + LONGEST);
                for (int i = from + SHORTEST - 1; i < to; i++) {
                    hash = (hash ^ word[i]) * FNV_PRIME;
                    found.add(outsideWords(mix(hash)));
                }
            }
        }
    }

    private static int outsideWords(long hash) {
        return WORDS + (int) Math.unsignedMultiplyHigh(hash, SIZE - WORDS);
    }

    private static long hash(String text) {
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    private static long mix(long hash) {
        long z = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
        z = (z ^ (z >>> 32)) * 0xD6E8FEB86659FD93L;
        return z ^ (z >>> 32);
    }

    /// Keeps each place once, in a table that never grows: how many can come is known before.
    private static final class Places {
        private final int[] table;
        private final int[] places;
        private int size;

        Places(List<Token> tokens) {
            int most = 1;
            for (var token : tokens) {
                int letters = Math.min(MAX_LETTERS, token.word().length());
                most += 2 + (LONGEST - SHORTEST + 1) * (letters + 1);
            }
            places = new int[most];
            table = new int[Integer.highestOneBit(most) * 4];
        }

        /// An empty entry is 0, so the table holds one more than the place.
        void add(int place) {
            int mask = table.length - 1;
            int at = place & mask;
            while (table[at] != 0) {
                if (table[at] == place + 1) {
                    return;
                }
                at = (at + 1) & mask;
            }
            table[at] = place + 1;
            places[size++] = place;
        }

        TextFeatures seen() {
            return new TextFeatures(Arrays.copyOf(places, size));
        }
    }
}
