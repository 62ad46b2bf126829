package mizan.server.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import mizan.core.campaign.AdId;
import mizan.core.campaign.Book;
import mizan.core.campaign.Servability;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.log.LogStore;
import mizan.server.accounting.Fact;
import mizan.server.booking.Booking;
import mizan.server.proof.Sealing;
import mizan.server.reporting.Reports;
import mizan.server.serve.FactLog;

/// Every ad that was shown, for anybody to look up, from its first showing until one year after its last.
///
/// It hears what was folded, and takes it into its store by itself: [#step] is for a thread that nobody waits for. Its
/// place in the journal is written together with what it took, so a crash loses nothing and counts nothing twice,
/// but a render that a browser reports again after more than [#MAX_REMEMBERED] others, or after a restart; the ledger's
/// counts, which know better, are put in place of these once a day.
public final class Repository implements AutoCloseable {
    /// A new ad is on record after this at most, and what takes its step.
    public static final Duration FINDABLE = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger("mizan.repository");
    private static final int MAX_REMEMBERED = 100_000;
    private static final Duration BETWEEN_BOOKS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_CLOCKS = Duration.ofMinutes(1);
    private static final Duration BETWEEN_COUNTS = Duration.ofDays(1);
    private static final int SEALED_AT_ONCE = 500;
    private static final int BATCH = 5_000;

    private final RepositoryStore store;
    private final FactLog journal;
    private final Booking booking;
    private final Reports reports;
    private final Optional<Sealing> sealing;
    private final InstantSource time;
    private final Optional<Dump> dump;
    private final Object stepping = new Object();
    private final Map<ImpressionId, Boolean> heard = new LinkedHashMap<>();
    private final Map<AdId, AdFacts.Booked> booked = new HashMap<>();
    private final Map<AdId, Instant> unfound = new ConcurrentHashMap<>();
    private Map<AdId, Showing> waiting = new LinkedHashMap<>();
    private Map<AdId, Showing> taking = Map.of();
    private long heardTo;
    private long comparedRevision = -1;
    private Instant comparedAt = Instant.MIN;
    private Instant recountAt = Instant.MIN;

    /// An ad's showings that are not in the store yet.
    private static final class Showing {
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;
        private long times;
        private final Map<String, Audience> audiences = new HashMap<>();

        private Showing and(Showing more) {
            first = more.first.isBefore(first) ? more.first : first;
            last = more.last.isAfter(last) ? more.last : last;
            times += more.times;
            more.audiences.forEach((country, people) -> audiences.merge(country, people, Audience::and));
            return this;
        }
    }

    /// @param files where the public copies go; without them, or without a key that signs them, there are none
    public Repository(
            RepositoryStore store,
            FactLog journal,
            Booking booking,
            Reports reports,
            Optional<Sealing> sealing,
            Optional<LogStore> files,
            InstantSource time) {
        this.store = store;
        this.journal = journal;
        this.booking = booking;
        this.reports = reports;
        this.sealing = sealing;
        this.time = time;
        this.dump = files.flatMap(to -> sealing.map(s -> new Dump(to, store, s::note)));
        this.heardTo = store.position();
    }

    /// What was folded. What came before it and was not heard is read from the journal.
    public synchronized void folded(long from, List<Fact> facts, long to) {
        catchUp(from);
        if (heardTo == from) {
            facts.forEach(this::hear);
            heardTo = to;
        }
    }

    /// Reads what was folded and not heard: after a crash, or by a Mizan without a repository.
    public synchronized void catchUp(long to) {
        while (heardTo < to) {
            var facts = new ArrayList<Fact>();
            long from = heardTo;
            long end = journal.read(from, fact -> {
                if (fact.position() < to) {
                    facts.add(fact);
                }
                return fact.position() < to && facts.size() < BATCH;
            });
            facts.forEach(this::hear);
            heardTo = Math.min(to, end);
        }
    }

    private void hear(Fact fact) {
        if (fact instanceof Fact.Happened happened
                && happened.event().kind() == AdEvent.Kind.RENDERED
                && happened.event().invalid().isEmpty()
                && happened.decision().isPresent()) {
            var event = happened.event();
            var record = happened.decision().get().record();
            record.impressions().stream()
                    .filter(i -> i.id().equals(event.impression()))
                    .filter(i -> firstTime(i.id()))
                    .forEach(i -> hear(i, record, event.at()));
        }
    }

    private boolean firstTime(ImpressionId impression) {
        boolean first = heard.put(impression, true) == null;
        if (heard.size() > MAX_REMEMBERED) {
            heard.remove(heard.keySet().iterator().next());
        }
        return first;
    }

    private void hear(Impression impression, DecisionRecord record, Instant at) {
        var showing = waiting.computeIfAbsent(impression.ad(), _ -> new Showing());
        showing.first = at.isBefore(showing.first) ? at : showing.first;
        showing.last = at.isAfter(showing.last) ? at : showing.last;
        showing.times++;
        record.viewer().key().ifPresent(key -> {
            saw(showing, "", key);
            record.viewer().country().ifPresent(country -> saw(showing, country, key));
        });
    }

    private static void saw(Showing showing, String country, String viewer) {
        showing.audiences.computeIfAbsent(country, _ -> new Audience()).saw(viewer);
    }

    /// Takes what was heard, looks what the book says now, forgets what is a year old, and has new facts sealed.
    /// Whoever folds never waits for it.
    public void step() {
        synchronized (stepping) {
            take(heard());
            lookForNew();
            recount();
            compare();
            seal();
            dump.ifPresent(d -> d.step(time.instant()));
        }
    }

    private record Heard(Map<AdId, Showing> showings, long to) {}

    private synchronized Heard heard() {
        taking = waiting;
        waiting = new LinkedHashMap<>();
        return new Heard(taking, heardTo);
    }

    private void take(Heard heard) {
        if (heard.to() != store.position()) {
            try {
                keep(heard);
            } catch (RuntimeException e) {
                putBack(heard);
                throw e;
            }
        }
        taken();
    }

    private synchronized void taken() {
        taking = Map.of();
    }

    /// What was not written is written next time, with what came since.
    private synchronized void putBack(Heard heard) {
        taking = Map.of();
        heard.showings().forEach((ad, showing) -> waiting.merge(ad, showing, Showing::and));
    }

    /// A showing of an ad that the book has not, because one of both was lost, cannot be told of: what it was is not
    /// known. The alarm would ring for ever, so it goes to the server's log.
    private void keep(Heard heard) {
        var book = booking.book();
        var shown = new ArrayList<RepositoryStore.Shown>();
        heard.showings().forEach((id, showing) -> {
            var ad = book.ads().get(id);
            if (ad == null) {
                LOG.log(System.Logger.Level.ERROR, "{0} was shown and is not in the book", id.value());
            } else {
                shown.add(new RepositoryStore.Shown(
                        facts(book, AdFacts.Booked.of(book, ad), Optional.empty()),
                        showing.first,
                        showing.last,
                        showing.times,
                        showing.audiences));
            }
        });
        var came = store.take(heard.to(), shown);
        shown.stream()
                .filter(one -> came.contains(one.facts().ad()))
                .forEach(one -> unfound.put(new AdId(one.facts().ad()), one.first()));
    }

    /// The self-test: a new ad has to be found by a search for it, as anybody would search.
    private void lookForNew() {
        unfound.keySet()
                .removeIf(ad -> store.search(Search.words(ad.value()), Long.MAX_VALUE, 1).stream()
                        .anyMatch(found -> found.id().equals(ad.value())));
    }

    /// For how long the oldest showing is not on record, or the oldest new ad not found by a search: more than
    /// [#FINDABLE] is a fault. Zero when all are.
    public synchronized Duration behind() {
        var showings = Stream.of(waiting, taking)
                .flatMap(some -> some.values().stream().map(s -> s.first));
        return Stream.concat(showings, unfound.values().stream())
                .min(Comparator.naturalOrder())
                .map(oldest -> Duration.between(oldest, time.instant()))
                .filter(age -> age.isPositive())
                .orElse(Duration.ZERO);
    }

    /// Between two folds both have read as far, and the counts can be compared; otherwise it is tried again.
    private void recount() {
        var now = time.instant();
        if (!now.isBefore(recountAt)) {
            var counted = reports.rendered();
            boolean same = counted.position() == store.position();
            if (same) {
                store.correct(counted.byAd());
                lookForCounted(now);
            }
            recountAt = now.plus(same ? BETWEEN_COUNTS : BETWEEN_CLOCKS);
        }
    }

    /// What the ledger counted since the last comparison has to be on record, whatever was heard of it: else the alarm
    /// rings until it is.
    private void lookForCounted(Instant now) {
        var book = booking.book();
        reports.daily(Reports.By.AD, now.minus(BETWEEN_COUNTS.multipliedBy(2)), now, Optional.empty())
                .forEach((key, counts) -> {
                    var ad = new AdId(key.id());
                    boolean shown = counts.rendered() > 0 && book.ads().containsKey(ad);
                    if (shown && store.find(ad.value()).isEmpty()) {
                        unfound.putIfAbsent(ad, now);
                    }
                });
    }

    /// @param knownRemoved since when it is known that the platform took it down
    private RepositoryStore.Facts facts(Book book, AdFacts.Booked now, Optional<Instant> knownRemoved) {
        var removedAt = now.removed() ? knownRemoved.or(() -> Optional.of(time.instant())) : Optional.<Instant>empty();
        var json = AdFacts.of(now, removedAt);
        var state = state(book, now);
        return new RepositoryStore.Facts(
                now.ad().id().value(), state, removedAt, json.toString(), SearchTerms.of(json, state));
    }

    private State state(Book book, AdFacts.Booked now) {
        if (now.removed()) {
            return State.REMOVED;
        }
        var group = Optional.ofNullable(book.adGroups().get(now.ad().adGroup())).orElseThrow();
        return Servability.reasonsNotServable(book, group, time.instant()).isEmpty()
                        && Servability.reasonsNotServable(book, now.ad()).isEmpty()
                ? State.RUNNING
                : State.ENDED;
    }

    /// When the book changed, and once a minute because flights begin and end.
    private void compare() {
        var now = time.instant();
        var book = booking.book();
        boolean due = book.revision() != comparedRevision
                ? !now.isBefore(comparedAt.plus(BETWEEN_BOOKS))
                : !now.isBefore(comparedAt.plus(BETWEEN_CLOCKS));
        if (comparedAt.equals(Instant.MIN) || due) {
            store.forget(yearBefore(now));
            change(book);
            comparedRevision = book.revision();
            comparedAt = now;
        }
    }

    /// A copy that tells of an ad that was taken down goes first: after a failure, the next step sees it again.
    private void change(Book book) {
        try {
            var changed = new ArrayList<RepositoryStore.Facts>();
            var takenDown = new ArrayList<AdId>();
            store.each(kept -> changed(book, kept).ifPresent(facts -> {
                changed.add(facts);
                if (facts.state() == State.REMOVED && kept.state() != State.REMOVED) {
                    takenDown.add(new AdId(kept.ad()));
                }
            }));
            if (!takenDown.isEmpty() && dump.isPresent()) {
                dump.get().withdraw();
            }
            store.change(changed);
        } catch (IOException e) {
            booked.clear();
            throw new UncheckedIOException("the ad repository's dump was not withdrawn", e);
        } catch (RuntimeException e) {
            booked.clear();
            throw e;
        }
    }

    /// An ad is on record for one year after it was last shown: on the 366th day it is gone.
    private static Instant yearBefore(Instant now) {
        return now.atOffset(ZoneOffset.UTC).minusYears(1).toInstant();
    }

    private Optional<RepositoryStore.Facts> changed(Book book, RepositoryStore.Kept kept) {
        var id = new AdId(kept.ad());
        return Optional.ofNullable(book.ads().get(id)).flatMap(ad -> {
            var now = AdFacts.Booked.of(book, ad);
            var before = booked.put(id, now);
            if (before != null && before.same(now) && kept.state() == state(book, now)) {
                return Optional.empty();
            }
            var facts = facts(book, now, kept.removedAt());
            return facts.state() == kept.state() && facts.text().equals(kept.text())
                    ? Optional.empty()
                    : Optional.of(facts);
        });
    }

    private void seal() {
        if (sealing.isPresent()) {
            var facts = store.unsealed(SEALED_AT_ONCE);
            if (!facts.isEmpty()) {
                var entries = sealing.get()
                        .ads(facts.stream()
                                .map(f -> new Sealing.AdText(f.ad(), f.text()))
                                .toList());
                var sealed = new HashMap<RepositoryStore.Kept, Long>();
                for (int i = 0; i < facts.size(); i++) {
                    sealed.put(facts.get(i), entries.get(i));
                }
                store.sealed(sealed);
            }
        }
    }

    /// Its nightly copies; empty when nobody signs them.
    public Optional<Dump> dump() {
        return dump;
    }

    public RepositoryStore store() {
        return store;
    }

    @Override
    public void close() {
        synchronized (stepping) {
            take(heard());
            store.close();
        }
    }
}
