package mizan.core.decision;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.DemandTier;
import mizan.core.campaign.Placement;

/// Which ads stand in which slots so that the sum of values is largest.
///
/// What counts is each ad's value above the placement's floor, times its position factor. Tiers are compared
/// one after the other: the best tier's sum comes first, and only what leaves it unchanged is decided by the
/// next. So demand of a lower tier never moves or prices demand of a higher one.
///
/// Rules: slots lie after post `firstSlot` at the earliest and before the last post at the latest, because
/// an ad has a post on each side; at least `minGap` posts apart; at most `maxAds`; one ad for each industry,
/// and so one for each advertiser, whose industry is one.
final class Arrangement {
    /// @param nth 0 for the first ad of the page
    record Placed(Bidder bidder, int afterPost, int nth) {}

    /// @param net for each tier placed, the sum of values above the reserve, in micros per mille x factor in
    ///     ppm
    /// @param exact false when the search was cut short
    record Solution(List<Placed> placed, Map<DemandTier, Long> net, boolean exact) {
        long net(DemandTier tier) {
            return net.getOrDefault(tier, 0L);
        }
    }

    /// A bidder, the slots that its terms allow, and its value above the reserve, at least 1.
    record Candidate(Bidder bidder, BitSet allowed, long net) {
        boolean canReplace(Candidate other) {
            if (allowed.equals(other.allowed)) {
                return true; // The same terms, as most often.
            }
            var onlyTheOther = (BitSet) other.allowed.clone();
            onlyTheOther.andNot(allowed);
            return onlyTheOther.isEmpty();
        }
    }

    static final Comparator<Bidder> BEST_FIRST = Comparator.comparing(Bidder::tier)
            .thenComparing(Comparator.comparingLong(Bidder::valueMicros).reversed())
            .thenComparingLong(Bidder::order)
            .thenComparing(Bidder::group);

    private final List<Candidate> bestFirst;
    private final Room room;
    private final long reserve;

    /// @param bidders in any order, all at the floor or above
    /// @param allowed for each bidder the slots that its terms allow
    Arrangement(Placement placement, int posts, List<Bidder> bidders, List<BitSet> allowed) {
        var candidates = new ArrayList<Candidate>();
        for (int i = 0; i < bidders.size(); i++) {
            long net = bidders.get(i).valueMicros() - reserve(placement);
            candidates.add(new Candidate(bidders.get(i), allowed.get(i), net));
        }
        candidates.sort(Comparator.comparing(Candidate::bidder, BEST_FIRST));
        this.bestFirst = List.copyOf(candidates);
        this.room = Room.of(placement, posts);
        this.reserve = reserve(placement);
    }

    /// How many ads this page can hold at all.
    static int capacity(Placement placement, int posts) {
        return Room.of(placement, posts).maxAds();
    }

    /// What an empty slot is worth to the platform, per 1,000 renders: a hair below the floor, so that a bid
    /// of exactly the floor is better than an empty slot.
    static long reserve(Placement placement) {
        return Math.max(0, placement.floorCpmMicros() - 1);
    }

    /// The position factor of the n-th ad in parts per million. Never more than that of an ad before it: if
    /// it were, an ad could help those below, its price would have to be negative, and lying would pay.
    static long factorPpm(Placement placement, int nth) {
        double lowest = 1;
        for (int n = 0; n <= nth; n++) {
            lowest = Math.min(lowest, placement.positionFactor(n));
        }
        return Math.max(1, (long) (lowest * 1_000_000));
    }

    /// The best arrangement of all.
    Solution solve() {
        return new SlotSearch(undominated(bestFirst), room).run();
    }

    /// The best arrangement had this advertiser not come: slots are chosen anew too.
    Solution solveWithout(AdvertiserId advertiser) {
        var others = bestFirst.stream()
                .filter(c -> !c.bidder().advertiser().equals(advertiser))
                .toList();
        return new SlotSearch(undominated(others), room).run();
    }

    /// Whether nobody of this tier or a later one who is worth at most `boundMicros` could change this
    /// solution.
    ///
    /// The most that an arrangement with such an ad could be worth: the best ads of different industries in
    /// all places but the last, wherever their terms would let them stand, and it in the last one.
    ///
    /// @param solution the best arrangement of these candidates, without the given advertiser if there is
    ///     one
    boolean settled(Solution solution, Optional<AdvertiserId> without, DemandTier tier, long boundMicros) {
        var most = new EnumMap<DemandTier, Long>(DemandTier.class);
        var industries = new HashSet<String>();
        for (var candidate : bestFirst) {
            var bidder = candidate.bidder();
            if (industries.size() + 1 < room.maxAds()
                    && without.filter(bidder.advertiser()::equals).isEmpty()
                    && industries.add(bidder.industry())) {
                long worth = candidate.net() * room.factorsPpm().get(industries.size() - 1);
                most.merge(bidder.tier(), worth, Long::sum);
            }
        }
        for (int n = industries.size(); n < room.maxAds(); n++) {
            most.merge(tier, (boundMicros - reserve) * room.factorsPpm().get(n), Long::sum);
        }
        for (var one : DemandTier.values()) {
            int order = Long.compare(solution.net(one), most.getOrDefault(one, 0L));
            if (order != 0) {
                return order > 0;
            }
        }
        return true; // Whoever is worth the same had its turn before.
    }

    /// The candidates that the best arrangement may need.
    ///
    /// A candidate is not needed when a better one of its industry may stand wherever it may. Nor when
    /// better ones of as many industries as there are places may: one of those industries is always free.
    /// Without this a thousand bidders would be searched; with it a few for each place.
    private List<Candidate> undominated(List<Candidate> candidates) {
        var kept = new ArrayList<Candidate>();
        for (var candidate : candidates) {
            var betterIndustries = new HashSet<String>();
            for (var better : kept) {
                if (better.canReplace(candidate)) {
                    betterIndustries.add(better.bidder().industry());
                }
            }
            if (betterIndustries.size() < room.maxAds()
                    && !betterIndustries.contains(candidate.bidder().industry())) {
                kept.add(candidate);
            }
        }
        return kept;
    }
}
