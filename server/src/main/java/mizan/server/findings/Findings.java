package mizan.server.findings;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mizan.core.feed.FeedPost;
import mizan.core.receipt.PostChange;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.Credits;
import mizan.server.accounting.Fact;
import mizan.server.booking.Booking;
import mizan.server.journal.Journal;
import mizan.server.rating.KnownPost;
import mizan.server.rating.PostChanges;
import mizan.server.rating.Posts;
import mizan.server.serve.FactCodec;
import mizan.server.serve.FoldJournal;

/// Late findings: when a post changes after ads were shown beside it, those ads are judged again, and what
/// should not have been paid is given back.
///
/// A change goes into the journal, so it has a place among decisions and events, and all that follows is read
/// from there after the ledger has been: a crash repeats the reading, and a credit is named after its
/// impression, so the ledger refuses a second one.
public final class Findings implements PostChanges, FoldJournal.Folded {
    private static final int MAX_BATCH = 5_000;
    private static final Duration BETWEEN_PRUNING = Duration.ofHours(1);

    private final FindingsStore store;
    private final Journal journal;
    private final Accountant accountant;
    private final Reopening reopening;
    private final Duration window;
    private volatile long upTo;
    private Instant pruneAt = Instant.MIN;

    /// How long after an ad was shown a change of its neighbour is still credited, unless the operator says
    /// otherwise.
    public static final Duration WINDOW = Duration.ofDays(7);
    /// The longest that an operator may set: words are kept no longer, and nobody could look at them.
    public static final Duration LONGEST_WINDOW = Posts.KEPT;

    /// @param window how long after an ad was shown a change still counts; 1 to 90 whole days, because people
    ///     are told in days
    public Findings(
            FindingsStore store,
            Journal journal,
            Accountant accountant,
            Booking booking,
            Posts posts,
            Duration window) {
        if (window.toDays() < 1
                || !window.equals(Duration.ofDays(window.toDays()))
                || window.compareTo(LONGEST_WINDOW) > 0) {
            throw new IllegalArgumentException("changes are credited for 1 to " + LONGEST_WINDOW.toDays() + " days");
        }
        this.store = store;
        this.journal = journal;
        this.accountant = accountant;
        this.window = window;
        this.reopening = new Reopening(store, journal, booking, posts, window);
    }

    @Override
    public void changed(Change change) {
        var told = new PostChange(
                change.before().id(),
                change.before().commitment(),
                change.after().map(Findings::facts),
                change.at());
        upTo = journal.append(FactCodec.POST_CHANGE, FactCodec.postChange(told)).end();
    }

    private static FeedPost facts(KnownPost post) {
        return post.facts(java.util.Map.of(), java.util.Set.of());
    }

    @Override
    public void settle() {
        journal.awaitDurable(upTo);
    }

    @Override
    public synchronized void folded(long from, List<Fact> facts, long to) {
        catchUp(from);
        if (store.position() == from) {
            take(from, facts, to);
        }
    }

    /// Reads what the ledger has taken and a crash kept from being read here.
    public synchronized void catchUp(long to) {
        while (store.position() < to) {
            long from = store.position();
            var facts = new ArrayList<Fact>();
            long[] end = {from};
            journal.read(from, entry -> {
                if (entry.start() >= to) {
                    return false;
                }
                FactCodec.read(entry).ifPresent(facts::add);
                end[0] = entry.end();
                return facts.size() < MAX_BATCH;
            });
            take(from, facts, end[0] == from ? to : end[0]);
        }
    }

    private void take(long from, List<Fact> facts, long to) {
        var batch = reopening.read(facts, accountant::impression);
        // Before it is written down: after a crash in between it is found again, and the ledger knows the credit.
        batch.credits().forEach(this::credit);
        store.commit(new FindingsStore.Batch(from, to, batch.served(), batch.changes(), batch.findings()));
        reopening.written(batch.changes(), batch.findings());
    }

    private void credit(Reopening.Credit credit) {
        var finding = credit.finding();
        accountant.transfer(Credits.of(
                finding.impression(), finding.advertiser(), finding.currency(), finding.creditedMicros(), credit.at()));
    }

    /// Reads what a failed write kept from being read, and forgets what is too old to matter.
    public synchronized void tick(Instant now) {
        catchUp(accountant.position());
        if (!now.isBefore(pruneAt)) {
            pruneAt = now.plus(BETWEEN_PRUNING);
            store.prune(now.minus(window));
        }
    }

    /// Newest first.
    ///
    /// @param advertiser whose; empty for everybody's
    /// @param below numbers below this one
    public List<FindingsStore.Numbered> newest(Optional<String> advertiser, long below, int limit) {
        return store.newest(advertiser, below, limit);
    }

    public Duration window() {
        return window;
    }

    public synchronized void close() {
        store.close();
    }
}
