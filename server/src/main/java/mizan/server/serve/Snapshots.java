package mizan.server.serve;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.Book;
import mizan.core.campaign.Placement;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedPost;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.server.rating.KnownPost;

/// The book as decisions see it: compiled anew with each change, and swapped in one step.
public final class Snapshots {
    private volatile Compiled current = compile(Book.EMPTY, Optional.empty());

    /// @param hits every advertiser's keyword list, so that a post is matched once for all of them
    public record Compiled(
            Snapshot snapshot, KeywordHits hits, Map<TermsId, Terms> terms, Map<String, Placement> placements) {
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
        var same = before.filter(c -> c.terms().equals(book.terms())).map(Compiled::hits);
        var placements = new HashMap<String, Placement>();
        book.placements().values().forEach(p -> {
            placements.put(p.id().value(), p);
            placements.put(p.code(), p);
        });
        return new Compiled(
                Snapshot.compile(book), same.orElseGet(() -> new KeywordHits(book.terms())), book.terms(), placements);
    }

    /// What a decision may know of a post under the lists in force now.
    public FeedPost facts(KnownPost post) {
        return facts(post, current);
    }

    static FeedPost facts(KnownPost post, Compiled compiled) {
        return post.facts(compiled.hits().of(post.id(), post.commitment(), post.text()));
    }
}
