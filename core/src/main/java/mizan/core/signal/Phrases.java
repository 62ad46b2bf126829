package mizan.core.signal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mizan.core.suitability.text.Folding;

/// Phrases to look for in sentences, each with what it means.
final class Phrases<T> {
    private record Phrase<T>(List<String> words, T meaning) {}

    /// Where a phrase stands: words `[from, to)`.
    record Found<T>(T meaning, int from, int to) {}

    private final Map<String, List<Phrase<T>>> byFirst = new HashMap<>();

    void add(String phrase, T meaning) {
        var words = Folding.fold(phrase).words();
        if (words.isEmpty()) {
            throw new IllegalArgumentException("nothing can match \"" + phrase + '"');
        }
        byFirst.computeIfAbsent(words.getFirst(), _ -> new ArrayList<>()).add(new Phrase<>(words, meaning));
    }

    /// Every phrase in a sentence, by place; longer ones first at the same place.
    List<Found<T>> in(Sentence sentence) {
        var found = new ArrayList<Found<T>>();
        for (int i = 0; i < sentence.size(); i++) {
            var here = new ArrayList<Found<T>>();
            for (var form : sentence.word(i).forms()) {
                for (var phrase : byFirst.getOrDefault(form, List.of())) {
                    if (matches(sentence, i, phrase.words())) {
                        here.add(new Found<>(
                                phrase.meaning(), i, i + phrase.words().size()));
                    }
                }
            }
            here.sort((a, b) -> b.to() - a.to());
            here.stream().distinct().forEach(found::add);
        }
        return found;
    }

    private static boolean matches(Sentence sentence, int at, List<String> words) {
        if (at + words.size() > sentence.size()) {
            return false;
        }
        for (int i = 1; i < words.size(); i++) {
            if (!sentence.word(at + i).is(words.get(i))) {
                return false;
            }
        }
        return true;
    }
}
