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
}
