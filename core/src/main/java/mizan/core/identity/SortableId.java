package mizan.core.identity;

import java.nio.charset.StandardCharsets;

/// The text form of an id: a prefix that names its kind, then 128 bits in Crockford's base32, oldest first.
///
/// `cmp_01KAW3V0Q8Z6M4D2R9T7X5C1BN` is 48 bits of milliseconds since 1970 and 80 random bits, as in the
/// [ULID specification](https://github.com/ulid/spec): text order is time order, so the newest rows are
/// neighbours on disk.
public final class SortableId {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final boolean[] IS_DIGIT = new boolean[128];

    static {
        ALPHABET.chars().forEach(c -> IS_DIGIT[c] = true);
    }

    private SortableId() {}

    /// Text of 26 digits after the prefix.
    ///
    /// @param prefix two to four lower-case letters, without the underscore
    /// @param epochMillis 0 up to 2^48 - 1
    /// @param high16 16 random bits (the upper 48 bits are ignored)
    /// @param low64 64 random bits
    public static String of(String prefix, long epochMillis, long high16, long low64) {
        int digits = prefix.length() + 1;
        var text = new byte[digits + 26];
        for (int i = 0; i < prefix.length(); i++) {
            text[i] = (byte) prefix.charAt(i);
        }
        text[digits - 1] = '_';
        long upper = (epochMillis << 16) | (high16 & 0xFFFFL);
        long lower = low64;
        for (int i = text.length - 1; i >= digits; i--) {
            text[i] = (byte) ALPHABET.charAt((int) (lower & 31));
            lower = (lower >>> 5) | (upper << 59);
            upper >>>= 5;
        }
        return new String(text, StandardCharsets.US_ASCII);
    }

    /// Whether the text has the form of an id with this prefix.
    public static boolean hasForm(String prefix, String text) {
        int digits = prefix.length() + 1;
        if (text.length() != digits + 26
                || !text.startsWith(prefix)
                || text.charAt(digits - 1) != '_'
                || text.charAt(digits) > '7') {
            return false;
        }
        for (int i = digits; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= IS_DIGIT.length || !IS_DIGIT[c]) {
                return false;
            }
        }
        return true;
    }

    /// The same text, or an exception: ids are parsed at the edge, so a wrong one deeper inside is a bug.
    public static String require(String prefix, String text) {
        if (!hasForm(prefix, text)) {
            throw new IllegalArgumentException("not a " + prefix + "_ id: " + text);
        }
        return text;
    }
}
