package mizan.server.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import mizan.core.feed.Viewer;
import mizan.core.frequency.FrequencyCounts;
import mizan.core.prediction.ClickLearner;
import mizan.core.prediction.ClickPredictor;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.Leases;
import mizan.server.accounting.LedgerBatch;
import mizan.server.accounting.LedgerFailed;
import mizan.server.accounting.LedgerStore;
import mizan.server.accounting.Tokens;
import mizan.server.accounting.WriterEnded;
import mizan.server.adcp.Documents;
import mizan.server.billing.Invoices;
import mizan.server.booking.BookStore;
import mizan.server.booking.Booking;
import mizan.server.booking.CampaignHistories;
import mizan.server.disputes.Disputes;
import mizan.server.findings.Findings;
import mizan.server.http.Ids;
import mizan.server.journal.Journal;
import mizan.server.landing.Landings;
import mizan.server.lift.Lift;
import mizan.server.openrtb.SupplyFile;
import mizan.server.picture.Pictures;
import mizan.server.proof.Sealing;
import mizan.server.raters.OutsideRater;
import mizan.server.raters.OutsideRaters;
import mizan.server.raters.RaterFile;
import mizan.server.rating.Posts;
import mizan.server.rating.Raters;
import mizan.server.reading.PostIntake;
import mizan.server.reading.pull.Sources;
import mizan.server.reconciliation.Reconciliations;
import mizan.server.reporting.Desk;
import mizan.server.reporting.LearnedStore;
import mizan.server.reporting.Reach;
import mizan.server.reporting.Reports;
import mizan.server.reporting.ShareLinks;
import mizan.server.repository.Repository;
import mizan.server.serve.FactLog;
import mizan.server.serve.FoldJournal;
import mizan.server.serve.HiddenAds;
import mizan.server.serve.Learning;
import mizan.server.serve.LeaseRules;
import mizan.server.serve.LiveState;
import mizan.server.serve.Pace;
import mizan.server.serve.PaceStore;
import mizan.server.serve.RecentDecisions;
import mizan.server.serve.ServeAds;
import mizan.server.serve.Snapshots;
import mizan.server.serve.TakeEvents;
import mizan.server.store.StoreFailed;
import mizan.server.transparency.Trust;
import mizan.server.transparency.TrustCount;
import mizan.server.viewers.ViewerExport;
import mizan.server.viewers.Viewers;
import mizan.server.webhooks.Happenings;
import mizan.server.webhooks.Webhooks;

/// One book, one ledger, one journal, and what serves from them. Test and live data are two engines.
///
/// It has no thread of its own: [#tick] moves it on, so a simulation can decide when.
public final class Engine implements AutoCloseable {
    private static final int MAX_VIEWERS = 1_000_000;

    private final SteadyTime time;
    private final BookStore bookStore;
    private final LedgerStore ledgerStore;
    private final Reports reports;
    private final Journal journal;
    private final Accountant accountant;
    private final Booking booking;
    private final CampaignHistories histories;
    private final Pictures pictures;
    private final Landings landings;
    private final Posts posts;
    private final OutsideRaters outsideRaters;
    private final PostIntake intake;
    private final Sources sources;
    private final Snapshots snapshots;
    private final ServeAds serving;
    private final TakeEvents events;
    private final FoldJournal folding;
    private final Findings findings;
    private final Disputes disputes;
    private final Reconciliations reconciliations;
    private final Lift lift;
    private final Documents adcp;
    private final LearnedStore learnedStore;
    private final ClickPredictor clicks;
    private final Reach reach;
    private final Learning learning;
    private final Leases leases = new Leases();
    private final LiveState live;
    private final PaceStore paceStore;
    private final Pace pace;
    private final Ids ids;
    private final Viewers viewers;
    private final Desk desk;
    private final ShareLinks shareLinks;
    private final SupplyFile supply;
    private final Optional<Sealing> sealing;
    private final Optional<Invoices> invoices;
    private final Webhooks webhooks;
    private final Happenings happenings;
    private final Optional<Repository> repository;
    private final Optional<Trust> trust;

    /// How an engine works, beside what it keeps.
    ///
    /// @param credited how long after an ad was shown a change of its neighbour is credited; see [Findings]
    /// @param supply who may ask in the auctions of others
    /// @param outside raters that every post waits for whose language they read
    public record Settings(LeaseRules leases, Duration credited, SupplyFile supply, List<OutsideRater> outside) {
        public Settings {
            outside = List.copyOf(outside);
        }

        /// Credits as usual, offers nothing to others, and asks no outside rater.
        public static Settings of(LeaseRules leases) {
            return new Settings(leases, Findings.WINDOW, SupplyFile.inMemory(), List.of());
        }

        public Settings crediting(Duration span) {
            return new Settings(leases, span, supply, outside);
        }

        /// With what the operator wrote into files of the folder.
        Settings in(Path folder) throws IOException {
            return new Settings(
                    leases,
                    credited,
                    SupplyFile.open(folder.resolve("supply.json")),
                    RaterFile.read(folder.resolve("raters.json")));
        }
    }

    /// @param clock may jump; what the engine does happens in the order of its own time, see [SteadyTime]
    public Engine(Stores stores, Settings settings, InstantSource clock, RandomGenerator random) {
        var remembered = stores.remembered();
        var key = stores.keys().currentKey();
        supply = settings.supply();
        time = new SteadyTime(clock);
        this.ids = new Ids(time, random);
        viewers = new Viewers(stores.viewers(), key);
        bookStore = stores.book();
        ledgerStore = stores.ledger();
        reports = stores.reports();
        desk = new Desk(remembered.desk(), time, ids);
        shareLinks = new ShareLinks(key);
        learnedStore = remembered.learned();
        try {
            journal = Journal.open(stores.journal(), stores.segmentBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be opened: " + e.getMessage(), e);
        }
        paceStore = remembered.pace();
        pace = new Pace(paceStore);
        accountant = new Accountant(ledgerStore, leases);
        requireWholeJournal();
        snapshots = new Snapshots();
        booking = new Booking(bookStore, time, ids);
        histories = new CampaignHistories(booking);
        booking.onChange((book, touched) -> {
            snapshots.publish(book, touched);
            leases.budgetsChanged();
        });
        pictures = new Pictures(remembered.pictures(), booking::book, time);
        booking.onChange(pictures::changed);
        landings = new Landings(remembered.landings(), booking::book, time);
        booking.onChange(landings::changed);
        var outside = settings.outside();
        posts = new Posts(Raters.with(OutsideRaters.later(outside)), stores.posts(), time, random);
        // A source of its own, because it is drawn from on other threads.
        var jitter = new SplittableRandom(outside.isEmpty() ? 0 : random.nextLong());
        outsideRaters = new OutsideRaters(outside, posts, time, jitter);
        intake = new PostIntake(posts);
        sources = new Sources(remembered.sources(), intake, time, ids);
        clicks = new ClickPredictor(new ClickLearner());
        reach = new Reach(learnedStore);
        learning = new Learning(learnedStore, clicks, reach, time.instant());
        live = new LiveState(leases, new FrequencyCounts(MAX_VIEWERS), pace, clicks, snapshots);
        snapshots.before(snapshot -> live.at(snapshot, time.instant(), 0).bounds(snapshot));
        var tokens = new Tokens(stores.keys());
        var log = new FactLog(journal);
        serving = new ServeAds(snapshots, live, accountant, log, stores.keys(), settings.leases(), time, random, ids);
        events = new TakeEvents(tokens, journal, time);
        folding = new FoldJournal(log, accountant, snapshots, live, learning);
        folding.remember(time.instant().minus(FoldJournal.CAP_MEMORY));
        findings = new Findings(remembered.findings(), journal, accountant, booking, posts, settings.credited());
        requireNotPutBack(remembered.findings().position());
        findings.catchUp(accountant.position());
        lift = new Lift(remembered.lift(), journal, snapshots, key);
        lift.catchUp(accountant.position());
        adcp = remembered.adcp();
        folding.then(findings);
        folding.then(lift);
        folding.then((from, facts, to) -> repository().ifPresent(r -> r.folded(from, facts, to)));
        posts.onChange(findings);
        disputes = new Disputes(remembered.disputes(), accountant, reports, time, ids);
        reconciliations = new Reconciliations(remembered.reconciliations(), booking::book, reports, time, ids);
        var sealed = new Sealing.Sources(reports, ledgerStore, journal, booking, snapshots);
        sealing = stores.published().map(p -> new Sealing(sealed, p.log(), time));
        sealing.ifPresent(s -> posts.onErase(s::erase));
        invoices =
                stores.published().map(p -> new Invoices(p.invoices(), p.log().store(), booking::book, time));
        happenings = new Happenings(booking, findings, disputes, invoices);
        webhooks = new Webhooks(
                remembered.webhooks(), booking, findings, disputes, invoices, time, ids, new SecureRandom());
        repository = stores.published()
                .map(p -> new Repository(p.repository(), log, booking, reports, sealing, Optional.of(p.files()), time));
        repository.ifPresent(r -> r.catchUp(accountant.position()));
        trust = stores.published()
                .flatMap(p -> sealing.map(s -> new Trust(trustCount(s)::between, p.files(), s::note, time)));
    }

    /// The ledger follows what is durable of the journal, so it is never behind the journal's end; unless that end was
    /// cut off, or an older journal was put back. What is appended from there on would never be billed.
    private void requireWholeJournal() {
        if (accountant.position() > journal.end()) {
            throw new IllegalStateException("The journal ends at " + journal.end()
                    + ", and the ledger has already read it up to " + accountant.position()
                    + ": its end is missing, or an older state of it was put back."
                    + " Next: restore the folder and the database of one moment.");
        }
    }

    /// Findings follow the ledger, so they are never before it; unless an older state of it was put back, which would
    /// give numbers of leases again that have been spent.
    ///
    /// @param seen where the ledger stood when findings followed last; [Long#MAX_VALUE] when none are kept
    private void requireNotPutBack(long seen) {
        if (seen > accountant.position() && seen != Long.MAX_VALUE) {
            throw new IllegalStateException("The ledger stands at " + accountant.position()
                    + " of the journal, and this folder has seen it at " + seen + ": an older state of it was put back."
                    + " Next: restore the folder and the database of one moment.");
        }
    }

    /// The embedded engine in one folder.
    public static Engine embedded(Path folder, LeaseRules leases, InstantSource time, RandomGenerator random) {
        return embedded(folder, Settings.of(leases), time, random);
    }

    /// The embedded engine in one folder, with the supply and the raters of its files.
    public static Engine embedded(Path folder, Settings settings, InstantSource time, RandomGenerator random) {
        return in(folder, Accounts.of(folder, Optional.empty()), settings, time, random);
    }

    /// An engine in one folder but for its accounts, with the supply and the raters of its files.
    public static Engine in(
            Path folder, Accounts accounts, Settings settings, InstantSource time, RandomGenerator random) {
        try {
            return new Engine(Stores.in(folder, accounts), settings.in(folder), time, random);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /// Folds what has become durable, closes what has expired, paces, writes posts. Call it often; it is cheap
    /// when there is nothing to do.
    ///
    /// @throws RuntimeException when book or ledger are away, after all that does not need them was done
    public void tick() {
        var away = keepAccounts();
        var now = time.instant();
        leases.fade(now);
        pace.step(booking.book(), this::committed, now);
        live.refresh(now);
        learning.keep(accountant.position(), now);
        posts.tick();
        lift.tick(accountant.position(), now);
        away.ifPresent(e -> {
            throw e;
        });
        findings.tick(now);
        disputes.tick();
        pictures.tick(now);
    }

    /// What waits when book or ledger are away, and is done the next time: nothing of it is lost meanwhile.
    private Optional<RuntimeException> keepAccounts() {
        try {
            fold();
            var now = time.instant();
            if (accountant.hasExpired(now)) {
                // What came in time may still wait to be forced. It is folded before its hold is given to others.
                journal.flush();
                fold();
                accountant.closeExpired(now);
            }
            booking.endDoubt();
            booking.keepImage(booking.worthAnImage());
            return Optional.empty();
        } catch (LedgerFailed | WriterEnded | StoreFailed e) {
            return Optional.of(e);
        }
    }

    private void fold() {
        boolean more = folding.fold();
        while (more) {
            more = folding.fold();
        }
    }

    /// What was bought with each budget: used, less what this node has leased and not yet held.
    public Pace.Committed committed() {
        var unheld = leases.unheld();
        return (owner, day) ->
                accountant.used(owner, day) - unheld.getOrDefault(new LedgerBatch.BudgetKey(owner, day), 0L);
    }

    /// Receipts and the public log; empty in a simulation without one. It is moved on by itself, because it waits for
    /// disks and witnesses, and nothing may wait for it.
    public Optional<Sealing> sealing() {
        return sealing;
    }

    /// Invoices and credit notes; empty without a public log, which they follow from.
    public Optional<Invoices> invoices() {
        return invoices;
    }

    /// What happened, as it is found in what is kept.
    public Happenings happenings() {
        return happenings;
    }

    /// Who is told what happens. The engine has no network: whoever has one moves them on.
    public Webhooks webhooks() {
        return webhooks;
    }

    /// Every ad that was shown, for the public; empty in a simulation without one. It is moved on by itself too.
    public Optional<Repository> repository() {
        return repository;
    }

    private TrustCount trustCount(Sealing sealed) {
        return new TrustCount(
                new TrustCount.Ledger(reports, accountant, booking),
                new TrustCount.Pages(folding.recent(), journal, snapshots),
                findings,
                sealed,
                time);
    }

    /// What the platform tells everybody of itself; empty without a public log. It is moved on by itself too.
    public Optional<Trust> trust() {
        return trust;
    }

    /// Makes everything durable and folds it.
    public void settle() {
        journal.flush();
        tick();
    }

    public Desk desk() {
        return desk;
    }

    /// What the operator offers to the market.
    public SupplyFile supply() {
        return supply;
    }

    public ShareLinks shareLinks() {
        return shareLinks;
    }

    public InstantSource time() {
        return time;
    }

    /// How far the machine's clock is behind what it has been: so long the engine's time stands still.
    public Duration clockBehind() {
        return time.behind();
    }

    public Journal journal() {
        return journal;
    }

    public Accountant accountant() {
        return accountant;
    }

    /// What was done to every advertiser's campaigns.
    public CampaignHistories histories() {
        return histories;
    }

    public Booking booking() {
        return booking;
    }

    /// The pictures of ads.
    public Pictures pictures() {
        return pictures;
    }

    /// What approved creatives lead to. The engine has no network: whoever has one moves them on.
    public Landings landings() {
        return landings;
    }

    public Posts posts() {
        return posts;
    }

    /// Who rates posts elsewhere. The engine has no network: whoever has one moves them on.
    public OutsideRaters outsideRaters() {
        return outsideRaters;
    }

    /// Where posts in the forms of others come in.
    public PostIntake intake() {
        return intake;
    }

    /// Where posts are pulled from. The engine has no network: whoever has one moves them on.
    public Sources sources() {
        return sources;
    }

    public Snapshots snapshots() {
        return snapshots;
    }

    public ServeAds serving() {
        return serving;
    }

    public TakeEvents events() {
        return events;
    }

    /// See [FoldJournal#brokenTerms].
    public long brokenTerms() {
        return folding.brokenTerms();
    }

    /// What viewers have hidden.
    public HiddenAds hidden() {
        return folding.hidden();
    }

    /// The names under which viewers are written down. Whoever takes a viewer's key from outside asks here first.
    public Viewers viewers() {
        return viewers;
    }

    /// A viewer as the platform tells of it, under the name that it is written down by, with what it hid here.
    public Viewer known(Viewer told) {
        return hidden().with(told.key().map(viewers::name).map(told::named).orElse(told));
    }

    /// Forgets viewers: nothing leads from their keys to any record any more, and what is kept beside the records goes.
    public void erase(List<String> keys) {
        var names = keys.stream().map(viewers::name).toList();
        viewers.forget(keys);
        names.forEach(live.counts()::forget);
        names.forEach(hidden()::forget);
        lift.forget(names);
    }

    /// What is kept of a viewer.
    public ViewerExport export() {
        return new ViewerExport(viewers, journal, hidden(), lift);
    }

    /// A sample of the last days' decisions.
    public RecentDecisions recentDecisions() {
        return folding.recent();
    }

    /// What turned bad after ads were shown beside it.
    public Findings findings() {
        return findings;
    }

    /// What campaigns' ads changed.
    public Lift lift() {
        return lift;
    }

    /// What buying agents said, beside what they booked.
    public Documents adcp() {
        return adcp;
    }

    /// What advertisers object to.
    public Reconciliations reconciliations() {
        return reconciliations;
    }

    public Disputes disputes() {
        return disputes;
    }

    /// How many people campaigns reached.
    public Reach reach() {
        return reach;
    }

    /// Click rates as they are believed now, with each placement's calibration.
    public ClickPredictor clicks() {
        return clicks;
    }

    public Reports reports() {
        return reports;
    }

    /// The money promises, checked now.
    ///
    /// @param largestOverspend by how many micros the most overdrawn budget is passed; 0 when none is
    public record Invariants(
            boolean holds, long ledgerSum, long largestOverspend, long entries, List<String> violations) {}

    public Invariants invariants() {
        var sums = reports.sums();
        var violations = new ArrayList<String>();
        sums.wrongBalances().forEach(a -> violations.add(a + ": its balance is not the sum of its entries"));
        sums.negative().forEach(a -> violations.add(a + ": below zero"));
        if (sums.ledgerSum() != 0) {
            violations.add("the balances add up to " + sums.ledgerSum());
        }
        long overspend = accountant.largestOverspend();
        if (overspend > 0) {
            violations.add("a lease settled more than it held");
        }
        return new Invariants(violations.isEmpty(), sums.ledgerSum(), overspend, sums.entries(), violations);
    }

    public Pace pace() {
        return pace;
    }

    public Ids ids() {
        return ids;
    }

    @Override
    public void close() {
        try {
            sources.close();
            outsideRaters.close();
            if (journal.stopped().isEmpty()) {
                journal.flush();
            }
            learning.keepAll(accountant.position(), time.instant());
            journal.close();
            booking.keepImage(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            posts.close();
            desk.close();
            learnedStore.close();
            paceStore.close();
            findings.close();
            disputes.close();
            reconciliations.close();
            webhooks.close();
            lift.close();
            pictures.close();
            adcp.close();
            landings.close();
            invoices.ifPresent(Invoices::close);
            repository.ifPresent(Repository::close);
            sealing.ifPresent(Sealing::close);
            reports.close();
            ledgerStore.close();
            bookStore.close();
        }
    }
}
