package mizan.core.decision;

/// Seeded coin tosses without state.
final class Hash {
    private Hash() {}

    /// The finaliser of splitmix64 (Steele, Lea and Flood, OOPSLA 2014).
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// FNV-1a over the text's UTF-16 units: the same in every process, for ever.
    static long of(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }
}
