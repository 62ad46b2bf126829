package mizan.core.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.ChargeBy;
import mizan.core.feed.FeedRequest;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Impression;
import mizan.core.receipt.TermsVersion;
import mizan.core.suitability.Terms;
import mizan.core.targeting.Audience;
import mizan.core.targeting.Criterion;

/// Every ad group's outcome in a past decision, found by deciding once more from the record. It costs
/// nothing when the ad is served.
public final class Explanation {
    private static final Set<String> NEEDS_CONSENT = Arrays.stream(Criterion.values())
            .filter(Criterion::needsConsent)
            .map(Criterion::code)
            .collect(Collectors.toUnmodifiableSet());

    private Explanation() {}

    public record Explained(Snapshot.Entry entry, Outcome outcome) {}

    /// @param snapshot compiled from the book at the record's revision
    /// @return winners in slot order, then the others in the order of ids
    public static List<Explained> of(DecisionRecord record, Snapshot snapshot) {
        var again = repeat(record, snapshot);
        var known = again.outcomes();
        var others = new PassedOver(
                record,
                snapshot,
                again.winners().stream()
                        .mapToLong(Decision.Winner::valueMicros)
                        .min()
                        .orElse(0));
        var explained = new ArrayList<Explained>();
        snapshot.ordinals().forEach(i -> {
            var entry = snapshot.entry(i);
            var outcome = known.get(entry.group().id());
            if (outcome instanceof Outcome.Won
                    && record.unfunded().contains(entry.group().id().value())) {
                outcome = new Outcome.LostHold();
            }
            explained.add(new Explained(entry, outcome != null ? outcome : others.outcome(i, entry)));
        });
        explained.sort(Comparator.comparingInt(
                        (Explained e) -> e.outcome() instanceof Outcome.Won won ? won.afterPost() : Integer.MAX_VALUE)
                .thenComparing(e -> e.entry().group().id()));
        return List.copyOf(explained);
    }

    /// How often each campaign had a matching ad group that the decision did not examine, by the code of its
    /// outcome.
    public static Map<CampaignId, Map<String, Integer>> passedOver(DecisionRecord record, Snapshot snapshot) {
        var examined = record.facts().stream().map(CandidateFacts::adGroup).collect(Collectors.toSet());
        var others = new PassedOver(record, snapshot, 0);
        var counts = new HashMap<CampaignId, Map<String, Integer>>();
        for (int i = others.matched.nextSetBit(0); i >= 0; i = others.matched.nextSetBit(i + 1)) {
            var entry = snapshot.entry(i);
            if (!examined.contains(entry.group().id())) {
                counts.computeIfAbsent(entry.campaign().id(), _ -> new HashMap<>())
                        .merge(others.outcome(i, entry).code(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /// The outcomes of those that were not examined.
    private static final class PassedOver {
        private final DecisionRecord record;
        private final FeedRequest request;
        private final Audience audience;
        private final BitSet matched;
        private final Judge judge;
        private final boolean noRoom;
        private final long lowest;

        PassedOver(DecisionRecord record, Snapshot snapshot, long lowest) {
            this.record = record;
            this.request = request(record, snapshot);
            this.audience = Audience.of(request, record.at());
            this.matched = snapshot.matched(audience);
            var room = Room.of(request);
            var adjacency = new Adjacency(request, room.firstSlot());
            this.judge = new Judge(request, room, adjacency, record.at(), record.seed());
            this.noRoom = room.maxAds() == 0;
            this.lowest = lowest;
        }

        Outcome outcome(int ordinal, Snapshot.Entry entry) {
            return matched.get(ordinal)
                    ? judge.standing(entry).orElseGet(() -> onThePage(entry))
                    : unmatched(entry, audience);
        }

        private Outcome onThePage(Snapshot.Entry entry) {
            return noRoom
                    ? new Outcome.NoRoom(record.posts().size())
                    : judge.barred(entry).orElseGet(() -> outbid(entry));
        }

        private Outcome outbid(Snapshot.Entry entry) {
            if (record.stopped().isEmpty()) {
                return belowFloor(entry);
            }
            var stopped = record.stopped().get();
            // Of the tier where the search stopped, or of one behind it, of which no bound was needed.
            boolean bounded = entry.campaign().tier() == stopped.tier();
            long most = bounded ? Math.min(entry.boundMicros(), stopped.boundMicros()) : entry.boundMicros();
            return new Outcome.Outranked(most, lowest, false);
        }

        /// Everyone who could reach the floor was examined: pace, or for clicks the promised rate too, kept
        /// this one below.
        private Outcome belowFloor(Snapshot.Entry entry) {
            long floor = request.placement().floorCpmMicros();
            return entry.group().bid().chargeBy() == ChargeBy.CLICK
                    ? new Outcome.BelowFloor(Math.min(entry.boundMicros(), floor - 1), floor)
                    : new Outcome.PacedOut((double) floor / entry.boundMicros());
        }
    }

    /// How many of a decision's ads stand beside a post that their terms exclude, judged from the record.
    /// Terms of another version than the one in the snapshot are not judged.
    public static long breaches(DecisionRecord record, Snapshot snapshot) {
        long breaches = 0;
        boolean continued = record.session().continued();
        for (var one : record.impressions()) {
            var breach = placedBy(one, snapshot)
                    .flatMap(e -> Adjacency.breach(record.posts(), continued, e.terms(), one.afterPost()));
            breaches += breach.filter(b -> !b.postId().isEmpty()).isPresent() ? 1 : 0;
        }
        return breaches;
    }

    /// How many of a decision's ads [#breaches] judges.
    public static long judged(DecisionRecord record, Snapshot snapshot) {
        return record.impressions().stream()
                .filter(i -> placedBy(i, snapshot).isPresent())
                .count();
    }

    /// The ad group, when its terms are still those by which the ad was placed.
    private static Optional<Snapshot.Entry> placedBy(Impression impression, Snapshot snapshot) {
        return snapshot.entry(impression.adGroup())
                .filter(e ->
                        e.terms().map(Terms::version).equals(impression.terms().map(TermsVersion::version)));
    }

    /// The same decision again: same request, book, facts, instant and seed.
    public static Decision repeat(DecisionRecord record, Snapshot snapshot) {
        return Decider.repeat(
                request(record, snapshot), snapshot, record.facts(), record.stopped(), record.at(), record.seed());
    }

    static FeedRequest request(DecisionRecord record, Snapshot snapshot) {
        var placement = snapshot.book().placements().get(record.placement());
        if (placement == null) {
            throw new IllegalStateException(
                    "the book at revision " + record.bookRevision() + " lacks " + record.placement());
        }
        return record.request(placement);
    }

    private static Outcome unmatched(Snapshot.Entry entry, Audience audience) {
        var criterion = audience.misses(
                        entry.group().targeting(), entry.advertiser().timeZone())
                .orElse("targeting");
        return NEEDS_CONSENT.contains(criterion) && !audience.personalised()
                ? new Outcome.NoConsent()
                : new Outcome.NotTargeted(criterion);
    }
}
