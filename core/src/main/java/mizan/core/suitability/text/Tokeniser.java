package mizan.core.suitability.text;

import java.util.ArrayList;
import java.util.List;
import mizan.core.suitability.text.Token.Ending;
import mizan.core.suitability.text.Token.Kind;

/// Takes NFKC code points one by one, appends their folded form and cuts tokens.
///
/// A token is a run of Arabic letters, or a run of other letters and digits, or one emoji, or one ideograph
/// (Chinese and Japanese write no spaces, so a word is a phrase of ideographs there). All else separates,
/// `_` included.
final class Tokeniser {
    /// Stands for a tanwin fath between folding's passes; a noncharacter, so it never clashes with text that
    /// was normalised.
    static final char TANWIN_SIGN = 0xFDD0;

    private static final int NONE = -1;

    private final StringBuilder text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<List<Token>> hashtagParts = new ArrayList<>();
    private final List<Integer> partStarts = new ArrayList<>();
    private int start = NONE;
    private Kind kind = Kind.OTHER;
    private int lastLetter = NONE;
    /// Capitals in a row up to here.
    private int capitals;
    private boolean tanwin;
    private boolean alef;
    private boolean hamza;
    private boolean inHashtag;
    private int flagHalf = NONE;

    Tokeniser(int expectedLength) {
        text = new StringBuilder(expectedLength);
    }

    void accept(int cp) {
        if (cp == TANWIN_SIGN) {
            tanwin = start != NONE;
        } else if (isRegionalIndicator(cp)) {
            acceptFlagHalf(cp);
        } else if (Letters.isArabic(cp) && Character.isLetter(cp)) {
            accept(cp, Kind.ARABIC);
        } else if (Character.isIdeographic(cp)) {
            cut();
            accept(cp, Kind.OTHER);
            cut();
        } else if (Character.isLetterOrDigit(cp) || Letters.isMark(cp) || isBoxedLetter(cp)) {
            accept(cp, Kind.OTHER);
        } else if (Character.isExtendedPictographic(cp)) {
            cut();
            accept(cp, Kind.EMOJI);
            cut();
        } else {
            separate(cp);
        }
    }

    private void accept(int cp, Kind next) {
        flagHalf = NONE;
        if (start != NONE && kind != next) {
            cut();
        }
        if (start == NONE) {
            start = text.length();
            kind = next;
        } else if (inHashtag && beginsPart(cp)) {
            partStarts.add(text.length());
        } else if (inHashtag && capitals > 1 && Character.isLowerCase(cp)) {
            partStarts.add(text.length() - 1); // "USGunLaw": the last of several capitals begins the word
        }
        capitals = Character.isUpperCase(cp) ? capitals + 1 : 0;
        // A vowel sign on the last letter or on the alef that carries it: "حربًا" and "حرباً" are both written.
        tanwin = tanwin && cp == 'ا';
        if (!alef && kind == Kind.ARABIC) {
            hamza = isAlefWithHamza(cp);
            alef = hamza || cp == 'ا';
        }
        lastLetter = cp;
        Letters.appendFolded(cp, text);
    }

    /// "StopTheWar2024": a part begins at a capital after a small letter and where letters meet digits.
    private boolean beginsPart(int cp) {
        return (Character.isUpperCase(cp) && Character.isLowerCase(lastLetter))
                || (Character.isDigit(cp) != Character.isDigit(lastLetter));
    }

    private void acceptFlagHalf(int cp) {
        if (flagHalf == NONE) {
            cut();
            flagHalf = text.length();
            text.appendCodePoint(cp);
        } else {
            text.appendCodePoint(cp);
            tokens.add(new Token(text.substring(flagHalf), List.of(), flagHalf, text.length(), Kind.EMOJI));
            flagHalf = NONE;
        }
    }

    private void separate(int cp) {
        cut();
        flagHalf = NONE;
        inHashtag = cp == '#' || (inHashtag && cp == '_');
        boolean unpaired = cp >= Character.MIN_SURROGATE && cp <= Character.MAX_SURROGATE;
        if (unpaired || cp == ' ' || (cp != '\n' && Letters.isLineOrSpace(cp))) {
            text.append(' ');
        } else {
            Letters.appendFolded(cp, text);
        }
    }

    private void cut() {
        if (start == NONE) {
            return;
        }
        var word = text.substring(start);
        var token = new Token(word, Readings.alternatives(word, kind), start, text.length(), kind, ending(), hamza);
        tokens.add(token);
        if (!partStarts.isEmpty()) {
            hashtagParts.add(parts(token));
            partStarts.clear();
        }
        start = NONE;
        lastLetter = NONE;
        capitals = 0;
        tanwin = false;
        alef = false;
        hamza = false;
    }

    private Ending ending() {
        if (lastLetter == Letters.TA_MARBUTA || lastLetter == Letters.TA_MARBUTA_GOAL) {
            return Ending.TA_MARBUTA;
        }
        if (lastLetter == Letters.ALEF_MAQSURA) {
            return Ending.ALEF_MAQSURA;
        }
        return tanwin && lastLetter == 'ا' ? Ending.TANWIN : Ending.PLAIN;
    }

    private List<Token> parts(Token whole) {
        var parts = new ArrayList<Token>();
        int from = whole.start();
        partStarts.add(whole.end());
        for (int to : partStarts) {
            parts.add(new Token(text.substring(from, to), List.of(), from, to, Kind.OTHER));
            from = to;
        }
        return parts;
    }

    void finish() {
        cut();
    }

    private static boolean isAlefWithHamza(int cp) {
        return cp == 'أ' || cp == 'إ' || cp == 'آ';
    }

    private static boolean isRegionalIndicator(int cp) {
        return cp >= 0x1F1E6 && cp <= 0x1F1FF;
    }

    private static boolean isBoxedLetter(int cp) {
        return (cp >= 0x1F150 && cp <= 0x1F169) || (cp >= 0x1F170 && cp <= 0x1F189);
    }

    String text() {
        return text.toString();
    }

    List<Token> tokens() {
        return tokens;
    }

    List<List<Token>> hashtagParts() {
        return hashtagParts;
    }
}
