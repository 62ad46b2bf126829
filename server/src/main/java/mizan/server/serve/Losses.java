package mizan.server.serve;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.campaign.CampaignId;
import mizan.core.decision.Explanation;
import mizan.core.decision.Snapshot;
import mizan.core.receipt.DecisionRecord;
import mizan.server.accounting.LedgerBatch;

/// Why ad groups lost in the decisions of one batch. Those examined are counted in each decision; those passed
/// over in a sample, chosen by the decisions' seeds, where each speaks for all of them.
final class Losses {
    private static final int COUNTED_ONE_BY_ONE = 500;
    private static final int FEWEST = 16;
    /// Looking at those passed over costs about as much as there are ad groups; spread over the decisions that are
    /// not looked at, it costs each the same.
    private static final int GROUPS_FOR_ONE = 150;
    /// So many decisions in one batch mean a busy server, and enough of them to look at fewer.
    private static final int BUSY = 100;
    private static final int FEWER_WHEN_BUSY = 8;

    private final Snapshot snapshot;
    private final int weight;
    private final Map<LocalDate, Map<CampaignId, Map<String, Long>>> byDay = new HashMap<>();

    /// @param decisions how many there are in the batch
    Losses(Snapshot snapshot, long decisions) {
        this.snapshot = snapshot;
        this.weight = sampledOneIn(snapshot.size(), decisions);
    }

    private static int sampledOneIn(int groups, long decisions) {
        if (groups <= COUNTED_ONE_BY_ONE) {
            return 1;
        }
        return Math.max(FEWEST, groups / GROUPS_FOR_ONE) * (decisions < BUSY ? 1 : FEWER_WHEN_BUSY);
    }

    /// Counts one decision.
    ///
    /// @return the campaigns that it suited, when it is of the sample
    Optional<Set<CampaignId>> count(DecisionRecord record) {
        var counts = byDay.computeIfAbsent(record.at().atOffset(ZoneOffset.UTC).toLocalDate(), _ -> new HashMap<>());
        for (var one : record.facts()) {
            if (!one.outcome().isEmpty()) {
                snapshot.entry(one.adGroup())
                        .ifPresent(entry -> add(counts, entry.campaign().id(), one.outcome(), 1));
            }
        }
        if (Long.remainderUnsigned(record.seed(), weight) != 0
                || !snapshot.book().placements().containsKey(record.placement())) {
            return Optional.empty();
        }
        var asked = new HashSet<CampaignId>();
        Explanation.passedOver(record, snapshot).forEach((campaign, codes) -> {
            asked.add(campaign);
            codes.forEach((code, times) -> add(counts, campaign, code, (long) times * weight));
        });
        for (var one : record.facts()) {
            snapshot.entry(one.adGroup())
                    .ifPresent(entry -> asked.add(entry.campaign().id()));
        }
        return Optional.of(asked);
    }

    private static void add(Map<CampaignId, Map<String, Long>> counts, CampaignId campaign, String code, long times) {
        counts.computeIfAbsent(campaign, _ -> new HashMap<>()).merge(code, times, Long::sum);
    }

    Map<LedgerBatch.LostBecause, Long> all() {
        var all = new HashMap<LedgerBatch.LostBecause, Long>();
        byDay.forEach((day, campaigns) -> campaigns.forEach((campaign, codes) ->
                codes.forEach((code, times) -> all.put(new LedgerBatch.LostBecause(day, campaign, code), times))));
        return all;
    }
}
