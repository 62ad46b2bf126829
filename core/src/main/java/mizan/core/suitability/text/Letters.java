package mizan.core.suitability.text;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;

/// What becomes of one code point. Everything here is a table or a pure test, so that folding stays linear.
final class Letters {
    static final int TATWEEL = 0x0640;
    static final int HAMZA_ABOVE = 0x0654;
    /// NFKC writes the letter U+0675 as alef and this.
    private static final int HIGH_HAMZA = 0x0674;

    static final int TA_MARBUTA = 'ة';
    static final int TA_MARBUTA_GOAL = 0x06C3;
    static final int ALEF_MAQSURA = 'ى';
    static final int TANWIN_FATH = 0x064B;

    /// Scripts whose marks are decoration to a reader who knows the word. Elsewhere (Devanagari, Thai, ...)
    /// a mark is a vowel.
    private static final Set<UnicodeScript> MARKS_ARE_DECORATION = EnumSet.of(
            UnicodeScript.INHERITED,
            UnicodeScript.COMMON,
            UnicodeScript.ARABIC,
            UnicodeScript.HEBREW,
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC);

    private static final int TABLE_END = 0x2000;

    /// Letters that Unicode does not decompose although readers take them for the plain letter: strokes and
    /// small capitals.
    private static final String LOOKALIKES = "øoØołlŁlđdĐdħhĦhŧtŦtƀbɑaɡgᴀaʙbᴄcᴅdᴇeɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrᴛtᴜuᴠvᴡwʏyᴢz";

    private static final char[] BASE = baseLetters();

    private Letters() {}

    /// Whether it stands for itself beside any other such letter: no mark, nothing invisible, its own NFKC.
    static boolean isPlain(char c) {
        return (c >= ' ' && c <= '~')
                || c == '\n'
                || (c >= 0x0621 && c <= 0x063A)
                || (c >= 0x0641 && c <= 0x064A)
                || (c >= 0x0660 && c <= 0x0669)
                || c == '،'
                || c == '؛'
                || c == '؟';
    }

    /// Whether readers see nothing of it: format and bidi controls, fillers, tags, skin tones, tatweel and
    /// spacing vowel marks.
    ///
    /// The spacing vowel marks (U+FE70..) must go *before* NFKC, which turns them into a blank and a mark
    /// and so splits the word.
    static boolean isInvisible(int cp) {
        if (cp < 0xAD) {
            return Character.isISOControl(cp) && !isLineOrSpace(cp);
        }
        return switch (cp) {
            case TATWEEL, HIGH_HAMZA, 0x06E5, 0x06E6, 0x07FA, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x3164, 0xFFA0 ->
                true;
            default ->
                Character.getType(cp) == Character.FORMAT
                        || (cp >= 0xFE70 && cp <= 0xFE7F)
                        || (cp >= 0xFC5E && cp <= 0xFC63)
                        || (cp >= 0xFCF2 && cp <= 0xFCF4)
                        || (cp >= 0xFFF0 && cp <= 0xFFF8)
                        || (cp >= 0x1F3FB && cp <= 0x1F3FF)
                        || (cp >= 0xE0000 && cp <= 0xE0FFF)
                        || (Character.isISOControl(cp) && !isLineOrSpace(cp));
        };
    }

    /// A mark after a word that NFKC would make letters of it: `™`, `℠`.
    static boolean isTradeSign(int cp) {
        return cp == 0x2122 || cp == 0x2120;
    }

    static boolean isLineOrSpace(int cp) {
        return Character.isWhitespace(cp) || Character.isSpaceChar(cp) || cp == 0x85;
    }

    static boolean isMark(int cp) {
        if (cp < 0x300) {
            return false;
        }
        int type = Character.getType(cp);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    /// Whether this mark is removed. The Japanese voicing marks stay, because they make another letter.
    static boolean isDecoration(int mark) {
        return mark != 0x3099
                && mark != 0x309A
                && Character.getType(mark) != Character.COMBINING_SPACING_MARK
                && MARKS_ARE_DECORATION.contains(UnicodeScript.of(mark));
    }

    static boolean isArabic(int cp) {
        return (cp >= 0x0620 && cp <= 0x06FF) || (cp >= 0x0750 && cp <= 0x077F) || (cp >= 0x0870 && cp <= 0x08FF);
    }

    /// The hamza carriers that `letter + U+0654` spells; other letters lose the hamza, as alef does when it
    /// is folded.
    static char withHamza(char letter) {
        return switch (letter) {
            case 'و' -> 'ؤ';
            case 'ي', 'ى', 'ی' -> 'ئ';
            default -> letter;
        };
    }

    /// Appends the folded form of one NFKC code point: one letter, two ("ß" is "ss"), or the code point
    /// itself.
    static void appendFolded(int cp, StringBuilder out) {
        if (cp < 0x80) {
            out.append((char) (cp >= 'A' && cp <= 'Z' ? cp + 32 : cp));
        } else if (isArabic(cp) && !Character.isDigit(cp)) {
            out.append(arabic((char) cp));
        } else {
            appendOther(cp, out);
        }
    }

    private static char arabic(char letter) {
        return switch (letter) {
            case 'أ', 'إ', 'آ', 'ٱ', 'ٲ', 'ٳ', 'ٵ' -> 'ا';
            case 'ة', 'ۃ', 'ہ', 'ۂ', 'ۀ', 'ە', 'ھ', 'ۿ' -> 'ه';
            case 'ى', 'ی', 'ې', 'ۍ', 'ے', 'ۓ', 'ێ', 'ؠ' -> 'ي';
            case 'ک', 'ڪ' -> 'ك';
            case 'ں' -> 'ن';
            default -> letter;
        };
    }

    private static void appendOther(int cp, StringBuilder out) {
        if (Character.isDigit(cp)) {
            out.append((char) ('0' + Character.digit(cp, 10)));
            return;
        }
        int small = smallLetter(cp);
        int folded = smallLetter(small < TABLE_END ? BASE[small] : beyondTheTable(small));
        switch (folded) {
            case 'ß' -> out.append("ss");
            case 'æ' -> out.append("ae");
            case 'œ' -> out.append("oe");
            default -> out.appendCodePoint(folded);
        }
    }

    /// Simple case folding; through the capital, so that final sigma and dotless i meet their letter.
    private static int smallLetter(int cp) {
        return Character.toLowerCase(Character.toUpperCase(cp));
    }

    private static int beyondTheTable(int cp) {
        if (cp >= 0x1F150 && cp <= 0x1F169) {
            return 'a' + (cp - 0x1F150);
        }
        if (cp >= 0x1F170 && cp <= 0x1F189) {
            return 'a' + (cp - 0x1F170);
        }
        return switch (cp) {
            case 0xA730 -> 'f';
            case 0xA731 -> 's';
            default -> cp;
        };
    }

    /// The letter under its marks ("é" to "e") for Latin, Greek and Cyrillic, so that composed and
    /// decomposed text fold alike.
    private static char[] baseLetters() {
        var base = new char[TABLE_END];
        for (int cp = 0; cp < TABLE_END; cp++) {
            base[cp] = (char) cp;
            var script = UnicodeScript.of(cp);
            if (script == UnicodeScript.LATIN || script == UnicodeScript.GREEK || script == UnicodeScript.CYRILLIC) {
                var parts = Normalizer.normalize(Character.toString(cp), Normalizer.Form.NFD);
                if (parts.length() > 1 && parts.codePoints().skip(1).allMatch(Letters::isMark)) {
                    base[cp] = parts.charAt(0);
                }
            }
        }
        for (int i = 0; i < LOOKALIKES.length(); i += 2) {
            base[LOOKALIKES.charAt(i)] = LOOKALIKES.charAt(i + 1);
        }
        for (int cp = 0; cp < TABLE_END; cp++) {
            base[cp] = base[base[cp]]; // "ǿ" is "ø" is "o"
        }
        return base;
    }
}
