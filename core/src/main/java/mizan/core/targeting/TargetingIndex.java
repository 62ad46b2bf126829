package mizan.core.targeting;

import java.util.BitSet;

/// Finds the ad groups whose targeting a request meets. Ad groups are ordinals: their places in the order
/// that the index was built in, so whoever builds it decides what comes first.
///
/// Answered block by block, so that a search that goes from the highest bound down can stop early.
public interface TargetingIndex {
    /// Ordinals in a block.
    int BLOCK = 512;

    /// 64-bit words in a block.
    int WORDS = BLOCK / Long.SIZE;

    /// How many ad groups it holds.
    int size();

    /// Prepares one request's search. The answer belongs to one thread.
    Matching matching(Audience audience);

    /// One request's matches.
    interface Matching {
        /// Finds the matches of one block.
        ///
        /// @param block its ordinals are `[block * BLOCK, (block + 1) * BLOCK)`
        /// @param words filled: bit `b` of `words[w]` is ordinal `block * BLOCK + 64 * w + b`
        /// @return false when the block has no match
        boolean block(int block, long[] words);
    }

    /// How many blocks it has; the last one may be part empty.
    default int blocks() {
        return Math.ceilDiv(size(), BLOCK);
    }

    /// All matches at once.
    default BitSet all(Audience audience) {
        var matching = matching(audience);
        var found = new long[blocks() * WORDS];
        var words = new long[WORDS];
        for (int block = 0; block < blocks(); block++) {
            if (matching.block(block, words)) {
                System.arraycopy(words, 0, found, block * WORDS, WORDS);
            }
        }
        return BitSet.valueOf(found);
    }
}
