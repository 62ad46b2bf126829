package mizan.server.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.FrequencyCap;
import mizan.core.campaign.PlacementId;
import mizan.core.decision.Explanation;
import mizan.core.frequency.FrequencyCounts;
import mizan.core.prediction.ClickPredictor;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.Fact;

/// Carries the journal into the ledger, and into what this node remembers of viewers and clicks.
public final class FoldJournal {
    private static final int MAX_BATCH = 5_000;
    private static final int MAX_REMEMBERED = 100_000;
    private static final int COUNTED_ONE_BY_ONE = 500;
    private final FactLog log;
    private final Accountant accountant;
    private final Snapshots snapshots;
    private final FrequencyCounts counts;
    private final Learning learning;
    private final Signals signals;
    private final ClickDelays delays;
    private final SeenTraffic seen;
    private final Map<ImpressionId, ShownTo> shownTo = new LinkedHashMap<>();

    private final RecentDecisions recent = new RecentDecisions();
    private final HiddenAds hidden = new HiddenAds();
    private volatile Folded folded = (_, _, _) -> {};
    private final AtomicLong broken = new AtomicLong();

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
    public void then(Folded next) {
        folded = next;
    }

    /// @param heard which events of it were learned: a browser may report one twice
    private record ShownTo(
            Impression impression,
            PlacementId placement,
            Optional<String> viewer,
            Optional<ClickPredictor.Shown> learned,
            Set<AdEvent.Kind> heard) {
        boolean first(AdEvent.Kind kind) {
            return heard.add(kind);
        }
    }

    public FoldJournal(FactLog log, Accountant accountant, Snapshots snapshots, LiveState live, Learning learning) {
        this.log = log;
        this.accountant = accountant;
        this.snapshots = snapshots;
        this.counts = live.counts();
        this.signals = live.signals();
        this.learning = learning;
        this.delays = live.delays();
        this.seen = live.pace().seen();
    }

    /// Folds what is durable and not yet folded, up to one batch. Answers whether there was anything.
    public synchronized boolean fold() {
        long from = accountant.position();
        var facts = new ArrayList<Fact>();
        long to = log.read(from, fact -> {
            facts.add(fact);
            return facts.size() < MAX_BATCH;
        });
        if (to == from) {
            return false;
        }
        accountant.fold(facts.stream().map(this::withReasons).toList(), to);
        facts.stream().filter(Fact.Decided.class::isInstance).forEach(_ -> seen.feed());
        facts.forEach(this::learn);
        folded.folded(from, facts, to);
        return true;
    }

    /// One decision in so many speaks for all of them where the ad groups are counted that were matched and
    /// not examined: everything in a small book, and in a large one so few that a decision costs no more on
    /// average. `GET /v1/decisions/{id}/explanation` is exact for each decision, whatever this says.
    public int sampledOneIn() {
        int groups = snapshots.current().snapshot().size();
        return groups <= COUNTED_ONE_BY_ONE ? 1 : Math.max(16, groups / 150);
    }

    /// Adds the reasons of the losers: of those examined from the record, of those passed over from a seeded
    /// sample of decisions.
    private Fact withReasons(Fact fact) {
        if (!(fact instanceof Fact.Decided(var position, var record, var written))) {
            return fact;
        }
        var snapshot = snapshots.current().snapshot();
        var all = new HashMap<CampaignId, Map<String, Integer>>();
        written.forEach((campaign, codes) -> all.put(campaign, new HashMap<>(codes)));
        for (var one : record.facts()) {
            if (!one.outcome().isEmpty()) {
                snapshot.entry(one.adGroup())
                        .ifPresent(entry -> add(all, entry.campaign().id(), one.outcome(), 1));
            }
        }
        int weight = sampledOneIn();
        if (Long.remainderUnsigned(record.seed(), weight) == 0
                && snapshot.book().placements().containsKey(record.placement())) {
            Explanation.passedOver(record, snapshot)
                    .forEach((campaign, codes) ->
                            codes.forEach((code, times) -> add(all, campaign, code, times * weight)));
            seen.asked(all.keySet());
        }
        return new Fact.Decided(position, record, all);
    }

    private static void add(Map<CampaignId, Map<String, Integer>> all, CampaignId campaign, String code, int times) {
        all.computeIfAbsent(campaign, _ -> new HashMap<>()).merge(code, times, Integer::sum);
    }

    /// Reads the last days again after a start, so that caps hold across it.
    public synchronized void remember(Instant since) {
        log.read(0, fact -> {
            if (fact.position() < accountant.position() && !at(fact).isBefore(since)) {
                learn(fact);
            }
            return true;
        });
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
            case Fact.Decided(var position, var record, var _) -> {
                recent.decided(position, record);
                decided(record);
            }
            case Fact.Happened(var position, var event) -> happened(position, event);
            case Fact.PostChanged _ -> {}
        }
    }

    private void decided(DecisionRecord record) {
        var snapshot = snapshots.current().snapshot();
        var book = snapshot.book();
        broken.addAndGet(Explanation.breaches(record, snapshot));
        var placement = book.placements().get(record.placement());
        var impressions = record.impressions().stream()
                .sorted(Comparator.comparingInt(Impression::afterPost))
                .toList();
        for (int nth = 0; nth < impressions.size(); nth++) {
            var impression = impressions.get(nth);
            var ad = book.ads().get(impression.ad());
            var learned = placement == null || ad == null
                    ? Optional.<ClickPredictor.Shown>empty()
                    : Optional.of(new ClickPredictor.Shown(
                            signals.ad(book, ad),
                            Signals.page(placement, record.viewer(), record.posts(), record.at()),
                            placement.positionFactor(nth),
                            record.at()));
            rememberShown(new ShownTo(
                    impression,
                    record.placement(),
                    record.viewer().key(),
                    learned,
                    EnumSet.noneOf(AdEvent.Kind.class)));
        }
    }

    /// Ads found beside a post that their terms exclude, in every decision folded since the start and the
    /// days before it that were read again. Anything but 0 is a bug.
    public long brokenTerms() {
        return broken.get();
    }

    private void rememberShown(ShownTo shown) {
        shownTo.put(shown.impression().id(), shown);
        if (shownTo.size() > MAX_REMEMBERED) {
            var oldest = shownTo.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private void happened(long position, AdEvent event) {
        var shown = shownTo.get(event.impression());
        if (shown == null || !shown.first(event.kind())) {
            return;
        }
        var impression = shown.impression();
        switch (event.kind()) {
            case RENDERED -> {
                shown.learned()
                        .ifPresent(l -> learning.rendered(
                                position, l, impression.campaign().value(), shown.viewer(), event.at()));
                shown.viewer()
                        .ifPresent(viewer -> scopes(impression)
                                .forEach(scope -> counts.count(
                                        viewer, scope, impression.id().value(), event.at())));
            }
            case CLICK -> {
                shown.learned().ifPresent(l -> learning.clicked(position, l));
                delays.clicked(shown.placement(), Duration.between(impression.servedAt(), event.at()));
            }
            case HIDE -> shown.viewer().ifPresent(viewer -> hidden.hide(viewer, impression.ad()));
            case VIEWABLE -> {}
        }
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
