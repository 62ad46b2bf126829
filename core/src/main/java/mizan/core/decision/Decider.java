package mizan.core.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.Placement;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Viewer;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.EmptySlot;
import mizan.core.receipt.Ghost;
import mizan.core.receipt.Stopped;
import mizan.core.receipt.TermsVersion;
import mizan.core.targeting.Audience;

/// Decides which ads enter one feed. Read this first: the whole decision, in order.
///
/// Pure: the same request, snapshot, live facts, instant and seed give the same decision, so an auditor can
/// repeat it.
public final class Decider {
    private final FeedRequest request;
    private final Placement placement;
    private final Snapshot snapshot;
    private final Room room;
    private final Adjacency adjacency;
    private final Judge judge;
    private final Instant now;
    private final long seed;
    private final List<Judge.Judged> judged = new ArrayList<>();
    private final List<Bidder> bidders = new ArrayList<>();
    /// Those who would bid if their campaign did not hold this viewer out.
    private final Map<CampaignId, List<Bidder>> heldOut = new LinkedHashMap<>();

    private Decider(FeedRequest request, Snapshot snapshot, Instant now, long seed) {
        this.request = request;
        this.placement = request.placement();
        this.snapshot = snapshot;
        this.room = Room.of(request);
        this.adjacency = new Adjacency(request, room.firstSlot());
        this.judge = new Judge(request, room, adjacency, now, seed);
        this.now = now;
        this.seed = seed;
    }

    public static Decision decide(FeedRequest request, Snapshot snapshot, Live live, Instant now, long seed) {
        var decider = new Decider(request, snapshot, now, seed);
        if (decider.room.maxAds() == 0) {
            return decider.decision(decider.settle(Optional.empty()).orElseThrow(), Optional.empty());
        }
        return decider.compete(live.prepared(request), live.bounds(snapshot));
    }

    /// The same decision again, from the facts that were read in it.
    ///
    /// @param facts those of the decision, in their order
    /// @param stopped as it was
    static Decision repeat(
            FeedRequest request,
            Snapshot snapshot,
            List<CandidateFacts> facts,
            Optional<Stopped> stopped,
            Instant now,
            long seed) {
        var decider = new Decider(request, snapshot, now, seed);
        for (var known : facts) {
            decider.examine(snapshot.entry(known.adGroup()).orElseThrow(), new Reading.Recorded(known));
        }
        // Beside the same rival, so that the search goes the same way even where it is cut short.
        var rival = stopped.map(s -> decider.rival(s, Integer.MAX_VALUE));
        return decider.decision(decider.settle(rival).orElseThrow(), stopped);
    }

    /// Facts of everybody who matches and stands: the known ones, and for those that a decision did not need to look
    /// at what is true now.
    static List<CandidateFacts> everybody(
            FeedRequest request, Snapshot snapshot, List<CandidateFacts> known, Live live, Instant now, long seed) {
        var decider = new Decider(request, snapshot, now, seed);
        var read = live.prepared(request);
        var bounds = live.bounds(snapshot);
        var all = new ArrayList<>(known);
        var examined = known.stream().map(CandidateFacts::adGroup).collect(Collectors.toSet());
        snapshot.matched(Audience.of(request, now)).stream().forEach(i -> {
            var entry = snapshot.entry(i);
            if (!examined.contains(entry.group().id())
                    && decider.judge.standing(entry).isEmpty()) {
                var reading = decider.reading(i, read, bounds);
                all.add(decider.judge.judge(entry, reading).facts());
            }
        });
        return all;
    }

    private Reading reading(int ordinal, Live live, Bounds bounds) {
        return new Reading.Now(
                live,
                snapshot.entry(ordinal),
                placement,
                request.viewer(),
                now,
                bounds.pacePpm(ordinal),
                bounds.maxRatePpm(ordinal));
    }

    /// Looks at the matching ad groups, those that can be worth most first, until nobody behind can win a
    /// slot or move a price.
    private Decision compete(Live live, Bounds bounds) {
        var candidates = snapshot.candidates(Audience.of(request, now));
        var shortlist = new Shortlist(candidates, bounds, placement.floorCpmMicros(), seed);
        int enough = room.maxAds() + 1;
        for (int next = shortlist.next(); next >= 0; next = shortlist.next()) {
            var entry = snapshot.entry(next);
            if (judge.standing(entry).isEmpty()) {
                examine(entry, reading(next, live, bounds));
            }
            if (bidders.size() >= enough) {
                enough += Math.max(2, enough / 2);
                var settled = settle(rival(shortlist.nextKey()));
                if (settled.isPresent() && shortlist.nextKey() != Long.MAX_VALUE) {
                    return decision(settled.get(), Optional.of(stopped(shortlist.nextKey())));
                }
            }
        }
        return decision(settle(Optional.empty()).orElseThrow(), Optional.empty());
    }

    private void examine(Snapshot.Entry entry, Reading reading) {
        var one = judge.judge(entry, reading);
        judged.add(one);
        if (one.bidder().isPresent()) {
            group(entry).add(one.bidder().get());
        }
    }

    private List<Bidder> group(Snapshot.Entry entry) {
        return entry.campaign().holdsOut(request.viewer().key())
                ? heldOut.computeIfAbsent(entry.campaign().id(), _ -> new ArrayList<>())
                : bidders;
    }

    private static Stopped stopped(long key) {
        return new Stopped(Arrangement.TIERS.get(Bounds.tierRank(key)), Bounds.boundMicros(key));
    }

    /// The best that anybody from this key on could be.
    private Optional<Rival> rival(long key) {
        return key == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(rival(stopped(key), (int) key & ((1 << Bounds.TURN_BITS) - 1)));
    }

    private Rival rival(Stopped best, int turn) {
        long net = best.boundMicros() - Arrangement.reserve(placement);
        return new Rival(new Arrangement.Rival(best.tier(), net, adjacency.open()), turn);
    }

    /// @param turn not after that of anybody left who can be worth as much
    private record Rival(Arrangement.Rival best, int turn) {
        /// Whether this winner is worth just what somebody left can be, and may not have its turn before.
        boolean ties(Placement placement, Bidder winner) {
            return winner.tier() == best.tier()
                    && Arrangement.net(placement, winner) == best.netMicros()
                    && winner.turn() >= turn;
        }
    }

    /// The best arrangement of the bidders so far, and for the prices the best one without each winner's
    /// advertiser.
    private record Auction(Arrangement.Solution best, Map<AdvertiserId, Arrangement.Solution> without) {
        Prices.Price price(Arrangement.Placed winner, Placement placement) {
            return Prices.of(winner, placement, best, without(winner));
        }

        Arrangement.Solution without(Arrangement.Placed winner) {
            return Optional.ofNullable(without.get(winner.bidder().advertiser()))
                    .orElseThrow();
        }
    }

    /// An ad that its campaign kept from this viewer, in the place it would have had.
    private record Kept(Arrangement.Placed placed, long priceMicros) {}

    /// @param shown decides this page
    /// @param kept what each held-out campaign would have shown, had it alone come back
    private record Settled(Auction shown, List<Kept> kept) {}

    /// Empty when the rival, if there is one, could change a winner, a price or a ghost.
    private Optional<Settled> settle(Optional<Rival> rival) {
        var shown = auction(bidders, rival, _ -> true);
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        var kept = new ArrayList<Kept>();
        for (var campaign : heldOut.values()) {
            var together = new ArrayList<>(bidders);
            together.addAll(campaign);
            var would = auction(together, rival, placed -> campaign.contains(placed.bidder()));
            if (would.isEmpty()) {
                return Optional.empty();
            }
            for (var placed : would.get().best().placed()) {
                if (campaign.contains(placed.bidder())) {
                    kept.add(new Kept(
                            placed, would.get().price(placed, placement).priceMicros()));
                }
            }
        }
        return Optional.of(new Settled(shown.get(), kept));
    }

    /// @param priced the winners whose prices are asked for
    /// @return empty when the rival, if there is one, could change a winner or a price
    private Optional<Auction> auction(
            List<Bidder> bidders, Optional<Rival> rival, Predicate<Arrangement.Placed> priced) {
        var arrangement = new Arrangement(placement, room, bidders, rival.map(Rival::best));
        if (rival.isPresent() && arrangement.industries() <= room.maxAds()) {
            return Optional.empty(); // Without one of them the rival would have a place.
        }
        var best = arrangement.solve();
        if (best.rivalled()) {
            return Optional.empty();
        }
        var without = new HashMap<AdvertiserId, Arrangement.Solution>();
        for (var placed : best.placed()) {
            if (rival.isPresent() && rival.get().ties(placement, placed.bidder())) {
                return Optional.empty();
            }
            if (!priced.test(placed)) {
                continue;
            }
            var others = arrangement.solveWithout(placed.bidder().advertiser());
            if (others.rivalled()) {
                return Optional.empty();
            }
            without.put(placed.bidder().advertiser(), others);
        }
        return Optional.of(new Auction(best, without));
    }

    private Decision decision(Settled settled, Optional<Stopped> stopped) {
        var winners = new ArrayList<Decision.Winner>();
        var outcomes = new HashMap<AdGroupId, Outcome>();
        var shown = settled.shown();
        var best = shown.best();
        boolean exact = best.exact();
        for (var placed : best.placed()) {
            var without = shown.without(placed);
            exact &= without.exact();
            var price = shown.price(placed, placement);
            var winner = winner(placed, price);
            winners.add(winner);
            outcomes.put(winner.adGroup(), won(winner, price, displaced(best, without)));
        }
        heldOut.values().forEach(group -> group.forEach(b -> outcomes.put(b.group(), heldOut(b, settled.kept()))));
        return new Decision(
                winners,
                emptySlots(best),
                examined(best, winners, outcomes),
                stopped,
                settled.kept().stream().map(Decider::ghost).toList(),
                exact);
    }

    private static Outcome heldOut(Bidder bidder, List<Kept> kept) {
        return new Outcome.HeldOut(kept.stream()
                .filter(k -> k.placed().bidder().group().equals(bidder.group()))
                .mapToInt(k -> k.placed().afterPost())
                .findFirst());
    }

    private static Ghost ghost(Kept kept) {
        var bidder = kept.placed().bidder();
        var holdout = bidder.entry().campaign().holdout().orElseThrow();
        return new Ghost(
                kept.placed().afterPost(), bidder.ad().id(), kept.priceMicros(), holdout.experiment(), Ghost.HELD_OUT);
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

    private static Outcome won(Decision.Winner winner, Prices.Price price, List<AdGroupId> displaced) {
        return new Outcome.Won(
                winner.afterPost(),
                winner.priceMicros(),
                winner.valueMicros(),
                winner.boundMicros(),
                price.sumMicros(),
                price.sumWithoutMicros(),
                displaced);
    }

    private static List<AdGroupId> displaced(Arrangement.Solution best, Arrangement.Solution without) {
        var displaced = new ArrayList<AdGroupId>();
        for (var other : without.placed()) {
            if (!best.places(other.bidder())) {
                displaced.add(other.bidder().group());
            }
        }
        return displaced;
    }

    private List<Decision.Examined> examined(
            Arrangement.Solution best, List<Decision.Winner> winners, Map<AdGroupId, Outcome> known) {
        long lowest =
                winners.stream().mapToLong(Decision.Winner::valueMicros).min().orElse(0);
        var examined = new ArrayList<Decision.Examined>(judged.size());
        for (var one : judged) {
            var outcome = one.refused().isPresent()
                    ? one.refused().get()
                    : Optional.ofNullable(known.get(one.facts().adGroup()))
                            .orElseGet(() -> lost(one.bidder().orElseThrow(), best, lowest));
            examined.add(new Decision.Examined(one.facts().becoming(outcome.code()), outcome));
        }
        return examined;
    }

    private static Outcome lost(Bidder bidder, Arrangement.Solution best, long lowest) {
        for (var placed : best.placed()) {
            if (placed.bidder().advertiser().equals(bidder.advertiser())) {
                return new Outcome.Separated(Optional.of(placed.bidder().group()), "advertiser");
            }
            if (placed.bidder().industry().equals(bidder.industry())) {
                return new Outcome.Separated(Optional.of(placed.bidder().group()), "industry");
            }
        }
        return new Outcome.Outranked(bidder.valueMicros(), lowest, true);
    }

    /// The slots that the page could have held more ads in, spaced as the placement asks, each with what
    /// kept it empty.
    private List<EmptySlot> emptySlots(Arrangement.Solution best) {
        int posts = request.posts().size();
        int missing = room.maxAds() - best.placed().size();
        if (missing <= 0 && room.maxAds() > 0 && request.withAllAds().isEmpty()) {
            return List.of();
        }
        var taken = new ArrayList<>(
                best.placed().stream().map(Arrangement.Placed::afterPost).toList());
        if (room.maxAds() == 0) {
            var given = givenUp(taken);
            return given.isEmpty() ? List.of(new EmptySlot(Math.max(1, posts), noRoom())) : given;
        }
        var empty = new ArrayList<EmptySlot>();
        for (int slot = room.firstSlot(); slot < posts && empty.size() < missing; slot++) {
            if (clear(room, slot, taken)) {
                empty.add(new EmptySlot(slot, whyEmpty(slot)));
                taken.add(slot);
            }
        }
        empty.addAll(givenUp(taken));
        empty.sort(Comparator.comparingInt(EmptySlot::afterPost));
        return empty;
    }

    /// The slots that others' pages could have held more ads in and this one leaves empty, because the
    /// reader's role or the community wants fewer.
    private List<EmptySlot> givenUp(List<Integer> taken) {
        var others = request.withAllAds();
        if (others.isEmpty()) {
            return List.of();
        }
        var reason = request.viewer().ads() == Viewer.Ads.NONE ? EmptySlot.Reason.AD_FREE : EmptySlot.Reason.FEWER_ADS;
        var wide = Room.of(others.get());
        var given = new ArrayList<EmptySlot>();
        var all = new ArrayList<>(taken);
        for (int slot = wide.firstSlot(); slot <= wide.lastSlot() && all.size() < wide.maxAds(); slot++) {
            if (clear(wide, slot, all)) {
                given.add(new EmptySlot(slot, reason));
                all.add(slot);
            }
        }
        return given;
    }

    /// Whether nothing stood in the way of an ad but the spacing, or the page is too short in itself.
    private EmptySlot.Reason noRoom() {
        return Room.of(new FeedRequest(request.booked(), request.viewer(), request.posts()))
                                .maxAds()
                        == 0
                ? EmptySlot.Reason.TOO_FEW_POSTS
                : EmptySlot.Reason.SPACING;
    }

    private static boolean clear(Room room, int slot, List<Integer> taken) {
        for (int other : taken) {
            if (room.following(Math.min(slot, other)) > Math.max(slot, other)) {
                return false;
            }
        }
        return true;
    }

    private EmptySlot.Reason whyEmpty(int slot) {
        if (judged.isEmpty()) {
            return EmptySlot.Reason.NO_CANDIDATES;
        }
        if (!bidders.isEmpty()) {
            return bidders.stream().noneMatch(b -> b.slots().contains(slot))
                    ? EmptySlot.Reason.NO_ELIGIBLE_NEIGHBOURS
                    : EmptySlot.Reason.ALL_OUTRANKED;
        }
        if (anyRefused(Outcome.Excluded.class)) {
            return EmptySlot.Reason.NO_ELIGIBLE_NEIGHBOURS;
        }
        if (anyRefused(Outcome.BudgetSpent.class)) {
            return EmptySlot.Reason.BUDGET;
        }
        return anyRefused(Outcome.BelowFloor.class) ? EmptySlot.Reason.BELOW_FLOOR : EmptySlot.Reason.NO_CANDIDATES;
    }

    private boolean anyRefused(Class<? extends Outcome> kind) {
        return judged.stream()
                .anyMatch(j -> j.refused().filter(kind::isInstance).isPresent());
    }
}
