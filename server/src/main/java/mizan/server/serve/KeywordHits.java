package mizan.server.serve;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mizan.core.campaign.Book;
import mizan.core.campaign.Touched;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.server.rating.KnownPost;

/// Which keywords a post matches, of advertisers' terms and of targetings, found out once for each version of
/// a post: the same posts are on the pages of many readers. A change matches them against the changed lists
/// alone.
@SuppressWarnings("ReferenceEquality") // The same object means that nothing changed.
final class KeywordHits {
    private final Map<TermsId, Terms> terms;
    private final KeywordLayers<TermsId> lists;
    private final TargetedKeywords targeted;
    /// By post. The same posts stand on many pages, and what is known of them is put together once.
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /// When there are more, all are forgotten and put together again.
    private static final int MAX_KNOWN = 20_000;

    private record Known(KnownPost post, Weighed facts) {}

    /// What one post matches.
    ///
    /// @param byTerms the terms whose lists it matches, each with the keyword that was found
    /// @param targeted the keywords of targetings that it holds
    record Hits(Map<TermsId, String> byTerms, Set<String> targeted) {}

    static final KeywordHits NONE = new KeywordHits(Map.of(), KeywordLayers.of(Map.of()), TargetedKeywords.none());

    private KeywordHits(Map<TermsId, Terms> terms, KeywordLayers<TermsId> lists, TargetedKeywords targeted) {
        this.terms = terms;
        this.lists = lists;
        this.targeted = targeted;
    }

    /// Those of the next book: the same object when no list changed.
    KeywordHits next(Book book, Touched touched) {
        var nextTargeted = targeted.next(book, touched.adGroups());
        if (touched.terms().isEmpty() && nextTargeted == targeted) {
            return this;
        }
        var changed = new HashMap<TermsId, List<String>>();
        for (var id : touched.terms()) {
            var before = keywords(terms, id);
            var after = keywords(book.terms(), id);
            if (!before.equals(after)) {
                changed.put(id, after);
            }
        }
        return new KeywordHits(book.terms(), lists.with(changed), nextTargeted);
    }

    private static List<String> keywords(Map<TermsId, Terms> terms, TermsId id) {
        return Optional.ofNullable(terms.get(id)).map(t -> t.whole().keywords()).orElse(List.of());
    }

    /// Layers put together, to be taken by [#taking] whatever has changed meanwhile.
    record Tidied(Optional<KeywordLayers.Merged<TermsId>> lists, Optional<KeywordLayers.Merged<String>> targeted) {}

    Optional<Tidied> tidied() {
        var tidied = new Tidied(lists.tidied(), targeted.tidied());
        return tidied.lists().isEmpty() && tidied.targeted().isEmpty() ? Optional.empty() : Optional.of(tidied);
    }

    KeywordHits taking(Tidied tidied) {
        return new KeywordHits(
                terms,
                tidied.lists().map(lists::taking).orElse(lists),
                tidied.targeted().map(targeted::taking).orElse(targeted));
    }

    /// What a decision may know of this version of a post.
    Weighed facts(KnownPost post) {
        var before = known.get(post.id());
        // An edit or another verdict makes another object.
        if (before != null && before.post() == post) {
            return before.facts();
        }
        var hits = of(post.id(), post.commitment(), post.text());
        var facts = new Weighed(post.facts(hits.byTerms(), hits.targeted()));
        if (known.size() >= MAX_KNOWN) {
            known.clear();
        }
        known.put(post.id(), new Known(post, facts));
        return facts;
    }

    /// @param commitment another one for every other text
    Hits of(String post, String commitment, String text) {
        var words = new KeywordLayers.LazyText(text);
        var matches = lists.of(post, commitment, words);
        var byTerms = matches.byList();
        if (!matches.complete()) {
            // Too long or too tangled to be matched whole: whoever has a list stays away.
            terms.values().stream()
                    .filter(t -> !t.whole().keywords().isEmpty())
                    .forEach(t -> byTerms.putIfAbsent(t.id(), "?"));
        }
        return new Hits(byTerms, targeted.in(post, commitment, words));
    }
}
