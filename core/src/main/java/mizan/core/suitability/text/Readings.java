package mizan.core.suitability.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mizan.core.suitability.text.Token.Kind;

/// Other words that a reader may see in a token, or in several.
///
/// Conservative on purpose: each reading needs a sign that the spelling is unusual (a letter three times in
/// a row, two scripts in one word, digits among letters, single letters in a row). A plain word has no other
/// reading.
final class Readings {
    private static final int STRETCHED = 3;
    private static final int MIN_SPACED_LETTERS = 3;
    private static final int MAX_SPACED_LETTERS = 32;
    private static final int MAX_GAP = 3;

    /// Cyrillic and Greek small letters that look like a Latin one, each followed by it (from Unicode TR 39
    /// confusables).
    private static final String HOMOGLYPHS =
            "аaвbсcԁdеeһhіiјjкkӏlмmнhоoрpԛqѕsтtуyѵvԝwхxгrпnαaβbγyεeηnιiκkνvοoρpτtυuχxωwσo";

    private static final String LEET_DIGITS = "01345789";
    private static final String LEET_AS_I = "oieastbg";
    private static final String LEET_AS_L = "oleastbg";

    private Readings() {}

    /// Readings of one token besides its own letters; almost always none.
    static List<String> alternatives(String word, Kind kind) {
        if (kind == Kind.EMOJI || word.length() < 3) {
            return List.of();
        }
        var found = new LinkedHashSet<String>();
        if (kind == Kind.OTHER) {
            addLatinLookalikes(word, found);
        }
        if (hasStretch(word)) {
            found.add(shortened(word, 1));
            found.add(shortened(word, 2));
        }
        found.remove(word);
        return found.isEmpty() ? List.of() : List.copyOf(found);
    }

    private static void addLatinLookalikes(String word, Set<String> found) {
        int latin = 0;
        int digits = 0;
        int foreign = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= 'a' && c <= 'z') {
                latin++;
            } else if (c >= '0' && c <= '9') {
                digits++;
            } else {
                foreign++;
            }
        }
        if (latin > 0 && foreign > 0 && digits == 0) {
            addIfWhole(replaced(word, HOMOGLYPHS), found);
        }
        if (latin >= 2 && digits > 0 && foreign == 0) {
            addIfWhole(leet(word, LEET_AS_I), found);
            addIfWhole(leet(word, LEET_AS_L), found);
        }
    }

    private static void addIfWhole(String word, Set<String> found) {
        if (word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            found.add(word);
        }
    }

    private static String replaced(String word, String pairs) {
        var out = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            int at = c < 0x80 ? -1 : pairs.indexOf(c);
            out.append(at < 0 ? c : pairs.charAt(at + 1));
        }
        return out.toString();
    }

    private static String leet(String word, String letters) {
        var out = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            int at = LEET_DIGITS.indexOf(word.charAt(i));
            out.append(at < 0 ? word.charAt(i) : letters.charAt(at));
        }
        return out.toString();
    }

    private static boolean hasStretch(String word) {
        int run = 1;
        for (int i = 1; i < word.length(); i++) {
            run = word.charAt(i) == word.charAt(i - 1) ? run + 1 : 1;
            // Digits are not stretched: 1000 is not 10.
            if (run >= STRETCHED && Character.isLetter(word.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /// Runs of three or more letters cut to `keep`; doubled letters stay, because words have them.
    private static String shortened(String word, int keep) {
        var out = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); ) {
            int to = i + 1;
            while (to < word.length() && word.charAt(to) == word.charAt(i)) {
                to++;
            }
            boolean stretched = to - i >= STRETCHED && Character.isLetter(word.charAt(i));
            out.append(word, i, stretched ? i + keep : to);
            i = to;
        }
        return out.toString();
    }

    /// Token sequences besides the plain one: the parts of camel-case hashtags, and letters spaced out ("w a
    /// r", "ح.ر.ب", also with emoji between them).
    static List<List<Token>> of(List<Token> all, List<List<Token>> hashtagParts) {
        var readings = new ArrayList<>(hashtagParts);
        var tokens = all.stream().filter(token -> token.kind() != Kind.EMOJI).toList();
        int from = 0;
        while (from < tokens.size()) {
            int to = from;
            while (to < tokens.size() && tokens.get(to).isOneLetter() && continues(tokens, from, to)) {
                to++;
            }
            if (to - from >= MIN_SPACED_LETTERS && to - from <= MAX_SPACED_LETTERS) {
                readings.add(List.of(joined(tokens.subList(from, to))));
            }
            from = Math.max(to, from + 1);
        }
        return readings;
    }

    private static boolean continues(List<Token> tokens, int from, int at) {
        return at == from
                || (tokens.get(at).kind() == tokens.get(from).kind()
                        && tokens.get(at).start() - tokens.get(at - 1).end() <= MAX_GAP);
    }

    private static Token joined(List<Token> letters) {
        var word = new StringBuilder();
        letters.forEach(letter -> word.append(letter.word()));
        var last = letters.getLast();
        return new Token(
                word.toString(), List.of(), letters.getFirst().start(), last.end(), last.kind(), last.ending());
    }
}
