package mizan.core.prediction;

/// What is known of an ad and of where it is asked for, as places in a table of weights.
///
/// A feature is named by a 64-bit hash of its name and value; the table has [ClickModel#SIZE] places, so two
/// features may share one. The scheme is part of a stored model: [#SCHEME] changes with it.
public final class Features {
    /// Number of this way of hashing. A model made under another number is not loaded.
    public static final int SCHEME = 1;

    private Features() {}

    /// FNV-1a over the characters of both, then mixed so that the low bits are as good as the high ones.
    public static long of(String name, String value) {
        return mix(fnv(fnv(0xCBF29CE484222325L, name) ^ '=', value));
    }

    /// Both together: `ad x topic` is another feature than either.
    public static long cross(long one, long other) {
        return mix(one * 0x9E3779B97F4A7C15L + other);
    }

    /// Its place in the table of weights.
    public static int place(long feature) {
        return (int) (feature >>> (Long.SIZE - ClickModel.BITS));
    }

    private static long fnv(long hash, String text) {
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    /// The finaliser of splitmix64 (Steele, Lea and Flood, OOPSLA 2014).
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
