package mizan.core.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.DemandTier;
import mizan.core.campaign.Placement;

/// Which ads stand in which slots so that the sum of values is largest.
///
/// What counts is each ad's value above the placement's floor, less what it costs the reader, times its
/// position factor. Tiers are compared one after the other: the best tier's sum comes first, and only what
/// leaves it unchanged is decided by the next. So demand of a lower tier never moves or prices demand of a
/// higher one, and house ads fill only what is left.
///
/// Rules: the slots and gaps of [Room]; one ad for each industry, and so one for each advertiser, whose
/// industry is one.
final class Arrangement {
    static final List<DemandTier> TIERS = List.of(DemandTier.values());

    /// @param nth 0 for the first ad of the page
    record Placed(Bidder bidder, int afterPost, int nth) {}

    /// The best that anybody who was not examined could be: of its own industry, in any number, wherever some
    /// terms might let it stand.
    ///
    /// @param netMicros above floor and cost, at most
    record Rival(DemandTier tier, long netMicros, SlotSet slots) {}

    /// @param nets for each tier the sum of values above the reserve, in micros per mille x factor in ppm
    /// @param exact false when the search was cut short
    /// @param rivalled whether the rival stands in it, so that somebody not examined might change it
    record Solution(List<Placed> placed, List<Long> nets, boolean exact, boolean rivalled) {
        @SuppressWarnings("EnumOrdinal") // The order of the tiers is their rank; nothing is stored.
        long net(DemandTier tier) {
            return nets.get(tier.ordinal());
        }

        @SuppressWarnings("ReferenceEquality") // A bidder is made once a decision.
        boolean places(Bidder bidder) {
            for (var one : placed) {
                if (one.bidder() == bidder) {
                    return true;
                }
            }
            return false;
        }
    }

    /// @param net its value above reserve and cost
    /// @param industry numbered within this arrangement
    record Candidate(Bidder bidder, long net, int industry) {
        @SuppressWarnings("ReferenceEquality") // The same terms have the same slots, as most often.
        boolean canReplace(Candidate other) {
            return bidder.slots() == other.bidder.slots() || bidder.slots().covers(other.bidder.slots());
        }
    }

    private static int bestFirst(Candidate one, Candidate other) {
        int order = one.bidder().tier().compareTo(other.bidder().tier());
        order = order != 0 ? order : Long.compare(other.net(), one.net());
        order = order != 0
                ? order
                : Integer.compare(one.bidder().turn(), other.bidder().turn());
        return order != 0
                ? order
                : one.bidder().group().compareTo(other.bidder().group());
    }

    private final List<Candidate> bestFirst = new ArrayList<>();
    private final Room room;
    private final Optional<Rival> rival;
    private final int industries;

    /// @param bidders in any order, all at the floor or above
    Arrangement(Placement placement, Room room, List<Bidder> bidders, Optional<Rival> rival) {
        this.room = room;
        this.rival = rival;
        var numbers = new HashMap<String, Integer>();
        for (var bidder : bidders) {
            long net = net(placement, bidder);
            if (rival.isEmpty() || notAfter(bidder, net, rival.get())) {
                int industry = numbers.computeIfAbsent(bidder.industry(), _ -> numbers.size());
                bestFirst.add(new Candidate(bidder, net, industry));
            }
        }
        bestFirst.sort(Arrangement::bestFirst);
        this.industries = numbers.size();
    }

    /// Whoever is worth less than the rival might be is not needed beside it.
    private static boolean notAfter(Bidder bidder, long net, Rival rival) {
        int order = bidder.tier().compareTo(rival.tier());
        return order < 0 || (order == 0 && net >= rival.netMicros());
    }

    /// How many industries have anybody who is needed.
    int industries() {
        return industries;
    }

    /// What a bidder adds, before its position factor.
    static long net(Placement placement, Bidder bidder) {
        return bidder.valueMicros() - bidder.costMicros() - reserve(placement);
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
        return solve(bestFirst);
    }

    /// The best arrangement had this advertiser not come: slots are chosen anew too.
    Solution solveWithout(AdvertiserId advertiser) {
        var others = new ArrayList<Candidate>(bestFirst.size());
        for (var candidate : bestFirst) {
            if (!candidate.bidder().advertiser().equals(advertiser)) {
                others.add(candidate);
            }
        }
        return solve(others);
    }

    private Solution solve(List<Candidate> candidates) {
        return new SlotSearch(undominated(candidates), industries, rival, room).run();
    }

    /// The candidates that the best arrangement may need.
    ///
    /// A candidate is not needed when a better one of its industry may stand wherever it may. Nor when
    /// better ones of as many industries as there are places may: one of those industries is always free.
    /// Without this a thousand bidders would be searched; with it a few for each place.
    private List<Candidate> undominated(List<Candidate> candidates) {
        var kept = new ArrayList<Candidate>();
        var betterFor = new int[industries];
        for (int i = 0; i < candidates.size(); i++) {
            var candidate = candidates.get(i);
            int better = 0;
            boolean needed = true;
            for (int k = 0; k < kept.size() && needed; k++) {
                var other = kept.get(k);
                if (betterFor[other.industry()] != i + 1 && other.canReplace(candidate)) {
                    betterFor[other.industry()] = i + 1;
                    better++;
                    needed = better < room.maxAds() && other.industry() != candidate.industry();
                }
            }
            if (needed) {
                kept.add(candidate);
            }
        }
        return kept;
    }
}
