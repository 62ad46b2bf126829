package mizan.server.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import mizan.core.suitability.text.FoldedText;
import mizan.core.suitability.text.KeywordAutomaton;
import mizan.core.suitability.text.KeywordList;

/// Many keyword lists as a few automata, so that a change of one list compiles that list and not a million
/// words of others, and posts that were matched need only be matched against what is new.
///
/// The layers are like those of a log-structured merge tree: a change becomes a layer on top, which hides
/// the same list in the layers below; layers of about the same size are put together, small ones at once and
/// large ones when [#tidied] is called. So a list of n words is compiled about log(all words / n) times.
///
/// Immutable but for what it remembers of posts.
final class KeywordLayers<L> {
    /// When there are more, a layer forgets all of them and matches again.
    private static final int MAX_POSTS = 100_000;

    /// A change that waits for its answer puts together at most so many words: about 50 ms.
    static final int AT_ONCE = 30_000;

    private final List<Layer<L>> layers;

    private KeywordLayers(List<Layer<L>> layers) {
        this.layers = List.copyOf(layers);
    }

    static <L> KeywordLayers<L> of(Map<L, List<String>> lists) {
        return new KeywordLayers<L>(List.of()).with(lists);
    }

    /// What a post matches.
    ///
    /// @param complete false when the post was too long or too tangled to be read whole
    record Matches<L>(Map<L, String> byList, boolean complete) {}

    /// These lists in place of what they were; an empty one is a list that is gone.
    KeywordLayers<L> with(Map<L, List<String>> changed) {
        if (changed.isEmpty()) {
            return this;
        }
        var next = new ArrayList<>(layers);
        var top = new Layer<>(changed);
        while (!next.isEmpty() && alike(next.getLast(), top) && next.getLast().words + top.words <= AT_ONCE) {
            top = next.removeLast().under(top);
        }
        next.add(top);
        return new KeywordLayers<>(next);
    }

    private static boolean alike(Layer<?> below, Layer<?> above) {
        return below.words <= 2 * above.words;
    }

    /// Two layers put together, to be taken by [#taking]; empty when there is nothing to do.
    Optional<Merged<L>> tidied() {
        for (int i = layers.size() - 1; i > 0; i--) {
            if (alike(layers.get(i - 1), layers.get(i))) {
                var below = layers.get(i - 1);
                var above = layers.get(i);
                return Optional.of(new Merged<>(below, above, below.under(above)));
            }
        }
        return Optional.empty();
    }

    record Merged<L>(Layer<L> below, Layer<L> above, Layer<L> both) {}

    /// With the two layers replaced by what was made of them; without a change when they are no longer there.
    KeywordLayers<L> taking(Merged<L> merged) {
        int at = layers.indexOf(merged.below());
        if (at < 0 || at + 1 >= layers.size() || !layers.get(at + 1).equals(merged.above())) {
            return this;
        }
        var next = new ArrayList<>(layers);
        next.remove(at + 1);
        next.set(at, merged.both());
        return new KeywordLayers<>(next);
    }

    /// @param commitment another one for every other text
    Matches<L> of(String post, String commitment, LazyText text) {
        var hits = new HashMap<L, String>();
        boolean complete = true;
        for (int i = 0; i < layers.size(); i++) {
            var matches = layers.get(i).of(post, commitment, text);
            complete &= matches.complete();
            int above = i + 1;
            matches.byList().forEach((list, keyword) -> {
                if (!changedFrom(above, list)) {
                    hits.put(list, keyword);
                }
            });
        }
        return new Matches<>(hits, complete);
    }

    private boolean changedFrom(int layer, L list) {
        for (int i = layer; i < layers.size(); i++) {
            if (layers.get(i).lists.containsKey(list)) {
                return true;
            }
        }
        return false;
    }

    /// How many automata a new post is matched against.
    int size() {
        return layers.size();
    }

    /// A post's words, folded at most once however many layers ask.
    static final class LazyText {
        private final String text;
        private Optional<FoldedText> folded = Optional.empty();

        LazyText(String text) {
            this.text = text;
        }

        private FoldedText folded() {
            if (folded.isEmpty()) {
                folded = Optional.of(mizan.core.suitability.text.Folding.fold(text));
            }
            return folded.get();
        }
    }

    /// Some lists, and what they found in posts.
    static final class Layer<L> {
        private final Map<L, List<String>> lists;
        private final int words;
        private final KeywordAutomaton<L> automaton;
        private final Map<String, Remembered<L>> byPost = new ConcurrentHashMap<>();

        /// Without the post's words, which its author may have erased.
        private record Remembered<L>(String commitment, Matches<L> matches) {}

        private Layer(Map<L, List<String>> lists) {
            this.lists = Map.copyOf(lists);
            this.words = lists.values().stream().mapToInt(List::size).sum();
            this.automaton = KeywordAutomaton.compile(lists.entrySet().stream()
                    .map(e -> new KeywordList<>(e.getKey(), e.getValue()))
                    .toList());
        }

        private Layer<L> under(Layer<L> above) {
            var both = new LinkedHashMap<>(lists);
            both.putAll(above.lists);
            return new Layer<>(both);
        }

        private Matches<L> of(String post, String commitment, LazyText text) {
            if (words == 0) {
                return new Matches<>(Map.of(), true);
            }
            var before = byPost.get(post);
            if (before != null && before.commitment().equals(commitment)) {
                return before.matches();
            }
            var found = automaton.match(text.folded());
            var hits = new HashMap<L, String>();
            found.byList().forEach((list, match) -> hits.put(list, match.keyword()));
            var matches = new Matches<>(Map.copyOf(hits), found.complete());
            if (byPost.size() >= MAX_POSTS) {
                byPost.clear();
            }
            byPost.put(post, new Remembered<>(commitment, matches));
            return matches;
        }
    }
}
