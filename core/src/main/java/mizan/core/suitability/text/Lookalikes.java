package mizan.core.suitability.text;

import java.util.Optional;
import java.util.Set;

/// Letters and digits that stand for others that look like them: `wаr` with a Cyrillic а, `k1ll`.
final class Lookalikes {
    /// Cyrillic, Greek and Armenian small letters that look like a Latin one, each followed by it (from
    /// Unicode TR 39 confusables).
    private static final String TO_LATIN =
            "аaвbсcԁdеeһhіiјjкkӏlмmнhоoрpԛqѕsтtуyѵvԝwхxгrпnαaβbγyεeηnιiκkμuνvοoρpτtυuχxωwσoսuօoոnհhյj";

    /// Where a capital looks like another Latin letter than the small one that folding made of it.
    private static final String CAPITALS = "ηhμmνnυyζz";

    private static final String TO_CYRILLIC = "aаbвcсeеhнiіjјkкmмnпoоpрrгtтxхyу";
    private static final String TO_GREEK = "aαbβeεhηiιkκmμnνoοpρtτuυvνxχyγzζ";

    /// What each digit from 0 on is written for.
    private static final String DIGITS_AS = "oizeasgtbg";

    private static final String DIGITS_OR_AS = "olzeasbtbg";

    private Lookalikes() {}

    /// Adds what a word of letters of several scripts, or of letters and digits, may be meant for.
    static void addMeant(String word, Set<String> found) {
        int latin = 0;
        int digits = 0;
        int foreign = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (isLatin(c)) {
                latin++;
            } else if (c >= '0' && c <= '9') {
                digits++;
            } else {
                foreign++;
            }
        }
        if (latin > 0 && foreign > 0 && digits == 0) {
            inLatin(word).ifPresent(found::add);
            addIf(replaced(replaced(word, CAPITALS), TO_LATIN), 'a', 'z', found);
            addIf(replaced(word, TO_CYRILLIC), 0x0430, 0x045F, found);
            addIf(replaced(word, TO_GREEK), 0x03B1, 0x03C9, found);
        }
        if (latin >= 2 && digits > 0 && foreign == 0) {
            found.add(withoutDigits(word, DIGITS_AS));
            found.add(withoutDigits(word, DIGITS_OR_AS));
        }
    }

    /// The word with a Latin letter for each of its letters; empty when one of them looks like none.
    static Optional<String> inLatin(String word) {
        var latin = replaced(word, TO_LATIN);
        return latin.chars().allMatch(Lookalikes::isLatin) ? Optional.of(latin) : Optional.empty();
    }

    static boolean isLatin(int c) {
        return c >= 'a' && c <= 'z';
    }

    /// Whether a letter belongs to a script that has Latin look-alikes.
    static boolean isGreekOrCyrillic(char c) {
        return (c >= 0x0370 && c <= 0x03FF) || (c >= 0x0400 && c <= 0x052F);
    }

    private static void addIf(String word, int first, int last, Set<String> found) {
        if (word.chars().allMatch(c -> c >= first && c <= last)) {
            found.add(word);
        }
    }

    private static String replaced(String word, String pairs) {
        var out = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            int at = pairs.indexOf(c);
            while (at >= 0 && at % 2 == 1) {
                at = pairs.indexOf(c, at + 1);
            }
            out.append(at < 0 ? c : pairs.charAt(at + 1));
        }
        return out.toString();
    }

    private static String withoutDigits(String word, String letters) {
        var out = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            out.append(c >= '0' && c <= '9' ? letters.charAt(c - '0') : c);
        }
        return out.toString();
    }
}
