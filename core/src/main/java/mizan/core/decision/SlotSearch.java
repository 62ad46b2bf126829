package mizan.core.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import mizan.core.campaign.DemandTier;

/// Searches the sequences of ads for the best one, depth first, best ads first, cut off by a bound.
///
/// An ad's value depends on whether it is the first, second, ... ad of the page, not on the post it follows.
/// So for any sequence of ads the best slots are the earliest ones that terms and spacing allow, and only
/// sequences need searching. Exact unless `MAX_STEPS` is reached; then the best found so far stands, which
/// keeps every rule too.
final class SlotSearch {
    /// Steps of one search. A page of typical demand needs a few dozen.
    static final int MAX_STEPS = 20_000;

    private static final List<DemandTier> TIERS = List.of(DemandTier.values());

    private final List<Arrangement.Candidate> candidates;
    private final Room room;
    private final int[] tiers;
    private final int[] industries;
    private final boolean[] industryTaken;
    private final int[] industrySeen;
    private int look;

    private final int[] chosen;
    private final int[] slots;
    private final long[] worth = new long[TIERS.size()];
    private final long[] bound = new long[TIERS.size()];
    private final long[] best = new long[TIERS.size()];
    private List<Arrangement.Placed> bestPlaced = List.of();
    private int steps;

    /// @param candidates best first
    SlotSearch(List<Arrangement.Candidate> candidates, Room room) {
        this.candidates = candidates;
        this.room = room;
        this.tiers = new int[candidates.size()];
        this.industries = new int[candidates.size()];
        var numbers = new HashMap<String, Integer>();
        for (int i = 0; i < candidates.size(); i++) {
            var bidder = candidates.get(i).bidder();
            tiers[i] = TIERS.indexOf(bidder.tier());
            industries[i] = numbers.computeIfAbsent(bidder.industry(), _ -> numbers.size());
        }
        this.industryTaken = new boolean[numbers.size()];
        this.industrySeen = new int[numbers.size()];
        this.chosen = new int[room.maxAds()];
        this.slots = new int[room.maxAds()];
    }

    Arrangement.Solution run() {
        extend(0, room.firstSlot());
        var net = new EnumMap<DemandTier, Long>(DemandTier.class);
        for (int t = 0; t < best.length; t++) {
            net.put(TIERS.get(t), best[t]);
        }
        return new Arrangement.Solution(bestPlaced, net, steps < MAX_STEPS);
    }

    private void extend(int placed, int from) {
        if (Arrays.compare(worth, best) > 0) {
            keep(placed);
        }
        int places = room.placesLeft(placed, from);
        if (places <= 0 || !canImprove(placed, from, places)) {
            return;
        }
        long factor = room.factorsPpm().get(placed);
        for (int i = 0; i < candidates.size() && steps < MAX_STEPS; i++) {
            int slot = industryTaken[industries[i]] ? -1 : slotFor(i, from);
            if (slot < 0) {
                continue;
            }
            steps++;
            chosen[placed] = i;
            slots[placed] = slot;
            industryTaken[industries[i]] = true;
            worth[tiers[i]] += candidates.get(i).net() * factor;
            extend(placed + 1, slot + room.minGap());
            worth[tiers[i]] -= candidates.get(i).net() * factor;
            industryTaken[industries[i]] = false;
        }
    }

    /// Whether the best of all that is left, whatever its neighbours, could beat the best found. The largest
    /// values meet the largest factors, since factors never rise, so no real continuation is worth more.
    private boolean canImprove(int placed, int from, int places) {
        System.arraycopy(worth, 0, bound, 0, worth.length);
        look++;
        int next = 0;
        for (int i = 0; i < candidates.size() && next < places; i++) {
            int industry = industries[i];
            if (!industryTaken[industry] && industrySeen[industry] != look && slotFor(i, from) >= 0) {
                industrySeen[industry] = look;
                bound[tiers[i]] += candidates.get(i).net() * room.factorsPpm().get(placed + next);
                next++;
            }
        }
        return Arrays.compare(bound, best) > 0;
    }

    /// The earliest slot that this candidate may take, or -1.
    private int slotFor(int candidate, int from) {
        int slot = candidates.get(candidate).allowed().nextSetBit(from);
        return slot <= room.lastSlot() ? slot : -1;
    }

    private void keep(int placed) {
        System.arraycopy(worth, 0, best, 0, worth.length);
        var list = new ArrayList<Arrangement.Placed>(placed);
        for (int n = 0; n < placed; n++) {
            list.add(new Arrangement.Placed(candidates.get(chosen[n]).bidder(), slots[n], n));
        }
        bestPlaced = List.copyOf(list);
    }
}
