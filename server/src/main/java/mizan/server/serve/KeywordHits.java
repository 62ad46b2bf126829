package mizan.server.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.text.Folding;
import mizan.core.suitability.text.KeywordAutomaton;
import mizan.core.suitability.text.KeywordList;

/// Which advertisers' keyword lists a post matches, found out once for each version of a post: the same
/// posts are on the pages of many readers. Other lists are another object, which starts with nothing.
final class KeywordHits {
    /// When there are more, all are forgotten and matched again.
    private static final int MAX_POSTS = 100_000;

    private final Map<TermsId, Terms> terms;
    private final KeywordAutomaton<TermsId> lists;
    private final Map<String, Matched> byPost = new ConcurrentHashMap<>();

    /// Without the post's words, which its author may have erased.
    private record Matched(String commitment, Map<TermsId, String> keywords) {}

    KeywordHits(Map<TermsId, Terms> terms) {
        this.terms = terms;
        List<KeywordList<TermsId>> keywords = new ArrayList<>();
        terms.values().stream()
                .filter(t -> !t.keywords().isEmpty())
                .forEach(t -> keywords.add(new KeywordList<>(t.id(), t.keywords())));
        this.lists = KeywordAutomaton.compile(keywords);
    }

    /// The terms whose lists a post matches, each with the keyword that was found.
    ///
    /// @param commitment another one for every other text
    Map<TermsId, String> of(String post, String commitment, String text) {
        var before = byPost.get(post);
        if (before != null && before.commitment().equals(commitment)) {
            return before.keywords();
        }
        var matched = new Matched(commitment, Map.copyOf(match(text)));
        if (byPost.size() >= MAX_POSTS) {
            byPost.clear();
        }
        byPost.put(post, matched);
        return matched.keywords();
    }

    private Map<TermsId, String> match(String text) {
        var matches = lists.match(Folding.fold(text));
        var hits = new HashMap<TermsId, String>();
        matches.byList().forEach((list, match) -> hits.put(list, match.keyword()));
        if (!matches.complete()) {
            // Too long or too tangled to be matched whole: whoever has a list stays away.
            terms.values().stream().filter(t -> !t.keywords().isEmpty()).forEach(t -> hits.putIfAbsent(t.id(), "?"));
        }
        return hits;
    }
}
