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
import mizan.core.decision.Explanation;
import mizan.core.frequency.FrequencyCounts;
import mizan.core.prediction.ClickPredictor;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.Fact;
import mizan.server.journal.Journal;

/// Carries the journal into the ledger, and into what this node remembers of viewers and clicks.
public final class FoldJournal {
    private static final int MAX_BATCH = 5_000;
    private static final int MAX_REMEMBERED = 100_000;
    private static final int COUNTED_ONE_BY_ONE = 500;
    private final Journal journal;
    private final Accountant accountant;
    private final Snapshots snapshots;
    private final FrequencyCounts counts;
    private final Learning learning;
    private final Signals signals;
    private final Map<ImpressionId, ShownTo> shownTo = new LinkedHashMap<>();

    private final AtomicLong broken = new AtomicLong();

    /// @param heard which events of it were learned: a browser may report one twice
    private record ShownTo(
            Impression impression,
            Optional<String> viewer,
            Optional<ClickPredictor.Shown> learned,
            Set<AdEvent.Kind> heard) {
        boolean first(AdEvent.Kind kind) {
            return heard.add(kind);
        }
    }

    public FoldJournal(Journal journal, Accountant accountant, Snapshots snapshots, LiveState live, Learning learning) {
        this.journal = journal;
        this.accountant = accountant;
        this.snapshots = snapshots;
        this.counts = live.counts();
        this.signals = live.signals();
        this.learning = learning;
    }

    /// Folds what is durable and not yet folded, up to one batch. Answers whether there was anything.
    public synchronized boolean fold() {
        long from = accountant.position();
        var facts = new ArrayList<Fact>();
        long to = journal.read(from, entry -> {
            FactCodec.read(entry).ifPresent(facts::add);
            return facts.size() < MAX_BATCH;
        });
        if (to == from) {
            return false;
        }
        accountant.fold(facts.stream().map(this::withThosePassedOver).toList(), to);
        facts.forEach(this::learn);
        return true;
    }

    /// Adds the ad groups that the decision did not need to examine to the reasons of the losers. In a large
    /// book one decision in sixteen speaks for sixteen.
    private Fact withThosePassedOver(Fact fact) {
        var snapshot = snapshots.current().snapshot();
        int weight = snapshot.entries().size() <= COUNTED_ONE_BY_ONE ? 1 : 16;
        if (!(fact instanceof Fact.Decided(var position, var record, var reasons))
                || record.seed() % weight != 0
                || !snapshot.book().placements().containsKey(record.placement())) {
            return fact;
        }
        var all = new HashMap<CampaignId, Map<String, Integer>>();
        reasons.forEach((campaign, codes) -> all.put(campaign, new HashMap<>(codes)));
        Explanation.passedOver(record, snapshot)
                .forEach((campaign, codes) -> codes.forEach((code, times) ->
                        all.computeIfAbsent(campaign, _ -> new HashMap<>()).merge(code, times * weight, Integer::sum)));
        return new Fact.Decided(position, record, all);
    }

    /// Reads the last days again after a start, so that caps hold across it.
    public synchronized void remember(Instant since) {
        journal.read(0, entry -> {
            if (entry.start() < accountant.position()) {
                FactCodec.read(entry).filter(f -> !at(f).isBefore(since)).ifPresent(this::learn);
            }
            return true;
        });
    }

    private static Instant at(Fact fact) {
        return switch (fact) {
            case Fact.Decided decided -> decided.record().at();
            case Fact.Happened happened -> happened.event().at();
        };
    }

    private void learn(Fact fact) {
        switch (fact) {
            case Fact.Decided(var _, var record, var _) -> decided(record);
            case Fact.Happened(var position, var event) -> happened(position, event);
        }
    }

    private void decided(DecisionRecord record) {
        var book = snapshots.current().snapshot().book();
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
            rememberShown(new ShownTo(impression, record.viewer().key(), learned, EnumSet.noneOf(AdEvent.Kind.class)));
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
            case CLICK -> shown.learned().ifPresent(l -> learning.clicked(position, l));
            case VIEWABLE, HIDE -> {}
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
