package mizan.core.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Bid;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.Placement;
import mizan.core.feed.FeedRequest;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.TermsVersion;
import mizan.core.suitability.Terms;
import mizan.core.targeting.Audience;

/// Every ad group's outcome in a past decision, found by deciding once more from the record. It costs
/// nothing when the ad is served.
public final class Explanation {
    private Explanation() {}

    public record Explained(Snapshot.Entry entry, Outcome outcome) {}

    /// @param snapshot compiled from the book at the record's revision
    /// @return winners in slot order, then the others in the order of ids
    public static List<Explained> of(DecisionRecord record, Snapshot snapshot) {
        var again = repeat(record, snapshot);
        var others = new PassedOver(
                record,
                snapshot,
                again.winners().size(),
                again.winners().stream()
                        .mapToLong(Decision.Winner::valueMicros)
                        .min()
                        .orElse(0));
        var explained = new ArrayList<Explained>();
        for (int i = 0; i < snapshot.entries().size(); i++) {
            var entry = snapshot.entry(i);
            var outcome = again.outcomes().get(entry.group().id());
            if (outcome instanceof Outcome.Won
                    && record.unfunded().contains(entry.group().id().value())) {
                outcome = new Outcome.LostHold();
            }
            explained.add(new Explained(entry, outcome != null ? outcome : others.outcome(i)));
        }
        explained.sort(Comparator.comparingInt(
                        (Explained e) -> e.outcome() instanceof Outcome.Won won ? won.afterPost() : Integer.MAX_VALUE)
                .thenComparing(e -> e.entry().group().id()));
        return List.copyOf(explained);
    }

    /// How often each campaign had a matching ad group that the decision did not examine, by the code of its
    /// outcome.
    public static Map<CampaignId, Map<String, Integer>> passedOver(DecisionRecord record, Snapshot snapshot) {
        var examined = record.facts().stream().map(CandidateFacts::adGroup).collect(Collectors.toSet());
        int placed = record.impressions().size() + record.unfunded().size();
        var others = new PassedOver(record, snapshot, placed, 0);
        var counts = new HashMap<CampaignId, Map<String, Integer>>();
        for (int i = others.matched.nextSetBit(0); i >= 0; i = others.matched.nextSetBit(i + 1)) {
            var entry = snapshot.entry(i);
            if (!examined.contains(entry.group().id())) {
                counts.computeIfAbsent(entry.campaign().id(), _ -> new HashMap<>())
                        .merge(others.outcome(i).code(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /// The outcomes of those that were not examined.
    private static final class PassedOver {
        private final DecisionRecord record;
        private final Snapshot snapshot;
        private final Placement placement;
        private final Audience audience;
        private final BitSet matched;
        private final int places;
        private final int placed;
        private final long lowest;

        PassedOver(DecisionRecord record, Snapshot snapshot, int placed, long lowest) {
            var request = request(record, snapshot);
            this.record = record;
            this.snapshot = snapshot;
            this.placement = request.placement();
            this.audience = Audience.of(request);
            this.matched = snapshot.matched(audience);
            this.places = Arrangement.capacity(placement, record.posts().size());
            this.placed = placed;
            this.lowest = lowest;
        }

        Outcome outcome(int ordinal) {
            var entry = snapshot.entry(ordinal);
            return matched.get(ordinal)
                    ? Judge.standing(entry, placement, record.viewer(), record.at())
                            .orElseGet(() -> outbid(entry))
                    : unmatched(entry, audience);
        }

        private Outcome outbid(Snapshot.Entry entry) {
            if (places == 0) {
                return new Outcome.NoRoom(record.posts().size());
            }
            // With places left, everyone who could reach the floor was examined: its pace kept this one below.
            return placed < places
                    ? new Outcome.PacedOut((double) placement.floorCpmMicros() / entry.boundMicros())
                    : new Outcome.Outranked(entry.boundMicros(), lowest, false);
        }
    }

    /// How many of a decision's ads stand beside a post that their terms exclude, judged from the record.
    /// Terms of another version than the one in the snapshot are not judged.
    public static long breaches(DecisionRecord record, Snapshot snapshot) {
        var adjacency = new Adjacency(record.posts(), 1);
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
        private final Map<String, Integer> shown = new HashMap<>();

        Recorded(DecisionRecord record, Snapshot snapshot) {
            for (var facts : record.facts()) {
                byGroup.put(facts.adGroup(), facts);
                var entry = snapshot.entry(facts.adGroup()).orElseThrow();
                for (int i = 0; i < entry.caps().size(); i++) {
                    var cap = entry.caps().get(i);
                    shown.put(
                            key(cap.scope(), cap.limit().window()),
                            facts.shown().get(i));
                }
            }
        }

        /// Those that were not examined then are not examined now; the others must not be left out for their
        /// bound.
        @Override
        public long boundMicros(int ordinal, Snapshot.Entry entry) {
            return byGroup.containsKey(entry.group().id()) ? Bid.MAX_MICROS : -1;
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
        public double multiplier(AdGroup group) {
            return recorded(byGroup.get(group.id())).multiplier();
        }

        @Override
        public double clickRate(Ad ad, Placement placement) {
            return recorded(byGroup.get(ad.adGroup())).clickRate();
        }
    }
}
