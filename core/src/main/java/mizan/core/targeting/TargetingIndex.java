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

    /// 64-bit words in a run of blocks.
    int RUN_WORDS = 32 * WORDS;

    /// How many ad groups it holds.
    int size();

    /// Prepares one request's search. The answer belongs to one thread.
    Runs matching(Audience audience);

    /// One request's matches.
    interface Matching {
        /// Finds the matches of one block.
        ///
        /// @param block its ordinals are `[block * BLOCK, (block + 1) * BLOCK)`
        /// @param words filled: bit `b` of `words[w]` is ordinal `block * BLOCK + 64 * w + b`
        /// @return false when the block has no match
        boolean block(int block, long[] words);
    }

    /// One request's matches, which may be read in runs too.
    interface Runs extends Matching {
        /// Finds the matches of one run of blocks, for whoever reads them all: quicker than block by block.
        ///
        /// @param run its ordinals begin with `run * RUN_WORDS * 64`
        /// @param words room for [#RUN_WORDS], filled like those of a block
        /// @return how many of the words belong to it; fewer than [#RUN_WORDS] only in the last run
        int run(int run, long[] words);
    }

    /// How many blocks it has; the last one may be part empty.
    default int blocks() {
        return Math.ceilDiv(size(), BLOCK);
    }

    /// How many runs it has.
    default int runs() {
        return Math.ceilDiv(blocks() * WORDS, RUN_WORDS);
    }

    /// All matches at once.
    default BitSet all(Audience audience) {
        var matching = matching(audience);
        var found = new long[runs() * RUN_WORDS];
        var words = new long[RUN_WORDS];
        for (int run = 0; run < runs(); run++) {
            System.arraycopy(words, 0, found, run * RUN_WORDS, matching.run(run, words));
        }
        return BitSet.valueOf(found);
    }
}
