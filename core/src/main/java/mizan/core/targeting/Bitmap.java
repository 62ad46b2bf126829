package mizan.core.targeting;

/// One bit for each entry, in chunks.
///
/// A chunk is an array of its own so that whoever combines chunks uses one index for all of them: only such
/// loops does the compiler (JDK 25) turn into wide instructions, and they are most of a search.
final class Bitmap {
    /// Words in a chunk; the last chunk may have fewer.
    static final int CHUNK = TargetingIndex.RUN_WORDS;

    private final long[][] chunks;

    /// All clear.
    ///
    /// @param size entries; the room is rounded up to whole blocks
    Bitmap(int size) {
        int words = Math.ceilDiv(size, BlockIndex.BLOCK) * BlockIndex.WORDS;
        chunks = new long[Math.ceilDiv(words, CHUNK)][];
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            chunks[chunk] = new long[Math.min(CHUNK, words - chunk * CHUNK)];
        }
    }

    void set(int entry) {
        int word = entry / Long.SIZE;
        chunks[word / CHUNK][word % CHUNK] |= 1L << entry;
    }

    void add(Bitmap other) {
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            addTo(chunks[chunk], other.chunks[chunk], 0, chunks[chunk].length);
        }
    }

    long[] chunk(int chunk) {
        return chunks[chunk];
    }

    static void addTo(long[] words, long[] others, int from, int to) {
        for (int w = from; w < to; w++) {
            words[w] |= others[w];
        }
    }

    static void keepIn(long[] words, long[] others, int from, int to) {
        for (int w = from; w < to; w++) {
            words[w] &= others[w];
        }
    }

    static void takeFrom(long[] words, long[] others, int from, int to) {
        for (int w = from; w < to; w++) {
            words[w] &= ~others[w];
        }
    }
}
