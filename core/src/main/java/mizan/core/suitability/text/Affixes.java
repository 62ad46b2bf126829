package mizan.core.suitability.text;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mizan.core.suitability.text.Token.Ending;
import mizan.core.suitability.text.Token.Kind;

/// The keywords that one word of a text may be an inflection of.
///
/// Arabic writes "and", "in", "to", "the", "their" as part of the word. The forms a keyword can take are a
/// closed set: proclitic chain + keyword + suffix, where `ال` and a possessive suffix exclude each other.
/// Expanding each keyword to its ~300 forms would be the definition; taking legal chains off the *text* and
/// looking up what is left as an exact keyword accepts the same words with no memory. Nothing is ever taken
/// off a keyword, so a keyword never loses letters of its own. The article is never written with a hamza:
/// `ألغاز` (riddles) is not `الغاز` (the gas), although both fold alike.
///
/// English: only a regular plural ("wars", "bombs", "casualties").
final class Affixes {
    /// Keywords spelled with ta marbuta at the end; see [Ending#TA_MARBUTA].
    static final int TA_MARBUTA_KEYWORD = 2;

    static final int OTHER_KEYWORD = 1;
    static final int ANY_KEYWORD = OTHER_KEYWORD | TA_MARBUTA_KEYWORD;

    /// Longest word that is analysed; longer ones can only match exactly.
    static final int MAX_WORD = 128;

    private static final int MIN_INFLECTED = 2;
    private static final int MIN_TANWIN = 3;
    private static final int MIN_PLURAL = 4;
    private static final int MIN_DUAL = 5;
    private static final int MIN_DIALECT = 3;

    private static final ByLetter INDEFINITE =
            ByLetter.first("و", "ف", "ب", "ك", "ل", "وب", "وك", "ول", "فب", "فك", "فل");
    private static final ByLetter DEFINITE =
            ByLetter.first("ال", "وال", "فال", "بال", "كال", "وبال", "وكال", "فبال", "فكال", "لل", "ولل", "فلل");
    /// "This" of the Levant, the Gulf and Iraq, written as part of the word with the article: هالحرب. Only
    /// before three letters or more, so that هالة stays a name. "On the" (عالبيت) is not among them: عالمات
    /// (worlds) would be "on the" and مات (died).
    private static final ByLetter DIALECT = ByLetter.first("هال", "وهال", "بهال", "لهال", "عهال");

    static final List<String> SUFFIXES = List.of("هما", "كما", "ها", "هم", "هن", "كم", "كن", "نا", "ه", "ك", "ي");
    private static final ByLetter POSSESSIVE = ByLetter.last(SUFFIXES.toArray(String[]::new));

    /// Affixes by the letter that a word must have at its begin or its end: most words have none of them.
    private static final class ByLetter {
        private static final int ARABIC = 0x0600;
        private static final String[] NONE = {};
        private final String[][] affixes = new String[0x100][];

        private ByLetter() {
            Arrays.fill(affixes, NONE);
        }

        static ByLetter first(String... affixes) {
            var by = new ByLetter();
            Stream.of(affixes).forEach(affix -> by.add(affix.charAt(0), affix));
            return by;
        }

        static ByLetter last(String... affixes) {
            var by = new ByLetter();
            Stream.of(affixes).forEach(affix -> by.add(affix.charAt(affix.length() - 1), affix));
            return by;
        }

        private void add(char letter, String affix) {
            var more = Arrays.copyOf(affixes[letter - ARABIC], affixes[letter - ARABIC].length + 1);
            more[more.length - 1] = affix;
            affixes[letter - ARABIC] = more;
        }

        String[] of(char letter) {
            int at = letter - ARABIC;
            return at >= 0 && at < affixes.length ? affixes[at] : NONE;
        }
    }

    /// Words that look like a plural of another word and are not.
    private static final Set<String> NOT_PLURALS = Set.of(
            "news", "means", "customs", "arms", "odds", "species", "series", "always", "goods", "glasses", "hamas",
            "vegas", "lucas", "mars", "lens");

    /// Receives each possible keyword: the letters `[from, to)` of `word`, valid only during the call.
    interface Sink {
        void accept(char[] word, int from, int to, int allowedKeywords);
    }

    /// Says whether some letters are a keyword at all. Nearly always they are not, so this is asked first.
    interface Keywords {
        boolean has(char[] word, int from, int to);
    }

    /// Room before the word, because `لل` may stand for the longer `الل`.
    private static final int ROOM = 2;

    private final char[] word = new char[ROOM + MAX_WORD];
    private final Keywords keywords;
    private final Sink sink;
    private String letters = "";

    Affixes(Keywords keywords, Sink sink) {
        this.keywords = keywords;
        this.sink = sink;
    }

    /// Offers the word itself alone.
    void exact(String letters) {
        sink.accept(letters.toCharArray(), 0, letters.length(), ANY_KEYWORD);
    }

    /// Offers the word itself and everything it may be an inflection of.
    void analyse(String letters, Kind kind, Ending ending, boolean hamza) {
        if (letters.length() > MAX_WORD || kind == Kind.EMOJI) {
            exact(letters);
            return;
        }
        this.letters = letters;
        int end = ROOM + letters.length();
        letters.getChars(0, letters.length(), word, ROOM);
        sink.accept(word, ROOM, end, ANY_KEYWORD);
        switch (kind) {
            case ARABIC -> analyseArabic(end, ending, hamza);
            case OTHER -> analyseEnglish(letters, end);
            case EMOJI -> {}
        }
    }

    private void offer(int from, int to, int allowedKeywords) {
        if (keywords.has(word, from, to) && !(from >= ROOM && OwnWords.isCut(letters, from - ROOM, to - ROOM))) {
            sink.accept(word, from, to, allowedKeywords);
        }
    }

    private void analyseArabic(int end, Ending ending, boolean hamza) {
        offerSuffixed(ROOM, end, ending);
        offerPlurals(ROOM, end);
        char first = word[ROOM];
        for (var proclitic : INDEFINITE.of(first)) {
            int from = ROOM + proclitic.length();
            if (end - from >= MIN_INFLECTED && begins(proclitic)) {
                offer(from, end, ANY_KEYWORD);
                offerSuffixed(from, end, ending);
                offerPlurals(from, end);
            }
        }
        for (var proclitic : DEFINITE.of(first)) {
            int from = ROOM + proclitic.length();
            if (end - from >= 1 && begins(proclitic) && !(hamza && proclitic.indexOf('ا') >= 0)) {
                if (end - from >= MIN_INFLECTED) {
                    offer(from, end, ANY_KEYWORD);
                    offerPlurals(from, end);
                }
                if (proclitic.endsWith("لل")) {
                    offerDefiniteKeyword(from, end);
                }
            }
        }
        for (var proclitic : DIALECT.of(first)) {
            int from = ROOM + proclitic.length();
            if (end - from >= MIN_DIALECT && begins(proclitic) && !hamza) {
                offer(from, end, ANY_KEYWORD);
                offerPlurals(from, end);
            }
        }
    }

    /// `ل` before a keyword that itself begins with `ال` drops the alef: "القدس" becomes "للقدس", and "الله"
    /// becomes "لله".
    private void offerDefiniteKeyword(int from, int end) {
        word[from - 2] = 'ا';
        offer(from - 2, end, ANY_KEYWORD);
        char before = word[from - 3];
        word[from - 3] = 'ا';
        word[from - 2] = 'ل';
        offer(from - 3, end, ANY_KEYWORD);
        word[from - 3] = before;
    }

    private void offerSuffixed(int from, int end, Ending ending) {
        if (ending == Ending.PLAIN) {
            for (var suffix : POSSESSIVE.of(word[end - 1])) {
                int to = end - suffix.length();
                if (to - from >= MIN_INFLECTED && ends(suffix, end)) {
                    offerBeforeSuffix(from, to);
                }
            }
        }
        offerTanwin(from, end, ending);
    }

    /// The keyword before a suffix, with the spelling changes that a suffix causes at its end.
    private void offerBeforeSuffix(int from, int to) {
        offer(from, to, OTHER_KEYWORD);
        char last = word[to - 1];
        switch (last) {
            case 'ت' -> offerEndingIn('ه', from, to, ANY_KEYWORD); // شرطة -> شرطتهم
            case 'ا' -> offerEndingIn('ي', from, to, OTHER_KEYWORD); // قتلى -> قتلاهم
            case 'ئ', 'ؤ' -> offerEndingIn('ء', from, to, OTHER_KEYWORD); // دماء -> دمائهم
            default -> {}
        }
        if (to - from >= MIN_PLURAL + 2 && ends("ات", to)) {
            offerSoundFeminine(from, to - 2); // انفجار -> انفجاراتهم
        }
    }

    private void offerEndingIn(char letter, int from, int to, int allowed) {
        char before = word[to - 1];
        word[to - 1] = letter;
        offer(from, to, allowed);
        word[to - 1] = before;
    }

    /// The accusative: "حرباً". Without its vowel mark the alef could belong to the word, so short stems and
    /// adjectives of origin ("سوري" is no "سوريا") need the mark.
    private void offerTanwin(int from, int end, Ending ending) {
        int to = end - 1;
        if (to - from < MIN_INFLECTED || word[to] != 'ا') {
            return;
        }
        boolean likely = to - from >= MIN_TANWIN && word[to - 1] != 'ي';
        if (ending == Ending.TANWIN || (ending == Ending.PLAIN && likely)) {
            offer(from, to, OTHER_KEYWORD);
        }
    }

    /// Sound plurals and duals of longer words. Of shorter ones they are too often another word: زيت (oil) is
    /// not the singular of زيتون (olives), nor سليم (sound) that of سليمان (Solomon).
    private void offerPlurals(int from, int end) {
        int to = end - 2;
        if (word[end - 1] != 'ن' && word[end - 1] != 'ت') {
            return;
        }
        if (to - from >= MIN_TANWIN && word[to - 1] == 'ت' && (ends("ان", end) || ends("ين", end))) {
            offerEndingIn('ه', from, to, ANY_KEYWORD); // قنبلة -> قنبلتان
        } else if (to - from >= MIN_DUAL && ends("ان", end)) {
            offer(from, to, OTHER_KEYWORD); // صاروخ -> صاروخان
        }
        if (to - from >= MIN_PLURAL && (ends("ون", end) || ends("ين", end))) {
            offer(from, to, OTHER_KEYWORD);
        }
        if (to - from >= MIN_TANWIN && ends("ات", end)) {
            offerSoundFeminine(from, to);
        }
    }

    /// `عملية` to `عمليات` and `انفجار` to `انفجارات`, but not `جنسي` (sexual) to `جنسيات` (nationalities).
    private void offerSoundFeminine(int from, int to) {
        if (to - from >= MIN_PLURAL && word[to - 1] != 'ي') {
            offer(from, to, OTHER_KEYWORD);
        }
        offerEndingIn('ه', from, to + 1, ANY_KEYWORD);
    }

    private void analyseEnglish(String letters, int end) {
        int n = letters.length();
        if (n < 4 || word[end - 1] != 's' || !isPlainLatin(letters) || NOT_PLURALS.contains(letters)) {
            return;
        }
        if (word[end - 2] != 's') {
            offer(ROOM, end - 1, ANY_KEYWORD);
        }
        if (letters.endsWith("ies") && n > 4) {
            offerEndingIn('y', ROOM, end - 2, ANY_KEYWORD);
        } else if (letters.endsWith("es") && n > 4 && takesEs(letters.substring(0, n - 2))) {
            offer(ROOM, end - 2, ANY_KEYWORD);
        }
    }

    private static boolean takesEs(String singular) {
        return singular.endsWith("o")
                || singular.endsWith("s")
                || singular.endsWith("x")
                || singular.endsWith("z")
                || singular.endsWith("ch")
                || singular.endsWith("sh");
    }

    private static boolean isPlainLatin(String letters) {
        for (int i = 0; i < letters.length(); i++) {
            if (letters.charAt(i) < 'a' || letters.charAt(i) > 'z') {
                return false;
            }
        }
        return true;
    }

    private boolean begins(String proclitic) {
        for (int i = 0; i < proclitic.length(); i++) {
            if (word[ROOM + i] != proclitic.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean ends(String suffix, int end) {
        for (int i = 0; i < suffix.length(); i++) {
            if (word[end - suffix.length() + i] != suffix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
