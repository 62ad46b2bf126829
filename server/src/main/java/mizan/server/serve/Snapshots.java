package mizan.server.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import mizan.core.campaign.Book;
import mizan.core.campaign.Placement;
import mizan.core.campaign.Touched;
import mizan.core.decision.Snapshot;
import mizan.core.decision.SnapshotCompiler;
import mizan.core.feed.FeedPost;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.text.Folding;
import mizan.core.suitability.text.KeywordAutomaton;
import mizan.core.suitability.text.KeywordList;
import mizan.core.targeting.TargetingIndex;
import mizan.server.rating.KnownPost;

/// The book as decisions see it: with each change made anew where it differs, and swapped in one step.
public final class Snapshots {
    /// The parts of a snapshot are put together when more than one place in so many would be put right.
    private static final int SHARE = 8;

    private final ReentrantLock publishing = new ReentrantLock();
    private final SnapshotCompiler compiler = new SnapshotCompiler(Book.EMPTY);
    private volatile Compiled current = new Compiled(
            compiler.current(), KeywordAutomaton.compile(List.of()), TargetedKeywords.none(), Map.of(), Map.of());

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

    /// Takes the next book. What was not touched is not compiled again.
    public void publish(Book book, Touched touched) {
        publishing.lock();
        try {
            var before = current;
            current = new Compiled(
                    compiler.next(book, touched),
                    touched.terms().isEmpty() ? before.keywords() : automaton(book),
                    before.targeted().next(book, touched.adGroups()),
                    book.terms(),
                    touched.placements().isEmpty() ? before.placements() : placements(book));
        } finally {
            publishing.unlock();
        }
    }

    /// Puts the parts that many changes leave together again. Neither decisions nor changes wait for it; call
    /// it often, from one thread.
    public void tidy() {
        var now = current.snapshot();
        if (now.scattered() <= Math.max(TargetingIndex.BLOCK, now.size() / SHARE)) {
            return;
        }
        Snapshot parts;
        publishing.lock();
        try {
            parts = compiler.beginMerge();
        } finally {
            publishing.unlock();
        }
        var merged = parts.merged();
        publishing.lock();
        try {
            var before = current;
            current = new Compiled(
                    compiler.finishMerge(merged),
                    before.keywords(),
                    before.targeted(),
                    before.terms(),
                    before.placements());
        } finally {
            publishing.unlock();
        }
    }

    public Compiled current() {
        return current;
    }

    private static Map<String, Placement> placements(Book book) {
        var placements = new HashMap<String, Placement>();
        book.placements().values().forEach(p -> {
            placements.put(p.id().value(), p);
            placements.put(p.code(), p);
        });
        return placements;
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
