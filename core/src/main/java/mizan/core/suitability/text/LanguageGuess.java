package mizan.core.suitability.text;

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

    /// Letters of Urdu, Kurdish, Pashto and Uyghur that no Arabic dialect is written with.
    private static final String NEIGHBOURS_LETTERS = "ٹڈڑںےەڭۆۇۈېۀټډړږښځڅڼۍێڕڵہھ";

    /// Letters of Persian that also come from Persian keyboards (ی ک) or into dialects (پ چ ژ گ ڤ): they count
    /// against Arabic as long as nothing speaks for it.
    private static final String PERSIAN_LETTERS = "یکپچژگڤ";

    /// Letters of Arabic that its neighbours write otherwise or hardly at all.
    private static final String ARABIC_LETTERS = "يكىةأإ";

    private static final Pattern ARTICLE = Pattern.compile("[وفبك]?ال\\p{L}{3,}|[وف]?لل\\p{L}{3,}");

    /// Unfolded, because folding makes Persian "این" (this) the Arabic "أين" (where). Words that Arabic has too
    /// (من, ما, هم, در) say nothing and are in neither list.
    private static final Set<String> NEIGHBOURS_WORDS = Set.of(
            "است", "که", "این", "آن", "را", "با", "برای", "های", "شد", "شده", "شود", "کرد", "کند", "خود", "یک", "بود",
            "نیست", "دارد", "از", "تا", "خیلی", "خوب", "امروز", "چرا", "ہے", "ہیں", "کے", "کی", "کا", "میں", "نے", "سے",
            "اور", "کو", "پر", "تھا", "یہ", "وہ", "په", "ته", "دی", "ده", "کې", "له", "زه", "زما", "ئەم", "بۆ", "لە",
            "زۆر");

    private static final Set<String> ARABIC_WORDS = Set.of(
            "لا", "لم", "لن", "عن", "هذا", "هذه", "انا", "انت", "كان", "بعد", "قبل", "عند", "مع", "ان", "ثم", "مش",
            "شو", "احنا", "نحن", "الله", "قال", "هل", "وش");

    private static final Set<String> ENGLISH_WORDS = words("""
            the and or if of by from with about are was were been you it we they she him us them my your his its our their
            this that these those there here what which who when where why how not yes does did have has had having will
            would can could should may might must just than then too very didn isn wasn aren doesn
            any some more most other two first new good great best better love like got get getting go going gonna make made
            making see know think want need back time day days today tomorrow yesterday year years week month night morning
            people world life home work way thing things woman women men guys guy girl girls boy boys out down after before
            again now always really much many only own same still even also into because while through every each both
            between off happy thank thanks thx please let look big little lil long old well nice picture book books food
            team game games win won news says said say read check watch watching live join free open soon never nothing
            something anything everything someone anyone everyone somebody ever maybe already yet around another until
            since without against during near away together almost enough such few less least last next late early white
            black red blue green people country countries city house school job money water hand head eye eyes face heart
            name number part place play playing player point problem question right left side state story thought told tell
            try trying turn use used wait walk went wish word words write young friend friends family mother father mom dad
            brother sister baby child children kid kids dog cat car phone weather rain sun snow summer winter spring coffee
            tea bread birthday weekend plans congrats congratulations sorry hello hey welcome tired ready sure true false
            wrong real stop start stay keep call called help hope feel feels felt find found give gave given take took taken
            come came coming leave left lost found bring show shows being done doing looks looking says makes gets goes
            wants needs thinks knows ain
            im dont cant didnt youre thats u ur lol lmao omg wtf btw yeah yep nope okay ok cool awesome amazing beautiful
            crazy funny sad bad worst hate shit ass damn hell fuck fucking stupid dumb idiot shut kill die dead death war
            police court law government president election vote tax market price prices company report breaking traffic
            update official announces rejects appeal ordered landed believe believed happened blog post goal bridge
            """);

    /// Words that other languages have too: they count, but not alone.
    private static final Set<String> SHARED_WORDS = words(
            "a an i in is on no to so do me as at be he one am all up over for man but her photo photos video music plan");

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

    /// Whether this language is one that it can find: a post that claims it and does not show it is in none
    /// that anybody knows.
    public static boolean canTell(String language) {
        return language.equals(ARABIC) || language.equals(ENGLISH);
    }

    /// Whom a post speaks to and where it leads are in no language.
    private static final Pattern NAMES_AND_ADDRESSES = Pattern.compile("@[\\w.@-]+|https?://\\S+|www\\.\\S+");

    /// The language, or empty when it is another one, mixed, or too little text to tell.
    public static Optional<String> of(String raw) {
        var cut = raw.length() > Folding.MAX_CHARS ? raw.substring(0, Folding.MAX_CHARS) : raw;
        var text = NAMES_AND_ADDRESSES.matcher(cut).replaceAll(" ");
        int arabic = 0;
        int latin = 0;
        int letters = 0;
        for (int i = 0; i < text.length(); ) {
            int cp = text.codePointAt(i);
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
            return isArabic(text) ? Optional.of(ARABIC) : Optional.empty();
        }
        return latin >= MIN_SCRIPT_SHARE * letters && isEnglish(text) ? Optional.of(ENGLISH) : Optional.empty();
    }

    /// Word by word: a letter or word that only the neighbours have weighs twice, one that may come from a
    /// Persian keyboard once, and what only Arabic has speaks for it. Without any sign it is Arabic, which far
    /// more people write.
    private static boolean isArabic(String text) {
        int against = 0;
        int inFavour = 0;
        for (var word : NOT_LETTERS.split(text)) {
            if (NEIGHBOURS_WORDS.contains(word) || has(word, NEIGHBOURS_LETTERS)) {
                against += 2;
            } else if (ARABIC_WORDS.contains(word)
                    || has(word, ARABIC_LETTERS)
                    || ARTICLE.matcher(word).matches()) {
                inFavour++;
            } else if (has(word, PERSIAN_LETTERS)) {
                against++;
            }
        }
        return against == 0 || inFavour > against;
    }

    private static boolean has(String word, String letters) {
        return word.chars().anyMatch(c -> letters.indexOf(c) >= 0);
    }

    private static boolean isEnglish(String text) {
        var counts = new HashMap<String, Integer>();
        int latinWords = 0;
        int english = 0;
        int shared = 0;
        for (var token : Folding.fold(text).tokens()) {
            if (token.kind() != Token.Kind.OTHER) {
                continue;
            }
            latinWords++;
            english += ENGLISH_WORDS.contains(token.word()) ? 1 : 0;
            shared += SHARED_WORDS.contains(token.word()) ? 1 : 0;
            OTHER_LATIN.forEach((language, common) -> {
                if (common.contains(token.word())) {
                    counts.merge(language, 1, Integer::sum);
                }
            });
        }
        int rival = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        int needed = latinWords <= SHORT_WORDS ? 1 : Math.max(2, latinWords / 8);
        return english >= 1 && english + shared >= needed && english + shared > rival;
    }

    private static Set<String> words(String text) {
        var found = new HashSet<String>();
        Folding.fold(text).tokens().forEach(token -> found.add(token.word()));
        return found;
    }
}
