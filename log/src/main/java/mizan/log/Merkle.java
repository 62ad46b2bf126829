package mizan.log;

/// The hashes of RFC 6962, section 2.1: leaves and nodes are told apart by their first byte, so that no node passes for
/// an entry.
public final class Merkle {
    public static final int HASH_BYTES = 32;

    private Merkle() {}

    public static byte[] leaf(byte[] entry) {
        var sha = Sha256.begun();
        sha.update((byte) 0);
        return sha.digest(entry);
    }

    public static byte[] node(byte[] left, byte[] right) {
        var sha = Sha256.begun();
        sha.update((byte) 1);
        sha.update(left);
        return sha.digest(right);
    }

    /// The root of a log without entries.
    public static byte[] nothing() {
        return Sha256.begun().digest();
    }
}
