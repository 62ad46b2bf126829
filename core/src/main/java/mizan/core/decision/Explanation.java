package mizan.core.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.Placement;
import mizan.core.feed.FeedRequest;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.TermsVersion;
import mizan.core.suitability.Terms;
import mizan.core.targeting.Audience;

/// Every ad group's outcome in a past decision, found by deciding once more from the record. It costs nothing
/// when the
/// ad is served.
public final class Explanation {
    private Explanation() {}

    public record Explained(Snapshot.Entry entry, Outcome outcome) {}

    /// @param snapshot compiled from the book at the record's revision
    /// @return winners in slot order, then the others by outcome, in the order of ids
    public static List<Explained> of(DecisionRecord record, Snapshot snapshot) {
        var again = repeat(record, snapshot);
        var audience = Audience.of(request(record, snapshot));
        var explained = new ArrayList<Explained>();
        for (var entry : snapshot.entries()) {
            var outcome = again.outcomes().get(entry.group().id());
            if (outcome instanceof Outcome.Won
                    && record.unfunded().contains(entry.group().id().value())) {
                outcome = new Outcome.LostHold();
            }
            explained.add(new Explained(entry, outcome != null ? outcome : unmatched(entry, audience)));
        }
        explained.sort(Comparator.comparingInt(e -> e.outcome() instanceof Outcome.Won won ? won.afterPost() : 1_000));
        return List.copyOf(explained);
    }

    /// How many of a decision's ads stand beside a post that their terms exclude, judged from the record.
    /// Terms of another version
    /// than the one in the snapshot are not judged.
    public static long breaches(DecisionRecord record, Snapshot snapshot) {
        var adjacency = new Adjacency(record.posts());
        return record.impressions().stream()
                .filter(i -> snapshot.entry(i.adGroup())
                        .filter(e ->
                                e.terms().map(Terms::version).equals(i.terms().map(TermsVersion::version)))
                        .flatMap(e -> adjacency.breach(e.terms(), i.afterPost()))
                        .isPresent())
                .count();
    }

    /// The same decision again: same request, book, facts, instant and seed.
    public static Decision repeat(DecisionRecord record, Snapshot snapshot) {
        return Decider.decide(
                request(record, snapshot), snapshot, new Recorded(record, snapshot), record.at(), record.seed());
    }

    private static FeedRequest request(DecisionRecord record, Snapshot snapshot) {
        var placement = snapshot.book().placements().get(record.placement());
        if (placement == null) {
            throw new IllegalStateException(
                    "the book at revision " + record.bookRevision() + " lacks " + record.placement());
        }
        return new FeedRequest(placement, record.viewer(), record.posts());
    }

    private static Outcome unmatched(Snapshot.Entry entry, Audience audience) {
        var criterion = audience.misses(entry.group().targeting()).orElse("targeting");
        return criterion.equals("interests") && !audience.personalised()
                ? new Outcome.NoConsent()
                : new Outcome.NotTargeted(criterion);
    }

    /// The facts of the record in place of the live ones.
    private static final class Recorded implements Live {
        private final Map<AdGroupId, CandidateFacts> byGroup = new HashMap<>();
        private final Map<CampaignId, Double> multipliers = new HashMap<>();
        private final Map<String, Integer> shown = new HashMap<>();

        Recorded(DecisionRecord record, Snapshot snapshot) {
            for (var facts : record.facts()) {
                byGroup.put(facts.adGroup(), facts);
                var entry = snapshot.entry(facts.adGroup()).orElseThrow();
                multipliers.put(entry.campaign().id(), facts.multiplier());
                for (int i = 0; i < entry.caps().size(); i++) {
                    var cap = entry.caps().get(i);
                    shown.put(
                            key(cap.scope(), cap.limit().window()),
                            facts.shown().get(i));
                }
            }
        }

        private static String key(String scope, Duration window) {
            return scope + "/" + window;
        }

        private static <T> T recorded(@org.jspecify.annotations.Nullable T fact) {
            if (fact == null) {
                throw new IllegalStateException("the record lacks a fact that the decision asks for");
            }
            return fact;
        }

        @Override
        public Available available(AdGroupId group) {
            var facts = recorded(byGroup.get(group));
            return new Available(facts.availableMicros(), facts.limit());
        }

        @Override
        public int shown(String viewerKey, String scope, Duration window, Instant now) {
            return recorded(shown.get(key(scope, window)));
        }

        @Override
        public double multiplier(CampaignId campaign) {
            return recorded(multipliers.get(campaign));
        }

        @Override
        public double clickRate(Ad ad, Placement placement) {
            return recorded(byGroup.get(ad.adGroup())).clickRate();
        }
    }
}
