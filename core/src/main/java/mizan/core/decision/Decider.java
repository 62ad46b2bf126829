package mizan.core.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Placement;
import mizan.core.feed.FeedRequest;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.EmptySlot;
import mizan.core.receipt.TermsVersion;
import mizan.core.targeting.Audience;

/// Decides which ads enter one feed. Read this first: the whole decision, in order.
///
/// Pure: the same request, snapshot, live facts, instant and seed give the same decision, so an auditor can
/// repeat it.
public final class Decider {
    private final FeedRequest request;
    private final Placement placement;
    private final List<CandidateFacts> facts = new ArrayList<>();
    private final Map<AdGroupId, Outcome> outcomes = new HashMap<>();
    private final List<Bidder> bidders = new ArrayList<>();
    private final List<BitSet> allowed = new ArrayList<>();

    private Decider(FeedRequest request) {
        this.request = request;
        this.placement = request.placement();
    }

    public static Decision decide(FeedRequest request, Snapshot snapshot, Live live, Instant now, long seed) {
        var decider = new Decider(request);
        var judge = new Judge(request.placement(), request.viewer(), live, now, seed);
        decider.compete(
                snapshot,
                judge,
                live,
                new Adjacency(request.posts(), request.placement().firstSlot()));
        var settled = decider.settle();
        var winners = decider.price(settled);
        decider.explainLosers(settled.best(), winners);
        return new Decision(winners, decider.emptySlots(settled.best()), decider.facts, decider.outcomes);
    }

    /// Looks at the matching ad groups, those that can be worth most first, until nobody behind can win a
    /// slot or move a price.
    private void compete(Snapshot snapshot, Judge judge, Live live, Adjacency adjacency) {
        if (Arrangement.capacity(placement, request.posts().size()) == 0) {
            return;
        }
        var candidates = snapshot.candidates(Audience.of(request, judge.now()));
        var shortlist = Shortlist.of(candidates, snapshot, live, placement.floorCpmMicros(), judge.seed());
        for (int batch = Shortlist.FIRST; shortlist.hasNext(); batch *= 4) {
            for (int i = 0; i < batch && shortlist.hasNext(); i++) {
                int ordinal = shortlist.next();
                var entry = snapshot.entry(ordinal);
                if (judge.standing(entry).isEmpty()) {
                    examine(judge.judge(ordinal, entry), adjacency);
                }
            }
            if (shortlist.hasNext() && settledAgainst(shortlist.peek(), snapshot, live)) {
                break;
            }
        }
        facts.sort(Comparator.comparing(CandidateFacts::adGroup));
    }

    private boolean settledAgainst(int next, Snapshot snapshot, Live live) {
        var entry = snapshot.entry(next);
        var tier = entry.campaign().tier();
        long bound = live.boundMicros(next, entry);
        var settled = settle();
        return settled.arrangement().settled(settled.best(), Optional.empty(), tier, bound)
                && settled.without().entrySet().stream()
                        .allMatch(
                                w -> settled.arrangement().settled(w.getValue(), Optional.of(w.getKey()), tier, bound));
    }

    /// The best arrangement of the bidders so far, and for the prices the best one without each winner's
    /// advertiser.
    private record Settled(
            Arrangement arrangement, Arrangement.Solution best, Map<AdvertiserId, Arrangement.Solution> without) {}

    private Settled settle() {
        var arrangement = new Arrangement(placement, request.posts().size(), bidders, allowed);
        var best = arrangement.solve();
        var without = new HashMap<AdvertiserId, Arrangement.Solution>();
        for (var placed : best.placed()) {
            var advertiser = placed.bidder().advertiser();
            without.put(advertiser, arrangement.solveWithout(advertiser));
        }
        return new Settled(arrangement, best, without);
    }

    private void examine(Judge.Judged judged, Adjacency adjacency) {
        facts.add(judged.facts());
        judged.refused().ifPresent(r -> outcomes.put(judged.facts().adGroup(), r));
        judged.bidder().ifPresent(bidder -> {
            var slots = adjacency.allowed(bidder.entry().rules());
            if (slots.isEmpty()) {
                outcomes.put(bidder.group(), excluded(bidder, adjacency));
                return;
            }
            bidders.add(bidder);
            allowed.add(slots);
        });
    }

    private Outcome excluded(Bidder bidder, Adjacency adjacency) {
        return new Outcome.Excluded(
                adjacency.breach(bidder.entry().terms(), placement.firstSlot()).orElseThrow());
    }

    private List<Decision.Winner> price(Settled settled) {
        var winners = new ArrayList<Decision.Winner>();
        for (var placed : settled.best().placed()) {
            var without = Optional.ofNullable(
                            settled.without().get(placed.bidder().advertiser()))
                    .orElseThrow();
            var price = Prices.of(placed, placement, settled.best(), without);
            var winner = winner(placed, price);
            winners.add(winner);
            outcomes.put(
                    winner.adGroup(),
                    new Outcome.Won(
                            winner.afterPost(), winner.priceMicros(), winner.valueMicros(), winner.boundMicros()));
        }
        return winners;
    }

    private Decision.Winner winner(Arrangement.Placed placed, Prices.Price price) {
        var bidder = placed.bidder();
        var entry = bidder.entry();
        return new Decision.Winner(
                placed.afterPost(),
                bidder.advertiser(),
                entry.campaign().id(),
                bidder.group(),
                bidder.ad().id(),
                bidder.ad().creative(),
                entry.terms().map(t -> new TermsVersion(t.id(), t.version())),
                bidder.chargeBy(),
                price.priceMicros(),
                price.heldMicros(),
                bidder.valueMicros() * Arrangement.factorPpm(placement, placed.nth()) / 1_000_000,
                price.boundMicros());
    }

    private void explainLosers(Arrangement.Solution best, List<Decision.Winner> winners) {
        long lowest =
                winners.stream().mapToLong(Decision.Winner::valueMicros).min().orElse(0);
        for (var bidder : bidders) {
            outcomes.computeIfAbsent(
                    bidder.group(),
                    _ -> separated(bidder, best)
                            .orElseGet(() -> new Outcome.Outranked(bidder.valueMicros(), lowest, true)));
        }
    }

    private static Optional<Outcome> separated(Bidder bidder, Arrangement.Solution best) {
        for (var placed : best.placed()) {
            if (placed.bidder().advertiser().equals(bidder.advertiser())) {
                return Optional.of(new Outcome.Separated(placed.bidder().group(), "advertiser"));
            }
            if (placed.bidder().industry().equals(bidder.industry())) {
                return Optional.of(new Outcome.Separated(placed.bidder().group(), "industry"));
            }
        }
        return Optional.empty();
    }

    /// The slots that the page could have held more ads in, spaced as the placement asks, each with what
    /// kept it empty.
    private List<EmptySlot> emptySlots(Arrangement.Solution best) {
        int posts = request.posts().size();
        int missing = Arrangement.capacity(placement, posts) - best.placed().size();
        if (Arrangement.capacity(placement, posts) == 0) {
            return List.of(new EmptySlot(Math.max(1, posts), EmptySlot.Reason.TOO_FEW_POSTS));
        }
        var empty = new ArrayList<EmptySlot>();
        var taken = new ArrayList<>(
                best.placed().stream().map(Arrangement.Placed::afterPost).toList());
        for (int slot = placement.firstSlot(); slot < posts && empty.size() < missing; slot++) {
            int here = slot;
            if (taken.stream().allMatch(t -> Math.abs(t - here) >= placement.minGap())) {
                empty.add(new EmptySlot(slot, whyEmpty(slot)));
                taken.add(slot);
            }
        }
        return empty.stream()
                .sorted(Comparator.comparingInt(EmptySlot::afterPost))
                .toList();
    }

    private EmptySlot.Reason whyEmpty(int slot) {
        if (facts.isEmpty()) {
            return EmptySlot.Reason.NO_CANDIDATES;
        }
        if (!bidders.isEmpty()) {
            return allowed.stream().noneMatch(slots -> slots.get(slot))
                    ? EmptySlot.Reason.NO_ELIGIBLE_NEIGHBOURS
                    : EmptySlot.Reason.ALL_OUTRANKED;
        }
        if (outcomes.values().stream().anyMatch(Outcome.Excluded.class::isInstance)) {
            return EmptySlot.Reason.NO_ELIGIBLE_NEIGHBOURS;
        }
        if (outcomes.values().stream().anyMatch(Outcome.BudgetSpent.class::isInstance)) {
            return EmptySlot.Reason.BUDGET;
        }
        return outcomes.values().stream().anyMatch(Outcome.BelowFloor.class::isInstance)
                ? EmptySlot.Reason.BELOW_FLOOR
                : EmptySlot.Reason.NO_CANDIDATES;
    }
}
