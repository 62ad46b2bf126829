package mizan.verifier;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/// Entries drawn at random by whoever asks: the seed is theirs, so the operator cannot choose what is shown.
///
/// @param n how many
/// @param seed any text
record Sample(int n, String seed) {
    static final int MOST = 100_000;

    /// The drawn entries of a log of this size: the i-th is SHA-256 over `seed`, a newline and i in decimal, its first
    /// eight bytes (the sign bit cleared) modulo the size; one drawn before is drawn again.
    Set<Long> indices(long size) {
        var drawn = new TreeSet<Long>();
        for (long i = 0; drawn.size() < Math.min(n, size); i++) {
            var hash = Hashes.sha256((seed + "\n" + i).getBytes(StandardCharsets.UTF_8));
            drawn.add((ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE) % size);
        }
        return drawn;
    }
}
