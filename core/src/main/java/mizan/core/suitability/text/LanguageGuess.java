package mizan.core.suitability.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Guesses from script and very common words whether a text is Arabic or English.
///
/// The language a post declares is a hint that real senders get wrong, so it is never trusted; and a rater
/// must not call a text harmless in a language that it cannot read, so every doubt is "unknown". Word lists
/// of the neighbours (Persian, Urdu, Spanish, ...) count as evidence *against*.
public final class LanguageGuess {
    /// Languages the raters can read, as BCP 47 tags.
    public static final String ARABIC = "ar";

    public static final String ENGLISH = "en";

    /// Of the letters, the share that the guessed language's script must have.
    private static final double MIN_SCRIPT_SHARE = 0.6;

    private static final int SHORT_WORDS = 4;

    /// Letters of Persian, Urdu, Kurdish, Pashto and Uyghur that Arabic does not have.
    private static final String NOT_ARABIC = "پچژگٹڈڑںےەڭۆۇېۀټډړږښگ";

    /// Unfolded, because folding makes Persian "این" (this) the Arabic "أين" (where).
    private static final Set<String> PERSIAN_URDU = Set.of(
            "است", "که", "این", "را", "با", "برای", "های", "شد", "شود", "کرد", "کند", "خود", "یک", "بود", "نیست",
            "دارد", "از", "ہے", "ہیں", "کے", "کی", "کا", "میں", "نے", "سے", "اور", "کو", "پر", "تھا", "یہ", "وہ");

    private static final Set<String> ENGLISH_WORDS = words("""
            the a an and or but if of to in on at by for from with about as is are was were be been am i you he she it we they
            me him her us them my your his its our their this that these those there here what which who when where why how
            not no yes do does did don have has had having will would can could should may might must just so than then too very
            all any some more most other one two first new good great best love like get got go going make made see know think
            want need come back time day today tomorrow year week night morning people world life home work way thing things
            man woman out up down over after before again now never always really much many only own same still even also into
            because while through every each both between under off happy thank thanks please let look big little long old well
            photo photos picture video music book food team game win news says said read check watch live join free open soon
            """);

    private static final Map<String, Set<String>> OTHER_LATIN = Map.of(
            "es",
                    words(
                            "el la los las de que y en un una por con para es del se no lo su al más como pero fue está son"),
            "fr",
                    words(
                            "le la les de des et un une du en est que pour dans pas sur qui au avec ce il elle nous vous je sont"),
            "de",
                    words(
                            "der die das und ist nicht ein eine zu den mit von für auf im dem es ich sie wir auch sich war aus"),
            "it",
                    words(
                            "il lo la gli di che e un una per non con del sono da si ma come più alla della nel questo anche"),
            "pt", words("o os as de que e um uma por com para não do da em se mais como foi ao dos das você isso"),
            "nl", words("de het een en van is dat niet ik je op te voor met zijn aan er maar ook was wij naar deze"),
            "tr", words("ve bir bu da için ile çok ne ama gibi daha var değil mi ben sen o kadar olan olarak"),
            "id", words("yang dan di ini itu dengan untuk tidak dari dalam akan pada ke ada saya kita sudah juga bisa"),
            "so", words("iyo waa ee oo ka ku in uu ay ah ayaa la soo waxaa"));

    private static final Pattern NOT_LETTERS = Pattern.compile("\\P{L}+");

    private LanguageGuess() {}

    /// The language, or empty when it is another one, mixed, or too little text to tell.
    public static Optional<String> of(String raw) {
        int arabic = 0;
        int latin = 0;
        int letters = 0;
        int limit = Math.min(raw.length(), Folding.MAX_CHARS);
        for (int i = 0; i < limit; ) {
            int cp = raw.codePointAt(i);
            i += Character.charCount(cp);
            if (!Character.isLetter(cp) || cp == Letters.TATWEEL) {
                continue;
            }
            letters++;
            switch (Character.UnicodeScript.of(cp)) {
                case ARABIC -> arabic++;
                case LATIN -> latin++;
                default -> {}
            }
        }
        if (letters == 0) {
            return Optional.empty();
        }
        if (arabic >= MIN_SCRIPT_SHARE * letters) {
            return isArabic(raw) ? Optional.of(ARABIC) : Optional.empty();
        }
        return latin >= MIN_SCRIPT_SHARE * letters && isEnglish(raw) ? Optional.of(ENGLISH) : Optional.empty();
    }

    /// One foreign letter may be a name or a quick finger; more than one in fifteen is another language.
    private static boolean isArabic(String raw) {
        long letters = raw.chars().filter(Character::isLetter).count();
        long foreign = raw.chars().filter(c -> NOT_ARABIC.indexOf(c) >= 0).count();
        var words = NOT_LETTERS.split(raw);
        long neighbours = Arrays.stream(words).filter(PERSIAN_URDU::contains).count();
        return foreign * 15 <= letters && neighbours * 5 <= words.length;
    }

    private static boolean isEnglish(String raw) {
        var counts = new HashMap<String, Integer>();
        int latinWords = 0;
        int english = 0;
        for (var token : Folding.fold(raw).tokens()) {
            if (token.kind() != Token.Kind.OTHER) {
                continue;
            }
            latinWords++;
            if (ENGLISH_WORDS.contains(token.word())) {
                english++;
            }
            OTHER_LATIN.forEach((language, common) -> {
                if (common.contains(token.word())) {
                    counts.merge(language, 1, Integer::sum);
                }
            });
        }
        int rival = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        int needed = latinWords <= SHORT_WORDS ? 1 : Math.max(2, latinWords / 8);
        return english >= needed && english > rival;
    }

    private static Set<String> words(String text) {
        var found = new HashSet<String>();
        Folding.fold(text).tokens().forEach(token -> found.add(token.word()));
        return found;
    }
}
