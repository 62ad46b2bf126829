package mizan.core.suitability.text;

import java.util.List;
import java.util.Objects;

/// One word, number or emoji of a folded text.
///
/// @param word the folded letters, for example `حرب` or `war`
/// @param alternatives other words a reader may see here: stretched letters shortened, look-alike letters
///     and digits replaced
/// @param start where it begins in [FoldedText#text()], in chars
/// @param end where it ends, exclusive
/// @param kind what it is made of
/// @param ending what folding took from its last letter; it decides which suffixes the word can carry
/// @param hamza whether its first alef was written with a hamza, so that it is no article's
public record Token(
        String word, List<String> alternatives, int start, int end, Kind kind, Ending ending, boolean hamza) {
    /// What a token is made of. Arabic and other letters never share a token: "الـwar" is read as "ال" and
    /// "war".
    public enum Kind {
        ARABIC,
        OTHER,
        EMOJI
    }

    /// How the word was spelled at its end before folding.
    ///
    /// `شرطة` (police) and `شرطه` (his condition) fold alike, but only the second is `شرط` with a suffix.
    public enum Ending {
        PLAIN,
        TA_MARBUTA,
        ALEF_MAQSURA,
        TANWIN
    }

    public Token {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(ending);
        alternatives = List.copyOf(alternatives);
    }

    Token(String word, List<String> alternatives, int start, int end, Kind kind) {
        this(word, alternatives, start, end, kind, Ending.PLAIN, false);
    }

    boolean isOneLetter() {
        return kind != Kind.EMOJI && word.length() == 1 && Character.isLetter(word.charAt(0));
    }
}
