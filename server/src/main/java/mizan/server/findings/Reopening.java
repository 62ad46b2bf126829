package mizan.server.findings;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mizan.core.decision.Recheck;
import mizan.core.feed.FeedPost;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.core.receipt.PostChange;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.text.Folding;
import mizan.core.suitability.text.KeywordAutomaton;
import mizan.core.suitability.text.KeywordList;
import mizan.server.accounting.Fact;
import mizan.server.accounting.ImpressionState;
import mizan.server.booking.Booking;
import mizan.server.journal.Journal;
import mizan.server.rating.Posts;
import mizan.server.serve.FactCodec;

/// Reads facts in the order of the journal and says what they make of the ads beside changed posts.
final class Reopening {
    private static final int MAX_CHANGES = 10_000;

    private final FindingsStore store;
    private final Journal journal;
    private final Booking booking;
    private final Posts posts;
    private final Duration window;
    /// Found, but not charged yet: an event may come that charges them.
    private final Map<ImpressionId, Finding> open = new HashMap<>();
    /// A decision that began before a change is in the journal within moments of it, so the newest are enough.
    private final Map<String, FindingsStore.Changed> lastChanges = new LinkedHashMap<>();

    Reopening(FindingsStore store, Journal journal, Booking booking, Posts posts, Duration window) {
        this.store = store;
        this.journal = journal;
        this.booking = booking;
        this.posts = posts;
        this.window = window;
        store.open().forEach(finding -> open.put(finding.impression(), finding));
        store.newestChanges(MAX_CHANGES).reversed().forEach(this::remember);
    }

    /// @param at the moment of the fact that it follows from
    record Credit(Finding finding, Instant at) {}

    record Read(
            List<FindingsStore.Beside> served,
            List<FindingsStore.Changed> changes,
            List<Finding> findings,
            List<Credit> credits) {}

    /// @param charged what has become of an impression
    Read read(List<Fact> facts, Function<ImpressionId, Optional<ImpressionState>> charged) {
        var reading = new Reading(charged);
        facts.forEach(reading::fact);
        return reading.done();
    }

    /// Takes note of what was written.
    void written(List<FindingsStore.Changed> changes, List<Finding> findings) {
        changes.forEach(this::remember);
        for (var finding : findings) {
            if (finding.open()) {
                open.put(finding.impression(), finding);
            } else {
                open.remove(finding.impression());
            }
        }
    }

    private void remember(FindingsStore.Changed change) {
        lastChanges.remove(change.post());
        lastChanges.put(change.post(), change);
        if (lastChanges.size() > MAX_CHANGES) {
            lastChanges.remove(lastChanges.keySet().iterator().next());
        }
    }

    /// Decisions of a batch that showed ads beside one post.
    private static final class Served {
        private final List<Long> positions = new ArrayList<>();
        private Instant last = Instant.MIN;

        /// Once for each decision: two of its ads may stand beside the same post.
        void add(long position, Instant at) {
            if (positions.isEmpty() || positions.getLast() != position) {
                positions.add(position);
                last = at.isAfter(last) ? at : last;
            }
        }

        FindingsStore.Beside beside(String post) {
            return new FindingsStore.Beside(post, positions, last);
        }
    }

    private final class Reading {
        private final Function<ImpressionId, Optional<ImpressionState>> states;
        /// By post, where the decisions of this batch stand that showed ads beside it.
        private final Map<String, Served> served = new LinkedHashMap<>();
        private final Map<String, FindingsStore.Changed> changes = new LinkedHashMap<>();
        private final Map<ImpressionId, Finding> findings = new LinkedHashMap<>();
        private final List<Credit> credits = new ArrayList<>();

        Reading(Function<ImpressionId, Optional<ImpressionState>> states) {
            this.states = states;
        }

        Read done() {
            var beside = served.entrySet().stream()
                    .map(s -> s.getValue().beside(s.getKey()))
                    .toList();
            return new Read(beside, List.copyOf(changes.values()), List.copyOf(findings.values()), credits);
        }

        void fact(Fact fact) {
            switch (fact) {
                case Fact.Decided(var position, var record) ->
                    record.impressions().forEach(impression -> served(position, record, impression));
                case Fact.PostChanged(var position, var change) -> changed(position, change);
                case Fact.Happened(var _, var event, var _) -> happened(event);
            }
        }

        private void served(long position, DecisionRecord record, Impression impression) {
            var terms = terms(record, impression);
            for (var post : Recheck.neighbours(record.posts(), terms, impression.afterPost())) {
                served.computeIfAbsent(post.id(), _ -> new Served()).add(position, impression.servedAt());
                // Decided by what was known before a change that came into the journal first.
                lastChange(post.id())
                        .filter(change -> change.before().equals(post.commitment()))
                        .ifPresent(change -> again(position, record, impression, terms, change));
            }
        }

        private Optional<PostChange> lastChange(String post) {
            if (changes.isEmpty() && lastChanges.isEmpty()) {
                return Optional.empty();
            }
            return Optional.ofNullable(changes.get(post))
                    .or(() -> Optional.ofNullable(lastChanges.get(post)))
                    .flatMap(changed -> journal.at(changed.position()))
                    .flatMap(FactCodec::read)
                    .flatMap(f -> f instanceof Fact.PostChanged c ? Optional.of(c.change()) : Optional.empty());
        }

        private void changed(long position, PostChange change) {
            changes.put(change.post(), new FindingsStore.Changed(change.post(), position, change.at()));
            var decisions =
                    new ArrayList<>(store.beside(change.post(), change.at().minus(window)));
            Optional.ofNullable(served.get(change.post())).ifPresent(s -> decisions.addAll(s.positions));
            for (long decision : decisions) {
                record(decision).ifPresent(record -> again(decision, record, change));
            }
        }

        /// Judges those of a decision's ads again whose terms judged the changed post.
        private void again(long position, DecisionRecord record, PostChange change) {
            for (var impression : record.impressions()) {
                var terms = terms(record, impression);
                boolean beside = Recheck.neighbours(record.posts(), terms, impression.afterPost()).stream()
                        .anyMatch(post -> post.id().equals(change.post()));
                if (beside) {
                    again(position, record, impression, terms, change);
                }
            }
        }

        private Optional<DecisionRecord> record(long position) {
            return journal.at(position)
                    .flatMap(FactCodec::read)
                    .flatMap(f -> f instanceof Fact.Decided d ? Optional.of(d.record()) : Optional.empty());
        }

        /// Judges one ad again, unless that was found before, is too long ago, or it was placed by this very
        /// version of the post.
        private void again(
                long position, DecisionRecord record, Impression impression, Optional<Terms> terms, PostChange change) {
            var shown = record.posts().stream()
                    .filter(p -> p.id().equals(change.post()))
                    .findFirst()
                    .orElseThrow();
            boolean same = change.after()
                    .filter(after -> after.commitment().equals(shown.commitment()) && ratedAlike(after, shown))
                    .isPresent();
            if (same
                    || known(impression.id())
                    || change.at().isAfter(impression.servedAt().plus(window))) {
                return;
            }
            var now = change.after().map(after -> withHits(after, terms)).orElse(Posts.unknown(change.post()));
            Recheck.breach(record, impression, terms, now).ifPresent(breach -> {
                var found = new Finding(
                        impression.id(),
                        record.id(),
                        position,
                        impression.advertiser(),
                        impression.campaign(),
                        impression.ad(),
                        impression.terms(),
                        cause(change),
                        breach,
                        shown.commitment(),
                        impression.servedAt(),
                        change.at(),
                        impression.currency(),
                        impression.priceMicros(),
                        0);
                findings.put(found.impression(), found);
                settle(found, change.at());
            });
        }

        private static boolean ratedAlike(FeedPost one, FeedPost other) {
            return one.verdict().map(PostVerdict::tier).equals(other.verdict().map(PostVerdict::tier))
                    && one.verdict()
                            .map(PostVerdict::topics)
                            .equals(other.verdict().map(PostVerdict::topics));
        }

        private boolean known(ImpressionId impression) {
            return findings.containsKey(impression) || store.finding(impression).isPresent();
        }

        private void happened(AdEvent event) {
            Optional.ofNullable(findings.get(event.impression()))
                    .or(() -> Optional.ofNullable(open.get(event.impression())))
                    .filter(Finding::open)
                    .ifPresent(finding -> settle(finding, event.at()));
        }

        /// Gives back what was charged; what is not charged yet waits for the event that charges it.
        private void settle(Finding finding, Instant at) {
            boolean paid = finding.priceMicros() > 0
                    && states.apply(finding.impression())
                            .filter(ImpressionState::charged)
                            .isPresent();
            if (paid) {
                findings.put(finding.impression(), finding.credited());
                credits.add(new Credit(finding.credited(), at));
            }
        }
    }

    /// The words are matched by the lists that the ad was placed by.
    private FeedPost withHits(FeedPost post, Optional<Terms> terms) {
        if (terms.isEmpty() || terms.get().keywords().isEmpty()) {
            return post;
        }
        var id = terms.get().id();
        var list = new KeywordList<>(id, terms.get().keywords());
        var hits = posts.opening(post.commitment())
                .map(words -> KeywordAutomaton.compile(List.of(list)).match(Folding.fold(words.text())))
                .filter(matches -> matches.excludes(id))
                .map(matches -> Map.of(id, keyword(matches, id)))
                .orElse(Map.of());
        return new FeedPost(
                post.id(),
                post.authors(),
                post.language(),
                post.community(),
                post.topics(),
                post.verdict(),
                hits,
                Set.of(),
                post.commitment());
    }

    private static String keyword(mizan.core.suitability.text.KeywordMatches<TermsId> matches, TermsId id) {
        return Optional.ofNullable(matches.byList().get(id))
                .map(m -> m.keyword())
                .orElse("?");
    }

    private Finding.Cause cause(PostChange change) {
        if (change.after().isEmpty()) {
            return Finding.Cause.DELETED;
        }
        var before = posts.opening(change.before()).map(p -> p.text());
        var after = posts.opening(change.after().get().commitment()).map(p -> p.text());
        return before.isPresent() && before.equals(after) ? Finding.Cause.RELABELLED : Finding.Cause.EDITED;
    }

    /// The terms that an ad was placed by, in the version of then.
    private Optional<Terms> terms(DecisionRecord record, Impression impression) {
        return impression.terms().map(version -> {
            var now = booking.book().terms().get(version.id());
            var then = now != null && now.version() == version.version()
                    ? now
                    : Optional.ofNullable(booking.bookAt(record.bookRevision())
                                    .terms()
                                    .get(version.id()))
                            .orElseThrow();
            return then.whole();
        });
    }
}
