package mizan.verifier;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// SHA-256, and the leaves and nodes of RFC 6962.
final class Hashes {
    static final int BYTES = 32;
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private Hashes() {}

    static byte[] sha256(byte[]... parts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                sha.update(part);
            }
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    static byte[] leaf(byte[] entry) {
        return sha256(LEAF, entry);
    }

    static byte[] node(byte[] left, byte[] right) {
        return sha256(NODE, left, right);
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    /// Lower-case hexadecimal of this many bytes; anything else is refused, so that a text has one spelling.
    static byte[] unhex(String text, int bytes) throws Unreadable {
        if (text.length() != 2 * bytes) {
            throw new Unreadable("a hexadecimal text has " + text.length() + " digits, not " + 2 * bytes);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                throw new Unreadable("a hexadecimal text holds another character");
            }
        }
        return HEX.parseHex(text);
    }

    /// Base64 in its one strict spelling: decoders differ about the bits that a last digit does not need.
    static byte[] base64(String text) throws Unreadable {
        try {
            var bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            // Refused below, as any other spelling is.
        }
        throw new Unreadable("not base64: " + shortened(text));
    }

    static boolean same(byte[] one, byte[] other) {
        return Arrays.equals(one, other);
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
