package mizan.server.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.Book;
import mizan.core.campaign.Placement;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedPost;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.text.Folding;
import mizan.core.suitability.text.KeywordAutomaton;
import mizan.core.suitability.text.KeywordList;
import mizan.server.rating.KnownPost;

/// The book as decisions see it: compiled anew with each change, and swapped in one step.
public final class Snapshots {
    private volatile Compiled current = compile(Book.EMPTY, Optional.empty());

    /// @param keywords every advertiser's list, so that a post is matched once for all of them
    /// @param targeted the keywords that ad groups ask for or refuse
    public record Compiled(
            Snapshot snapshot,
            KeywordAutomaton<TermsId> keywords,
            TargetedKeywords targeted,
            Map<TermsId, Terms> terms,
            Map<String, Placement> placements) {
        Optional<Placement> placement(String codeOrId) {
            return Optional.ofNullable(placements.get(codeOrId));
        }
    }

    /// Takes the next book. Lists that did not change are not compiled again.
    public void publish(Book book) {
        current = compile(book, Optional.of(current));
    }

    public Compiled current() {
        return current;
    }

    private static Compiled compile(Book book, Optional<Compiled> before) {
        var same = before.filter(c -> c.terms().equals(book.terms())).map(Compiled::keywords);
        var placements = new HashMap<String, Placement>();
        book.placements().values().forEach(p -> {
            placements.put(p.id().value(), p);
            placements.put(p.code(), p);
        });
        return new Compiled(
                Snapshot.compile(book),
                same.orElseGet(() -> automaton(book)),
                TargetedKeywords.of(book, before.map(Compiled::targeted)),
                book.terms(),
                placements);
    }

    private static KeywordAutomaton<TermsId> automaton(Book book) {
        List<KeywordList<TermsId>> lists = new ArrayList<>();
        book.terms().values().stream()
                .filter(t -> !t.keywords().isEmpty())
                .forEach(t -> lists.add(new KeywordList<>(t.id(), t.keywords())));
        return KeywordAutomaton.compile(lists);
    }

    /// What a decision may know of a post under the lists in force now.
    public FeedPost facts(KnownPost post) {
        return facts(post, current);
    }

    static FeedPost facts(KnownPost post, Compiled compiled) {
        var text = Folding.fold(post.text());
        var matches = compiled.keywords().match(text);
        var hits = new HashMap<TermsId, String>();
        matches.byList().forEach((terms, match) -> hits.put(terms, match.keyword()));
        if (!matches.complete()) {
            // Too long or too tangled to be matched whole: whoever has a list stays away.
            compiled.terms().values().stream()
                    .filter(t -> !t.keywords().isEmpty())
                    .forEach(t -> hits.putIfAbsent(t.id(), "?"));
        }
        return post.facts(hits, compiled.targeted().in(text));
    }
}
