package mizan.server.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mizan.core.campaign.Book;
import mizan.core.campaign.Touched;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.text.Folding;
import mizan.core.suitability.text.KeywordAutomaton;
import mizan.core.suitability.text.KeywordList;

/// Which keywords a post matches, of advertisers' terms and of targetings, found out once for each version of
/// a post: the same posts are on the pages of many readers. Other lists are another object, which starts with
/// nothing.
@SuppressWarnings("ReferenceEquality") // The same object means that nothing changed.
final class KeywordHits {
    /// When there are more, all are forgotten and matched again.
    private static final int MAX_POSTS = 100_000;

    private final Map<TermsId, Terms> terms;
    private final TargetedKeywords targeted;
    private final KeywordAutomaton<TermsId> lists;
    private final Map<String, Matched> byPost = new ConcurrentHashMap<>();

    /// Without the post's words, which its author may have erased.
    private record Matched(String commitment, Hits hits) {}

    /// What one post matches.
    ///
    /// @param byTerms the terms whose lists it matches, each with the keyword that was found
    /// @param targeted the keywords of targetings that it holds
    record Hits(Map<TermsId, String> byTerms, Set<String> targeted) {}

    static final KeywordHits NONE = new KeywordHits(Map.of(), TargetedKeywords.none());

    KeywordHits(Map<TermsId, Terms> terms, TargetedKeywords targeted) {
        this.terms = terms;
        this.targeted = targeted;
        List<KeywordList<TermsId>> keywords = new ArrayList<>();
        terms.values().stream()
                .filter(t -> !t.keywords().isEmpty())
                .forEach(t -> keywords.add(new KeywordList<>(t.id(), t.keywords())));
        this.lists = KeywordAutomaton.compile(keywords);
    }

    /// Those of the next book: the same object when no list changed.
    KeywordHits next(Book book, Touched touched) {
        var nextTargeted = targeted.next(book, touched.adGroups());
        return touched.terms().isEmpty() && nextTargeted == targeted
                ? this
                : new KeywordHits(book.terms(), nextTargeted);
    }

    /// @param commitment another one for every other text
    Hits of(String post, String commitment, String text) {
        var before = byPost.get(post);
        if (before != null && before.commitment().equals(commitment)) {
            return before.hits();
        }
        var matched = new Matched(commitment, match(text));
        if (byPost.size() >= MAX_POSTS) {
            byPost.clear();
        }
        byPost.put(post, matched);
        return matched.hits();
    }

    private Hits match(String text) {
        var folded = Folding.fold(text);
        var matches = lists.match(folded);
        var hits = new HashMap<TermsId, String>();
        matches.byList().forEach((list, match) -> hits.put(list, match.keyword()));
        if (!matches.complete()) {
            // Too long or too tangled to be matched whole: whoever has a list stays away.
            terms.values().stream().filter(t -> !t.keywords().isEmpty()).forEach(t -> hits.putIfAbsent(t.id(), "?"));
        }
        return new Hits(Map.copyOf(hits), targeted.in(folded));
    }
}
