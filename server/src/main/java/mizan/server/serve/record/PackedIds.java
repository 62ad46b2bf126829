package mizan.server.serve.record;

import java.util.Arrays;

/// Crockford's base32, the digits of ids.
final class PackedIds {
    /// Behind the prefix of each id.
    static final int DIGITS = 26;

    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        var alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    private PackedIds() {}

    /// @param c a digit of an id, whose form was checked when it was made
    static int digit(char c) {
        return VALUES[c];
    }
}
