package mizan.core.suitability.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import mizan.core.suitability.text.Token.Kind;

/// Other words that a reader may see in a token, or in several.
///
/// Conservative on purpose: each reading needs a sign that the spelling is unusual (a letter three times in
/// a row, two scripts in one word, digits among letters, single letters in a row, a star for a letter). A
/// plain word has no other reading.
final class Readings {
    private static final int MIN_SPACED_LETTERS = 3;
    private static final int MAX_SPACED_LETTERS = 32;
    private static final int MAX_GAP = 3;
    private static final int MIN_LONG_PART = 3;
    private static final int MIN_PART = 2;

    /// What a star between two letters stands for most often: the letter that makes a word sayable.
    private static final String MASKED = "aeiou";

    private Readings() {}

    /// Readings of one token besides its own letters; almost always none.
    static List<String> alternatives(String word, Kind kind) {
        if (kind == Kind.EMOJI || word.length() < 3 || isUsual(word)) {
            return List.of();
        }
        var found = new LinkedHashSet<String>();
        switch (kind) {
            case OTHER -> Lookalikes.addMeant(word, found);
            case ARABIC -> addOtherSpellings(word, found);
            case EMOJI -> {}
        }
        for (var meant : List.copyOf(found)) {
            Stretching.addShortened(meant, found);
        }
        Stretching.addShortened(word, found);
        found.remove(word);
        return found.isEmpty() ? List.of() : List.copyOf(found);
    }

    /// Whether a word has nothing but letters of one alphabet and none of them thrice: nearly every word.
    private static boolean isUsual(String word) {
        boolean latin = Lookalikes.isLatin(word.charAt(0));
        char before = 0;
        int run = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            run = c == before ? run + 1 : 1;
            before = c;
            boolean usual = latin ? Lookalikes.isLatin(c) : c >= 0x0627 && c <= 0x064A;
            if (!usual || run >= Stretching.STRETCHED) {
                return false;
            }
        }
        return true;
    }

    /// Hamza before waw has three seats (مسؤول, مسئول), and `v` and `q` of foreign words have letters of their own
    /// that not everybody uses (ڤيروس).
    private static void addOtherSpellings(String word, Set<String> found) {
        boolean unusual = false;
        for (int i = 0; i < word.length() && !unusual; i++) {
            char c = word.charAt(i);
            unusual = c == 'ڤ' || c == 'ڥ' || c == 'ڨ' || (isHamza(c) && word.startsWith("و", i + 1));
        }
        if (unusual) {
            var plain = word.replace('ڤ', 'ف').replace('ڥ', 'ف').replace('ڨ', 'ق');
            found.add(plain);
            for (var seat : new String[] {"ؤو", "ئو", "ءو"}) {
                found.add(plain.replace("ؤو", seat).replace("ئو", seat).replace("ءو", seat));
            }
        }
    }

    private static boolean isHamza(char c) {
        return c == 'ؤ' || c == 'ئ' || c == 'ء';
    }

    /// Token sequences besides the plain one.
    static List<List<Token>> of(String text, List<Token> all, List<List<Token>> hashtagParts) {
        var readings = new ArrayList<>(hashtagParts);
        var tokens = withoutEmoji(all);
        addSpacedOut(text, tokens, Token::isOneLetter, readings);
        addSpacedOut(text, tokens, Readings::isOneLetterOrDigit, readings);
        addMasked(text, tokens, readings);
        addNumbersBesideWords(tokens, readings);
        addForeignInLatin(tokens, readings);
        return readings;
    }

    private static List<Token> withoutEmoji(List<Token> all) {
        for (var token : all) {
            if (token.kind() == Kind.EMOJI) {
                return all.stream().filter(t -> t.kind() != Kind.EMOJI).toList();
            }
        }
        return all;
    }

    /// "w a r", "ح.ر.ب", also with emoji between the letters, and "w 3 a p o n".
    private static void addSpacedOut(
            String text, List<Token> tokens, Predicate<Token> part, List<List<Token>> readings) {
        int from = 0;
        while (from < tokens.size()) {
            int to = from;
            while (to < tokens.size() && part.test(tokens.get(to)) && continues(tokens, from, to)) {
                to++;
            }
            if (to - from >= MIN_SPACED_LETTERS && to - from <= MAX_SPACED_LETTERS) {
                addRun(text, tokens.subList(from, to), readings);
            }
            from = Math.max(to, from + 1);
        }
    }

    private static boolean isOneLetterOrDigit(Token token) {
        return token.kind() == Kind.OTHER
                && token.word().length() == 1
                && Character.isLetterOrDigit(token.word().charAt(0));
    }

    private static boolean continues(List<Token> tokens, int from, int at) {
        return at == from
                || (tokens.get(at).kind() == tokens.get(from).kind()
                        && tokens.get(at).start() - tokens.get(at - 1).end() <= MAX_GAP);
    }

    /// The whole run, and by themselves the letters with the same between them: "a w.a.r", "w a r  c r y".
    private static void addRun(String text, List<Token> run, List<List<Token>> readings) {
        readings.add(List.of(joined(run)));
        var words = new ArrayList<Token>();
        for (int from = 0, to = 2; to <= run.size(); to++) {
            if (to == run.size() || !gap(text, run, to).equals(gap(text, run, to - 1))) {
                if (to - from >= MIN_SPACED_LETTERS && to - from < run.size()) {
                    words.add(joined(run.subList(from, to)));
                }
                from = to - 1;
            }
        }
        if (!words.isEmpty()) {
            readings.add(words);
        }
    }

    private static String gap(String text, List<Token> run, int before) {
        return text.substring(run.get(before - 1).end(), run.get(before).start());
    }

    private static Token joined(List<Token> letters) {
        var word = new StringBuilder();
        letters.forEach(letter -> word.append(letter.word()));
        var last = letters.getLast();
        var joined = word.toString();
        return new Token(
                joined,
                alternatives(joined, last.kind()),
                letters.getFirst().start(),
                last.end(),
                last.kind(),
                last.ending(),
                letters.getFirst().hamza());
    }

    /// `sh*t`: one star between Latin letters.
    private static void addMasked(String text, List<Token> tokens, List<List<Token>> readings) {
        for (int i = text.indexOf('*') < 0 ? tokens.size() : 1; i < tokens.size(); i++) {
            var before = tokens.get(i - 1);
            var after = tokens.get(i);
            if (after.start() - before.end() == 1
                    && text.charAt(before.end()) == '*'
                    && isLatin(before.word())
                    && isLatin(after.word())) {
                var meant = MASKED.chars()
                        .mapToObj(vowel -> before.word() + (char) vowel + after.word())
                        .toList();
                readings.add(List.of(new Token(meant.getFirst(), meant, before.start(), after.end(), Kind.OTHER)));
            }
        }
    }

    private static boolean isLatin(String word) {
        return word.chars().allMatch(Lookalikes::isLatin);
    }

    /// `covid19`, `18yo`: a word and a number written together. Short ones (`mp3`, `f16`) are names.
    private static void addNumbersBesideWords(List<Token> tokens, List<List<Token>> readings) {
        for (var token : tokens) {
            int cut = token.kind() == Kind.OTHER ? onlyCut(token.word()) : 0;
            if (cut > 0) {
                readings.add(List.of(
                        part(token, 0, cut), part(token, cut, token.word().length())));
            }
        }
    }

    /// Where a word of Latin letters and one number meet, or 0.
    private static int onlyCut(String word) {
        int cut = 0;
        for (int i = 1; i < word.length(); i++) {
            if (Character.isDigit(word.charAt(i)) != Character.isDigit(word.charAt(i - 1))) {
                if (cut > 0) {
                    return 0;
                }
                cut = i;
            }
        }
        int letters = Character.isDigit(word.charAt(0)) ? word.length() - cut : cut;
        int digits = word.length() - letters;
        return letters >= MIN_LONG_PART || (letters >= MIN_PART && digits >= MIN_PART) ? cut : 0;
    }

    private static Token part(Token whole, int from, int to) {
        var word = whole.word().substring(from, to);
        return new Token(word, List.of(), whole.start() + from, whole.start() + to, Kind.OTHER);
    }

    /// Words wholly of Cyrillic or Greek letters that all look Latin, in a text that is otherwise Latin: "buy
    /// ѕех". Where another letter of that script shows, its words are words.
    private static void addForeignInLatin(List<Token> tokens, List<List<Token>> readings) {
        boolean latin = false;
        boolean foreign = false;
        for (var token : tokens) {
            char first = token.word().charAt(0);
            latin = latin || (token.word().length() > 1 && Lookalikes.isLatin(first));
            foreign = foreign || Lookalikes.isGreekOrCyrillic(first);
        }
        if (!latin || !foreign) {
            return;
        }
        var read = new ArrayList<Token>();
        for (var token : tokens) {
            boolean strange = Lookalikes.isGreekOrCyrillic(token.word().charAt(0));
            var word = strange ? Lookalikes.inLatin(token.word()) : Optional.of(token.word());
            if (word.isEmpty()) {
                return;
            }
            read.add(new Token(
                    word.get(),
                    token.alternatives(),
                    token.start(),
                    token.end(),
                    token.kind(),
                    token.ending(),
                    token.hamza()));
        }
        readings.add(read);
    }
}
