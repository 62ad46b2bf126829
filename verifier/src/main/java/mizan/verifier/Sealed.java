package mizan.verifier;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The entries of Mizan's log: the kind of a thing and its salted hash, see docs/formats/receipt.md.
final class Sealed {
    private static final int SALT_BYTES = 16;

    private Sealed() {}

    /// @param kind such as `receipt`
    static byte[] entry(String kind, String salt, byte[] text) throws Unreadable {
        var commitment = Hashes.hex(Hashes.sha256(Hashes.unhex(salt, SALT_BYTES), text));
        return ("mizan " + kind + " 1 " + commitment + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// The commitment to who wrote a post.
    static String commitment(String salt, byte[] text) throws Unreadable {
        return Hashes.hex(Hashes.sha256(Hashes.unhex(salt, SALT_BYTES), text));
    }

    /// Whether a line's text is what the log holds at the line's index.
    static boolean inLog(String kind, Lines.Line line, TileTree tree) throws Unreadable, java.io.IOException, Broken {
        var leaf = Hashes.leaf(entry(kind, line.word(1, 2), line.text()));
        return Arrays.equals(leaf, tree.leaf(line.number(0, 2)));
    }
}
