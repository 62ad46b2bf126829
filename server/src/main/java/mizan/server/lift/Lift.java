package mizan.server.lift;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import mizan.core.campaign.Campaign;
import mizan.core.experiment.Effect;
import mizan.core.experiment.Sample;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Ghost;
import mizan.server.accounting.Fact;
import mizan.server.journal.Journal;
import mizan.server.serve.FactCodec;
import mizan.server.serve.FoldJournal;
import mizan.server.serve.Snapshots;

/// What a campaign's ads changed: of the viewers who saw one, and of those who would have and were held out,
/// how many did something afterwards.
///
/// A viewer counts from the first ad or ghost on, once the window after it is over. Both groups are met at
/// the decision: whether an ad that was not shown would have been rendered, nobody knows.
///
/// It reads the journal after the ledger has. A meeting is kept once, so reading a stretch again after a
/// crash changes nothing.
public final class Lift implements FoldJournal.Folded {
    /// Meetings and conversions older than this are forgotten: six months.
    public static final Duration KEPT = Duration.ofDays(180);

    /// What is done within a week of the first ad counts, where nothing else is asked for.
    public static final Duration USUAL_WINDOW = Duration.ofDays(7);

    private static final int MAX_BATCH = 5_000;
    private static final Duration BETWEEN_KEEPING = Duration.ofMinutes(1);

    private final LiftStore store;
    private final Journal journal;
    private final Snapshots snapshots;
    private final Pseudonyms pseudonyms;
    private long upTo;
    private Instant keepAt = Instant.MIN;

    /// @param secret the server's key
    public Lift(LiftStore store, Journal journal, Snapshots snapshots, SecretKeySpec secret) {
        this.store = store;
        this.journal = journal;
        this.snapshots = snapshots;
        this.pseudonyms = new Pseudonyms(secret);
        this.upTo = store.position();
    }

    @Override
    public synchronized void folded(long from, List<Fact> facts, long to) {
        catchUp(from);
        if (upTo == from) {
            take(facts, to);
        }
    }

    /// Reads what the ledger has taken and was not read here.
    public synchronized void catchUp(long to) {
        while (upTo < to) {
            var facts = new ArrayList<Fact>();
            long[] end = {upTo};
            journal.read(upTo, entry -> {
                if (entry.start() >= to) {
                    return false;
                }
                FactCodec.read(entry).ifPresent(facts::add);
                end[0] = entry.end();
                return facts.size() < MAX_BATCH;
            });
            take(facts, end[0] == upTo ? to : end[0]);
        }
    }

    private void take(List<Fact> facts, long to) {
        var met = new ArrayList<LiftStore.Met>();
        for (var fact : facts) {
            if (fact instanceof Fact.Decided(var _, var record)) {
                record.viewer().key().ifPresent(key -> meet(key, record, met));
            }
        }
        if (!met.isEmpty()) {
            store.keep(to, met);
        }
        upTo = to;
    }

    /// An ad counts for the holdout that its campaign has now. In the instant in which one is booked, a
    /// decision made before may count for it: it was shown to somebody whom the hash puts among the exposed,
    /// so the groups stay right.
    private void meet(String key, DecisionRecord record, List<LiftStore.Met> met) {
        for (var ghost : record.ghosts()) {
            if (ghost.arm().equals(Ghost.HELD_OUT)) {
                met.add(new LiftStore.Met(ghost.experiment(), pseudonyms.of(key), true, record.at()));
            }
        }
        var snapshot = snapshots.current().snapshot();
        for (var impression : record.impressions()) {
            snapshot.entry(impression.adGroup())
                    .flatMap(entry -> entry.campaign().holdout())
                    .filter(holdout -> !holdout.holds(key))
                    .ifPresent(holdout ->
                            met.add(new LiftStore.Met(holdout.experiment(), pseudonyms.of(key), false, record.at())));
        }
    }

    /// Keeps what is new, with pseudonyms in place of keys; durable when it returns.
    ///
    /// @return how many were new
    public int take(List<Conversion> conversions) {
        return store.add(conversions.stream()
                .map(c -> new LiftStore.Done(
                        c.advertiser().value(),
                        pseudonyms.of("id " + c.id()),
                        pseudonyms.of(c.viewer()),
                        c.kind(),
                        c.at()))
                .toList());
    }

    /// What is kept of a viewer.
    public LiftStore.Kept of(String viewer) {
        return store.of(pseudonyms.of(viewer));
    }

    /// Forgets viewers, as if they had been in no experiment and done nothing.
    public void forget(List<String> viewers) {
        store.forget(viewers.stream().map(pseudonyms::of).toList());
    }

    /// @param effect of the ads, as far as it can be told
    public record Figures(LiftStore.Group exposed, LiftStore.Group ghosts, Effect effect) {}

    /// What is known now; empty when the campaign holds nobody out.
    ///
    /// @param window after the first ad or ghost, within which something done counts
    /// @param kind what was done; empty for anything
    public Optional<Figures> of(Campaign campaign, Duration window, Optional<String> kind, Instant now) {
        return campaign.holdout().map(holdout -> {
            var question = new LiftStore.Question(
                    holdout.experiment(), campaign.advertiser().value(), kind, window.toNanos() / 1_000, now);
            var exposed = store.group(question, false);
            var ghosts = store.group(question, true);
            return new Figures(
                    exposed,
                    ghosts,
                    Effect.of(
                            Sample.of(exposed.viewers(), exposed.converted()),
                            Sample.of(ghosts.viewers(), ghosts.converted())));
        });
    }

    /// Now and then keeps the place in the journal, and forgets what is too old.
    ///
    /// @param position up to which the ledger has read
    public synchronized void tick(long position, Instant now) {
        catchUp(position);
        if (!now.isBefore(keepAt)) {
            keepAt = now.plus(BETWEEN_KEEPING);
            store.keep(upTo, List.of());
            store.prune(now.minus(KEPT));
        }
    }

    public synchronized void close() {
        store.keep(upTo, List.of());
        store.close();
    }
}
