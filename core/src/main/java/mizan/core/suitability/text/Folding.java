package mizan.core.suitability.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// Folds a text to what a reader takes it for, and cuts it into tokens.
///
/// Steps: invisible characters and marks go; NFKC (Unicode Standard Annex 15) undoes full width,
/// presentation forms and styled letters; then letters that people write for one another become one letter:
/// case, hamza on alef, ta marbuta and ha, alef maqsura and ya, Persian and Arabic kaf and ya; all digits
/// become 0-9. Time and memory are linear in the input, which is why marks go before NFKC: sorting a long
/// run of marks is quadratic.
public final class Folding {
    /// Longest text that is read, in chars. Ten times the longest post that common networks allow, and still
    /// under a millisecond.
    public static final int MAX_CHARS = 65_536;

    /// Marks kept after one letter in scripts where marks are vowels; the Stream-Safe format of UAX 15
    /// allows 30.
    private static final int MAX_MARKS = 8;

    private static final char ZERO_WIDTH_SPACE = 0x200B;
    private static final char ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final char LEFT_TO_RIGHT_OVERRIDE = 0x202D;
    private static final char RIGHT_TO_LEFT_OVERRIDE = 0x202E;
    private static final char POP_DIRECTION = 0x202C;

    private Folding() {}

    /// Folds a text. Never fails: text beyond the limit is cut between code points and flagged.
    public static FoldedText fold(String raw) {
        boolean truncated = raw.length() > MAX_CHARS;
        var read = truncated ? raw.substring(0, lastBoundary(raw)) : raw;
        var tokeniser = tokenise(read);
        var readings = new ArrayList<>(Readings.of(tokeniser.text(), tokeniser.tokens(), tokeniser.hashtagParts()));
        if (overridesDirection(read)) {
            readings.add(
                    within(tokeniser.text().length(), tokenise(asShown(read)).tokens()));
        }
        if (hasSignsForLetters(read)) {
            readings.add(within(
                    tokeniser.text().length(), tokenise(withLetters(read)).tokens()));
        }
        if (hasUnseenGaps(read)) {
            readings.add(
                    within(tokeniser.text().length(), tokenise(withGaps(read)).tokens()));
        }
        return new FoldedText(tokeniser.text(), tokeniser.tokens(), readings, truncated);
    }

    /// U+200B and U+200C hide within words, and part words where no space is wanted: "civil war" without its space, the
    /// Persian verb prefix.
    private static boolean hasUnseenGaps(String text) {
        return text.indexOf(ZERO_WIDTH_SPACE) >= 0 || text.indexOf(ZERO_WIDTH_NON_JOINER) >= 0;
    }

    private static String withGaps(String text) {
        return text.replace(ZERO_WIDTH_SPACE, ' ').replace(ZERO_WIDTH_NON_JOINER, ' ');
    }

    /// `k!ll`, `$ex`, `a$$`, `c@sh`: a sign right beside Latin letters, as a letter would stand. A name after
    /// `@` and a price are not meant, and their readings match no keyword.
    private static boolean hasSignsForLetters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (letterFor(text, i) != 0) {
                return true;
            }
        }
        return false;
    }

    private static String withLetters(String text) {
        var out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            // Read from what is already replaced, so that the second sign of "a$$" stands beside a letter.
            char letter = letterFor(out, i);
            if (letter != 0) {
                out.setCharAt(i, letter);
            }
        }
        return out.toString();
    }

    /// The letter that this sign stands for, or 0.
    private static char letterFor(CharSequence text, int at) {
        char letter = switch (text.charAt(at)) {
            case '$' -> 's';
            case '!' -> 'i';
            case '@' -> 'a';
            case '€' -> 'e';
            case '|' -> 'l';
            default -> 0;
        };
        if (letter == 0) {
            return 0;
        }
        boolean before = at > 0 && isLatinOrDigit(text.charAt(at - 1));
        boolean after = at + 1 < text.length() && isLatinOrDigit(text.charAt(at + 1));
        return switch (letter) {
                    case 's' -> before || after; // "$ex", "a$$"
                    case 'l' -> before; // "k1||"
                    default -> before && after;
                }
                ? letter
                : 0;
    }

    private static boolean isLatinOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /// The reversed reading has the same letters at about the same places; its spans are kept inside the
    /// plain text.
    private static List<Token> within(int length, List<Token> tokens) {
        return tokens.stream()
                .map(token -> new Token(
                        token.word(),
                        token.alternatives(),
                        Math.min(token.start(), length),
                        Math.min(token.end(), length),
                        token.kind(),
                        token.ending(),
                        token.hamza()))
                .toList();
    }

    private static int lastBoundary(String raw) {
        return Character.isHighSurrogate(raw.charAt(MAX_CHARS - 1)) ? MAX_CHARS - 1 : MAX_CHARS;
    }

    private static Tokeniser tokenise(String text) {
        if (isPlain(text)) {
            var tokeniser = new Tokeniser(text.length());
            for (int i = 0; i < text.length(); i++) {
                tokeniser.accept(text.charAt(i));
            }
            tokeniser.finish();
            return tokeniser;
        }
        var normal = Normalizer.normalize(withoutInvisible(text), Normalizer.Form.NFKC);
        var tokeniser = new Tokeniser(normal.length());
        for (int i = 0; i < normal.length(); ) {
            int cp = normal.codePointAt(i);
            i += Character.charCount(cp);
            boolean vanishes = Letters.isInvisible(cp) || (Letters.isMark(cp) && Letters.isDecoration(cp));
            if (!vanishes) {
                tokeniser.accept(cp);
            }
        }
        tokeniser.finish();
        return tokeniser;
    }

    /// Whether a text has only letters, digits and signs of which nothing is dropped and nothing composed, as
    /// most posts do: they are read in one pass.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Letters.isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Drops what readers do not see. A final "an" vowel (tanwin) is kept as the noncharacter U+FDD0 until
    /// the token is cut: it tells an inflected word from a longer one.
    private static String withoutInvisible(String text) {
        var kept = new StringBuilder(text.length());
        int marks = 0;
        for (int i = 0; i < text.length(); ) {
            int cp = text.codePointAt(i);
            i += Character.charCount(cp);
            if (Letters.isInvisible(cp) || cp == Tokeniser.TANWIN_SIGN) {
                continue;
            }
            if (Letters.isTradeSign(cp)) {
                kept.append(' ');
                continue;
            }
            if (!Letters.isMark(cp)) {
                marks = 0;
                kept.appendCodePoint(cp);
            } else if (cp == Letters.HAMZA_ABOVE && !kept.isEmpty()) {
                int last = kept.length() - 1;
                kept.setCharAt(last, Letters.withHamza(kept.charAt(last)));
            } else if (cp == Letters.TANWIN_FATH
                    && !kept.isEmpty()
                    && Letters.isArabic(kept.charAt(kept.length() - 1))) {
                kept.append(Tokeniser.TANWIN_SIGN);
            } else if (!Letters.isDecoration(cp) && marks++ < MAX_MARKS) {
                kept.appendCodePoint(cp);
            }
        }
        return kept.toString();
    }

    private static boolean overridesDirection(String text) {
        return text.indexOf(RIGHT_TO_LEFT_OVERRIDE) >= 0 || text.indexOf(LEFT_TO_RIGHT_OVERRIDE) >= 0;
    }

    /// Reverses what stands under a direction override: `U+202E raw` is stored as "raw" and shown as "war".
    private static String asShown(String text) {
        var shown = new StringBuilder(text.length());
        int from = 0;
        while (from < text.length()) {
            char c = text.charAt(from++);
            if (c != RIGHT_TO_LEFT_OVERRIDE && c != LEFT_TO_RIGHT_OVERRIDE) {
                shown.append(c);
                continue;
            }
            int to = from;
            while (to < text.length() && text.charAt(to) != POP_DIRECTION && text.charAt(to) != '\n') {
                to++;
            }
            shown.append(new StringBuilder(text.substring(from, to)).reverse());
            from = to;
        }
        return shown.toString();
    }

    /// The tokens of a keyword or phrase as matching needs them: only the plain reading counts.
    static List<Token> keyword(String raw) {
        return tokenise(raw).tokens();
    }
}
