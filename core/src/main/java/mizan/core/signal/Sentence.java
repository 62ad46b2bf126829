package mizan.core.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import mizan.core.suitability.text.Folding;
import mizan.core.suitability.text.Inflections;

/// One sentence, cut into words and into segments at its punctuation.
final class Sentence {
    /// Letters, digits and marks of one script: `وMars` is two words.
    private static final Pattern WORD =
            Pattern.compile("[\\p{L}&&\\p{IsArabic}][\\p{L}\\p{M}\u0640&&[\\p{IsArabic}\\p{M}\u0640]]*"
                    + "|[\\p{L}\\p{N}&&[^\\p{IsArabic}]][\\p{L}\\p{N}\\p{M}&&[^\\p{IsArabic}]]*");
    private static final String BREAKS = ",،;؛:()[]\"«»“”„—–\n";
    /// A full stop after these ends nothing.
    private static final Set<String> SHORTENED = Set.of(
            "mr", "mrs", "ms", "dr", "inc", "ltd", "co", "corp", "jr", "sr", "st", "vs", "no", "jan", "feb", "mar",
            "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "u", "s", "e", "g", "د", "أ", "م");

    final String text;
    final List<Word> words;
    private final boolean[] breakBefore;

    private Sentence(String text) {
        this.text = text;
        this.words = words(text);
        this.breakBefore = new boolean[words.size()];
        for (int i = 1; i < words.size(); i++) {
            breakBefore[i] = gap(i).chars().anyMatch(c -> BREAKS.indexOf(c) >= 0);
        }
    }

    /// The sentences of a text, in order. A blank line, a full stop or a question mark ends one.
    static List<Sentence> of(String text) {
        var sentences = new ArrayList<Sentence>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (ends(text, i)) {
                int to = i + 1;
                while (to < text.length() && "\"'”’»)".indexOf(text.charAt(to)) >= 0) {
                    to++;
                }
                add(sentences, text.substring(from, to));
                from = to;
                i = to - 1;
            }
        }
        add(sentences, text.substring(from));
        return sentences;
    }

    private static void add(List<Sentence> sentences, String text) {
        var stripped = text.strip();
        if (!stripped.isEmpty()) {
            sentences.add(new Sentence(stripped));
        }
    }

    private static boolean ends(String text, int i) {
        char c = text.charAt(i);
        if (c == '\n' || c == '!' || c == '?' || c == '؟' || c == '…') {
            return true;
        }
        if (c != '.') {
            return false;
        }
        boolean inNumber = i + 1 < text.length() && Character.isLetterOrDigit(text.charAt(i + 1));
        int start = i;
        while (start > 0 && Character.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return !inNumber && !SHORTENED.contains(text.substring(start, i).toLowerCase(java.util.Locale.ROOT));
    }

    private static List<Word> words(String text) {
        var words = new ArrayList<Word>();
        var match = WORD.matcher(text);
        while (match.find()) {
            var tokens = Folding.fold(match.group()).tokens();
            if (!tokens.isEmpty()) {
                var token = tokens.getFirst();
                words.add(new Word(match.group(), token.word(), Inflections.of(token), match.start(), match.end()));
            }
        }
        return words;
    }

    int size() {
        return words.size();
    }

    Word word(int i) {
        return words.get(i);
    }

    boolean isQuestion() {
        return text.endsWith("?") || text.endsWith("؟");
    }

    /// What stands between a word and the one before it.
    String gap(int i) {
        return i == 0
                ? text.substring(0, words.getFirst().start())
                : text.substring(words.get(i - 1).end(), words.get(i).start());
    }

    boolean breaksBefore(int i) {
        return breakBefore[i];
    }

    /// A list of names is one piece, whatever stands between its members.
    void join(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            breakBefore[i] = false;
        }
    }

    /// A word that opens a new thought, such as "but", opens a segment.
    void breakAt(int i) {
        breakBefore[i] = true;
    }

    /// The first word of the segment that holds a word.
    int segmentStart(int i) {
        int at = i;
        while (at > 0 && !breakBefore[at]) {
            at--;
        }
        return at;
    }

    /// The word after the last of the segment that holds a word.
    int segmentEnd(int i) {
        int at = i + 1;
        while (at < words.size() && !breakBefore[at]) {
            at++;
        }
        return at;
    }

    /// The written text of some words.
    String written(int from, int to) {
        return text.substring(words.get(from).start(), words.get(to - 1).end());
    }
}
