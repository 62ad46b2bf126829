package mizan.core.signal;

import java.util.regex.Pattern;
import mizan.core.signal.Entry.Kind;
import mizan.core.signal.Phrases.Found;

/// Whom a sentence names as its source: "according to ...", «وفقًا لتقرير نشرته صحيفة "..."».
final class Sources {
    private static final int REACH = 90;
    private static final int MOST_WORDS = 5;
    private static final Pattern QUOTED = Pattern.compile("[\"“«]([^\"”»]{2,60})[\"”»]");
    /// Repetitions have an end: the JDK's matcher goes one call deeper for each, and a page of capital words would use
    /// up the stack.
    private static final Pattern CAPITALS = Pattern.compile("((?:The )?\\p{Lu}[\\p{L}&.]*"
            + "(?: (?:of |the )?\\p{Lu}[\\p{L}&.]*){0,8}) (?:has |first |also ){0,3}reported\\b");

    private Sources() {}

    static String of(View view) {
        var sentence = view.sentence;
        var reported = CAPITALS.matcher(sentence.text);
        if (reported.find()) {
            return reported.group(1);
        }
        return view.hits(Kind.SOURCE, 0, sentence.size())
                .filter(h -> h.to() < sentence.size())
                .findFirst()
                .map(h -> after(sentence, h))
                .orElse("");
    }

    private static String after(Sentence sentence, Found<Entry> cue) {
        int from = sentence.word(cue.to()).start();
        var near = sentence.text.substring(from, Math.min(sentence.text.length(), from + REACH));
        var quoted = QUOTED.matcher(near);
        if (quoted.find()) {
            return quoted.group(1);
        }
        int to = cue.to() + 1;
        while (to < sentence.size() && to - cue.to() < MOST_WORDS && !sentence.breaksBefore(to)) {
            to++;
        }
        return sentence.written(cue.to(), to);
    }
}
