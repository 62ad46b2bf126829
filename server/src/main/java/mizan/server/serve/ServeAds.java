package mizan.server.serve;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.Placement;
import mizan.core.decision.Decider;
import mizan.core.decision.Decision;
import mizan.core.decision.Outcome;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Viewer;
import mizan.core.frequency.FrequencyCounts;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.EmptySlot;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.LeaseRequest;
import mizan.server.accounting.Leases;
import mizan.server.accounting.Tokens;
import mizan.server.http.Ids;
import mizan.server.journal.Journal;

/// Serves one feed: decide, hold the money, write it down, answer.
public final class ServeAds {
    /// How long a refused budget is left alone.
    private static final java.time.Duration ASK_AGAIN = java.time.Duration.ofSeconds(5);

    /// Leases asked for in one decision, those of the highest bids first; the others wait for the next.
    private static final int MAX_REQUESTS = 64;

    private final Snapshots snapshots;
    private final LiveState live;
    private final Leases leases;
    private final Accountant accountant;
    private final FrequencyCounts counts;
    private final Journal journal;
    private final Tokens tokens;
    private final LeaseRules rules;
    private final InstantSource time;
    private final RandomGenerator random;
    private final Ids ids;

    public ServeAds(
            Snapshots snapshots,
            LiveState live,
            Accountant accountant,
            Journal journal,
            Tokens tokens,
            LeaseRules rules,
            InstantSource time,
            RandomGenerator random,
            Ids ids) {
        this.snapshots = snapshots;
        this.live = live;
        this.leases = live.leases();
        this.counts = live.counts();
        this.accountant = accountant;
        this.journal = journal;
        this.tokens = tokens;
        this.rules = rules;
        this.time = time;
        this.random = random;
        this.ids = ids;
    }

    public Answered serve(Placement placement, Viewer viewer, List<FeedPost> posts) {
        // As precise as the record keeps it, so that deciding again from the record meets the same instant.
        var now = time.instant().truncatedTo(ChronoUnit.MICROS);
        var snapshot = snapshots.current().snapshot();
        var request = new FeedRequest(placement, viewer, posts);
        long seed;
        synchronized (random) {
            seed = random.nextLong();
        }
        var facts = live.at(snapshot);
        var decision = Decider.decide(request, snapshot, facts, now, seed);
        if (topUp(decision, snapshot, now)) {
            decision = Decider.decide(request, snapshot, facts, now, seed);
        }
        var record = funded(request, snapshot, decision, now, seed);
        // Durable together with the first event that refers to it: the journal keeps their order.
        journal.append(
                FactCodec.DECISION, FactCodec.decision(DecisionCodec.write(record), reasons(decision, snapshot)));
        reserveCaps(viewer, record.impressions(), snapshot, now);
        var shown = record.impressions().stream()
                .map(i -> new Answered.Shown(i, tokens.sign(token(i))))
                .toList();
        return new Answered(record, shown, record.empty());
    }

    /// Asks the ledger for the groups that matched and have run low. Answers whether one of them was out of
    /// money, so that deciding again may give another answer.
    private boolean topUp(Decision decision, Snapshot snapshot, Instant now) {
        var requests = new ArrayList<LeaseRequest>();
        boolean wasOut = false;
        for (var facts : decision.facts()) {
            var entry = snapshot.entry(facts.adGroup()).orElseThrow();
            var outcome = decision.outcomes().get(facts.adGroup());
            boolean out = outcome instanceof Outcome.BudgetSpent;
            if (requests.size() == MAX_REQUESTS || (!out && !(outcome instanceof Outcome.Won))) {
                continue;
            }
            var standing = leases.standing(facts.adGroup(), LeaseRules.needed(entry), now);
            if (standing.askForMore()) {
                requests.add(rules.request(entry, standing.lease().map(l -> l.id()), now));
                wasOut |= out;
            }
        }
        leases.ensure(requests, accountant::grant, now.plus(ASK_AGAIN));
        return wasOut;
    }

    /// Holds the money of each winner. One whose money went to another feed in the meantime leaves its slot
    /// empty; nothing moves.
    private DecisionRecord funded(FeedRequest request, Snapshot snapshot, Decision decision, Instant now, long seed) {
        var id = new DecisionId(ids.next(DecisionId.PREFIX));
        var impressions = new ArrayList<Impression>();
        var empty = new ArrayList<>(decision.empty());
        var unfunded = new ArrayList<String>();
        for (var winner : decision.winners()) {
            var hold = hold(winner, request.placement(), now);
            if (hold.isEmpty()) {
                unfunded.add(winner.adGroup().value());
                empty.add(new EmptySlot(winner.afterPost(), EmptySlot.Reason.BUDGET));
            } else {
                impressions.add(impression(id, winner, hold.get(), request.placement(), now));
            }
        }
        return new DecisionRecord(
                id,
                now,
                seed,
                snapshot.book().revision(),
                request.placement().id(),
                request.viewer(),
                request.posts(),
                decision.facts(),
                impressions,
                empty,
                unfunded);
    }

    private Optional<Leases.Hold> hold(Decision.Winner winner, Placement placement, Instant now) {
        return winner.chargeBy() == ChargeBy.CLICK
                ? leases.holdForClick(
                        winner.adGroup(),
                        winner.heldMicros(),
                        winner.priceMicros(),
                        live.delays().mean(placement.id()),
                        now)
                : leases.hold(winner.adGroup(), winner.heldMicros(), now);
    }

    private Impression impression(
            DecisionId decision, Decision.Winner winner, Leases.Hold hold, Placement placement, Instant now) {
        return new Impression(
                new ImpressionId(ids.next(ImpressionId.PREFIX)),
                decision,
                winner.afterPost(),
                winner.advertiser(),
                winner.campaign(),
                winner.adGroup(),
                winner.ad(),
                winner.creative(),
                winner.terms(),
                hold.lease(),
                hold.sequence(),
                winner.chargeBy(),
                winner.priceMicros(),
                winner.heldMicros(),
                winner.boundMicros(),
                placement.currency(),
                now,
                now.plus(rules.tokenLife()));
    }

    static Tokens.Token token(Impression i) {
        return new Tokens.Token(i.id(), i.ad(), i.lease(), i.sequence(), i.priceMicros(), i.chargeBy(), i.expiresAt());
    }

    private void reserveCaps(Viewer viewer, List<Impression> impressions, Snapshot snapshot, Instant now) {
        viewer.key().ifPresent(key -> {
            for (var impression : impressions) {
                scopes(snapshot, impression.adGroup())
                        .forEach(scope ->
                                counts.reserve(key, scope, impression.id().value(), now));
            }
        });
    }

    /// What is counted for an ad of this group: only what has a cap, so that nothing is kept about a viewer
    /// without need.
    static List<String> scopes(Snapshot snapshot, AdGroupId group) {
        Optional<Snapshot.Entry> entry = snapshot.entry(group);
        return entry.map(e -> e.caps().stream().map(c -> c.scope()).distinct().toList())
                .orElse(List.of());
    }

    private static Map<CampaignId, Map<String, Integer>> reasons(Decision decision, Snapshot snapshot) {
        var reasons = new HashMap<CampaignId, Map<String, Integer>>();
        decision.outcomes()
                .forEach((group, outcome) -> snapshot.entry(group)
                        .ifPresent(entry -> reasons.computeIfAbsent(
                                        entry.campaign().id(), _ -> new HashMap<>())
                                .merge(outcome.code(), 1, Integer::sum)));
        return reasons;
    }
}
