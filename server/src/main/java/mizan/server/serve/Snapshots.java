package mizan.server.serve;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import mizan.core.campaign.Book;
import mizan.core.campaign.Placement;
import mizan.core.campaign.Touched;
import mizan.core.decision.Bounds;
import mizan.core.decision.Snapshot;
import mizan.core.decision.SnapshotCompiler;
import mizan.core.feed.FeedPost;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.targeting.TargetingIndex;
import mizan.server.rating.KnownPost;

/// The book as decisions see it: with each change made anew where it differs, and swapped in one step.
public final class Snapshots {
    /// The parts of a snapshot are put together when more than one place in so many would be put right.
    private static final int SHARE = 8;

    private final ReentrantLock publishing = new ReentrantLock();
    private final SnapshotCompiler compiler = new SnapshotCompiler(Book.EMPTY);
    private volatile Consumer<Snapshot> ready = _ -> {};
    private volatile Compiled current = new Compiled(compiler.current(), KeywordHits.NONE, Map.of(), Map.of());

    /// @param hits every list of keywords, so that a post is matched once for all of them
    public record Compiled(
            Snapshot snapshot, KeywordHits hits, Map<TermsId, Terms> terms, Map<String, Placement> placements) {
        Optional<Placement> placement(String codeOrId) {
            return Optional.ofNullable(placements.get(codeOrId));
        }
    }

    /// What shall be made of each snapshot before decisions meet it: a change pays for it, and no decision.
    public void before(Consumer<Snapshot> made) {
        ready = made;
    }

    /// Takes the next book. What was not touched is not compiled again.
    public void publish(Book book, Touched touched) {
        publishing.lock();
        try {
            var before = current;
            var next = compiler.next(book, touched);
            ready.accept(next);
            current = new Compiled(
                    next,
                    before.hits().next(book, touched),
                    book.terms(),
                    touched.placements().isEmpty() ? before.placements() : placements(book));
        } finally {
            publishing.unlock();
        }
    }

    /// Puts the parts that many changes leave together again, in the order of what each ad group can be worth.
    /// Neither decisions nor changes wait for it; call it often, from one thread.
    ///
    /// @param bounds those in force of a snapshot
    void tidy(Function<Snapshot, Bounds> bounds) {
        tidyKeywords();
        if (isMuch(current.snapshot().scattered())) {
            merge(bounds);
        }
    }

    /// The same when pace and rates have moved so far that the order no longer fits them.
    void reorder(Function<Snapshot, Bounds> bounds) {
        if (isMuch(bounds.apply(current.snapshot()).disordered())) {
            merge(bounds);
        }
    }

    private boolean isMuch(int places) {
        return places > Math.max(TargetingIndex.BLOCK, current.snapshot().size() / SHARE);
    }

    private void merge(Function<Snapshot, Bounds> bounds) {
        Snapshot parts;
        publishing.lock();
        try {
            parts = compiler.beginMerge();
        } finally {
            publishing.unlock();
        }
        var merged = parts.merged(bounds.apply(parts));
        // Made here, where nobody waits for them: the first decision would otherwise make those of every block.
        make(bounds, merged);
        publishing.lock();
        try {
            var before = current;
            var next = compiler.finishMerge(merged);
            make(bounds, next);
            current = new Compiled(next, before.hits(), before.terms(), before.placements());
        } finally {
            publishing.unlock();
        }
    }

    private static void make(Function<Snapshot, Bounds> bounds, Snapshot snapshot) {
        if (!bounds.apply(snapshot).isOf(snapshot)) {
            throw new IllegalStateException("the bounds are those of another snapshot");
        }
    }

    private void tidyKeywords() {
        var tidied = current.hits().tidied();
        if (tidied.isEmpty()) {
            return;
        }
        publishing.lock();
        try {
            var before = current;
            current = new Compiled(
                    before.snapshot(), before.hits().taking(tidied.get()), before.terms(), before.placements());
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

    /// What a decision may know of a post under the lists in force now.
    public FeedPost facts(KnownPost post) {
        return facts(post, current);
    }

    /// The same, with its share of a decision's record.
    public Weighed weighed(KnownPost post) {
        return current.hits().facts(post);
    }

    static FeedPost facts(KnownPost post, Compiled compiled) {
        return compiled.hits().facts(post).facts();
    }
}
