package mizan.server.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import mizan.core.campaign.FrequencyCap;
import mizan.core.decision.Explanation;
import mizan.core.frequency.FrequencyCounts;
import mizan.core.prediction.ClickPredictor;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.Fact;
import mizan.server.accounting.LedgerBatch;

/// Carries the journal into the ledger, and into what this node remembers of viewers and clicks.
public final class FoldJournal {
    private static final int MAX_BATCH = 5_000;
    private static final int MAX_REMEMBERED = 100_000;
    private final FactLog log;
    private final Accountant accountant;
    private final Snapshots snapshots;
    private final FrequencyCounts counts;
    private final Learning learning;
    private final Signals signals;
    private final ClickDelays delays;
    private final SeenTraffic seen;
    private final JudgeActivity judge = new JudgeActivity();
    /// Which events were learned of the impressions that were heard of last.
    private final Map<ImpressionId, Set<AdEvent.Kind>> heard = new LinkedHashMap<>();
    private final LiveState live;
    private final RecentDecisions recent = new RecentDecisions();
    private final HiddenAds hidden = new HiddenAds();
    private final List<Folded> next = new CopyOnWriteArrayList<>();
    private final AtomicLong broken = new AtomicLong();
    /// What the ledger may have taken although its commit failed.
    private Optional<JudgeActivity.Judged> doubtful = Optional.empty();

    /// Whoever reads the journal after the ledger.
    public interface Folded {
        /// Facts that the ledger has taken.
        ///
        /// @param from the position of the first of them, and `to` the one behind the last
        void folded(long from, List<Fact> facts, long to);
    }

    /// What viewers have hidden.
    public HiddenAds hidden() {
        return hidden;
    }

    /// A sample of the last days' decisions.
    public RecentDecisions recent() {
        return recent;
    }

    /// From now on, this hears of what was folded.
    public void then(Folded reader) {
        next.add(reader);
    }

    public FoldJournal(FactLog log, Accountant accountant, Snapshots snapshots, LiveState live, Learning learning) {
        this.log = log;
        this.accountant = accountant;
        this.snapshots = snapshots;
        this.live = live;
        this.counts = live.counts();
        this.signals = live.signals();
        this.learning = learning;
        this.delays = live.delays();
        this.seen = live.pace().seen();
    }

    /// Folds what is durable and not yet folded, up to one batch. Answers whether there was anything.
    ///
    /// @throws mizan.server.accounting.LedgerFailed when the ledger is away; it is folded the next time
    public synchronized boolean fold() {
        accountant.endDoubt();
        long from = accountant.position();
        doubtful.filter(judged -> judged.to() == from).ifPresent(this::follow);
        doubtful = Optional.empty();
        var read = new ArrayList<Fact>();
        long end = log.read(from, fact -> {
            read.add(fact);
            return read.size() < MAX_BATCH;
        });
        if (end == from) {
            return false;
        }
        var judged = judge.judge(from, read, end);
        doubtful = Optional.of(judged);
        accountant.fold(judged.facts(), judged.late(), losses(judged.facts()), judged.to());
        doubtful = Optional.empty();
        follow(judged);
        return true;
    }

    private void follow(JudgeActivity.Judged folded) {
        folded.facts().forEach(this::learn);
        live.learned().set(folded.to());
        next.forEach(reader -> reader.folded(folded.from(), folded.facts(), folded.to()));
    }

    private Map<LedgerBatch.LostBecause, Long> losses(List<Fact> facts) {
        long decisions = facts.stream().filter(Fact.Decided.class::isInstance).count();
        var losses = new Losses(snapshots.current().snapshot(), decisions);
        for (var fact : facts) {
            if (fact instanceof Fact.Decided decided) {
                losses.count(decided.record()).ifPresent(seen::asked);
                seen.feed();
            }
        }
        return losses.all();
    }

    /// Reads the last days again after a start, so that caps hold across it.
    public synchronized void remember(Instant since) {
        log.read(0, fact -> {
            if (fact.position() < accountant.position() && !at(fact).isBefore(since)) {
                learn(judge.again(fact));
            }
            return true;
        });
        live.learned().set(accountant.position());
    }

    private static Instant at(Fact fact) {
        return switch (fact) {
            case Fact.Decided decided -> decided.record().at();
            case Fact.Happened happened -> happened.event().at();
            case Fact.PostChanged changed -> changed.change().at();
        };
    }

    private void learn(Fact fact) {
        switch (fact) {
            case Fact.Decided(var position, var record) -> {
                recent.decided(position, record);
                broken.addAndGet(
                        Explanation.breaches(record, snapshots.current().snapshot()));
            }
            case Fact.Happened(var position, var event, var decision) ->
                decision.filter(_ -> event.invalid().isEmpty())
                        .ifPresent(decided -> happened(position, event, decided.record()));
            case Fact.PostChanged _ -> {}
        }
    }

    /// Ads found beside a post that their terms exclude, in every decision folded since the start and the
    /// days before it that were read again. Anything but 0 is a bug.
    public long brokenTerms() {
        return broken.get();
    }

    private void happened(long position, AdEvent event, DecisionRecord record) {
        var impressions = record.impressions();
        for (int nth = 0; nth < impressions.size(); nth++) {
            var impression = impressions.get(nth);
            if (impression.id().equals(event.impression()) && firstOfItsKind(event)) {
                happened(position, event, record, impression, nth);
            }
        }
    }

    /// A browser may report an event twice.
    private boolean firstOfItsKind(AdEvent event) {
        var kinds = heard.computeIfAbsent(event.impression(), _ -> EnumSet.noneOf(AdEvent.Kind.class));
        if (heard.size() > MAX_REMEMBERED) {
            heard.remove(heard.keySet().iterator().next());
        }
        return kinds.add(event.kind()) || event.kind().isChoice();
    }

    private void happened(long position, AdEvent event, DecisionRecord record, Impression impression, int nth) {
        var viewer = record.viewer().key();
        switch (event.kind()) {
            case RENDERED -> {
                learned(record, impression, nth)
                        .ifPresent(shown -> learning.rendered(
                                position, shown, impression.campaign().value(), viewer, event.at()));
                viewer.ifPresent(key -> scopes(impression)
                        .forEach(scope ->
                                counts.count(key, scope, impression.id().value(), event.at())));
            }
            case CLICK -> {
                learned(record, impression, nth).ifPresent(shown -> learning.clicked(position, shown));
                delays.clicked(record.placement(), Duration.between(impression.servedAt(), event.at()));
            }
            case HIDE -> viewer.ifPresent(key -> hidden.hide(key, impression.ad()));
            case HIDE_ADVERTISER -> viewer.ifPresent(key -> hidden.hide(key, impression.advertiser()));
            case SHOW_AGAIN -> viewer.ifPresent(key -> hidden.showAgain(key, impression.ad(), impression.advertiser()));
            case VIEWABLE -> {}
        }
    }

    /// What is learned from: the ad on its page, in its place among the ads.
    private Optional<ClickPredictor.Shown> learned(DecisionRecord record, Impression impression, int nth) {
        var book = snapshots.current().snapshot().book();
        var placement = book.placements().get(record.placement());
        var ad = book.ads().get(impression.ad());
        if (placement == null || ad == null) {
            return Optional.empty();
        }
        return Optional.of(new ClickPredictor.Shown(
                signals.ad(book, ad),
                Signals.page(placement, record.viewer(), record.posts(), record.at()),
                placement.positionFactor(nth),
                record.at()));
    }

    private List<String> scopes(Impression impression) {
        var snapshot = snapshots.current().snapshot();
        return ServeAds.limits(snapshot, impression.adGroup(), impression.ad()).stream()
                .map(FrequencyCounts.Limit::scope)
                .distinct()
                .toList();
    }

    /// How far back caps can look.
    public static final Duration CAP_MEMORY = FrequencyCap.LONGEST;
}
