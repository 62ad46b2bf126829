package mizan.server.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.PlacementId;
import mizan.core.decision.Explanation;
import mizan.core.decision.Snapshot;
import mizan.core.frequency.FrequencyCounts;
import mizan.core.prediction.ClickRates;
import mizan.core.receipt.AdEvent;
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
    private final ClickRates clicks;
    private final ClickDelays delays;
    private final SeenTraffic seen;
    private final Map<ImpressionId, ShownTo> shownTo = new LinkedHashMap<>();

    private final AtomicLong broken = new AtomicLong();

    private record ShownTo(Impression impression, PlacementId placement, String viewer) {}

    public FoldJournal(Journal journal, Accountant accountant, Snapshots snapshots, LiveState live) {
        this.journal = journal;
        this.accountant = accountant;
        this.snapshots = snapshots;
        this.counts = live.counts();
        this.clicks = live.clicks();
        this.delays = live.delays();
        this.seen = live.pace().seen();
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
        facts.stream().filter(Fact.Decided.class::isInstance).forEach(_ -> seen.feed());
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
        seen.asked(all.keySet());
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
            case Fact.Decided(var _, var record, var _) ->
                record.impressions()
                        .forEach(i -> rememberShown(new ShownTo(
                                i, record.placement(), record.viewer().key().orElse(""))));
            case Fact.Happened(var _, var event) -> happened(event);
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

    private void happened(AdEvent event) {
        var shown = shownTo.get(event.impression());
        if (shown == null) {
            return;
        }
        var impression = shown.impression();
        switch (event.kind()) {
            case RENDERED -> {
                clicks.seen(impression.ad().value(), impression.campaign().value(), 1, 0);
                if (!shown.viewer().isEmpty()) {
                    scopes(impression)
                            .forEach(scope -> counts.count(
                                    shown.viewer(), scope, impression.id().value(), event.at()));
                }
            }
            case CLICK -> {
                clicks.seen(impression.ad().value(), impression.campaign().value(), 0, 1);
                delays.clicked(shown.placement(), Duration.between(impression.servedAt(), event.at()));
            }
            case VIEWABLE, HIDE -> {}
        }
    }

    private List<String> scopes(Impression impression) {
        Snapshot snapshot = snapshots.current().snapshot();
        return ServeAds.scopes(snapshot, impression.adGroup());
    }

    /// How far back caps can look.
    public static final Duration CAP_MEMORY = Duration.ofDays(7);
}
