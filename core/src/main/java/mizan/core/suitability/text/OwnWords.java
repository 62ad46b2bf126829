package mizan.core.suitability.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Frequent Arabic words that only look like a proclitic or a suffix beside a rarer word.
///
/// `كبيرة` (big) could be "like" and `بيرة` (beer), `لجنة` (committee) "to" and `جنة` (paradise), `سمك` (fish)
/// "your" and `سم` (poison). Nobody who reads them takes them so, and whoever excludes beer must not lose
/// every post with something big in it. So these words, alone or after "and", with or without a suffix, are
/// taken for themselves. A closed list like the affixes: only words that are far more frequent than the
/// inflection that they hide, and only where what is left is a word that somebody could exclude.
final class OwnWords {
    private static final Set<String> WORDS = folded("""
            كبير كبيرة كبار كمال كريم كفيل كفار كلام كسب كسر كسرة كفاح كتاب كراهية كيان كرة كثير كثيرة
            بشر برهان بلغم بلوط بطن برق بلد بلاد بيان بيت برنامج بحر بحث بدن بدر برد بعد بعض بقرة بنك بنات
            فراس فرق فرد فكر فلك فنار فيلم فيصل فهد فضل فريق
            لجنة لبنان لبن لسان لقاء لقب لحن لعب لعبة ليلى لندن
            ورق ورقة ورد وردة وردي ورود وطن وليد وسام وسط وحيد وحدة وحده وجود وجه وجهة وجد وصف وصية وضع وظيفة وعد
            وفاء وقف وقت وقود وزن وزير وزارة وكالة والد والدة ولد ولاد وراء وحش وفد وجبة وسيم وسيلة وصل ورش ورشة
            سمك شرك ملك ذلك تلك هناك علي إلي
            """);

    private static final String IN_THE_NAME = "بسم";
    private static final String OF_GOD = "الله";

    private OwnWords() {}

    private static Set<String> folded(String words) {
        var folded = new HashSet<String>();
        Folding.keyword(words).forEach(token -> folded.add(token.word()));
        return Set.copyOf(folded);
    }

    /// Whether taking `[from, to)` of a word for a keyword cuts through a word of its own.
    static boolean isCut(String word, int from, int to) {
        if (to < word.length() && WORDS.contains(word.substring(from))) {
            return true;
        }
        boolean and = word.charAt(0) == 'و' || word.charAt(0) == 'ف';
        return (from > 0 && isInflected(word)) || (from > 1 && and && isInflected(word.substring(1)));
    }

    private static boolean isInflected(String word) {
        return WORDS.contains(word)
                || Affixes.SUFFIXES.stream()
                        .filter(word::endsWith)
                        .map(suffix -> word.substring(0, word.length() - suffix.length()))
                        .anyMatch(stem -> WORDS.contains(stem) || WORDS.contains(withTaMarbuta(stem)));
    }

    private static String withTaMarbuta(String stem) {
        return stem.endsWith("ت") ? stem.substring(0, stem.length() - 1) + 'ه' : stem;
    }

    /// `بسم الله`, with which many posts begin: "in the name of", and not "with poison".
    static boolean isInTheName(List<Token> tokens, int at) {
        return tokens.get(at).word().equals(IN_THE_NAME)
                && at + 1 < tokens.size()
                && tokens.get(at + 1).word().equals(OF_GOD);
    }
}
