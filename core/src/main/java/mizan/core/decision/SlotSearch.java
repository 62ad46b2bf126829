package mizan.core.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Searches the sequences of ads for the best one, depth first, best ads first, cut off by a bound.
///
/// An ad's value depends on whether it is the first, second, ... ad of the page, not on the post it follows.
/// So for any sequence of ads the best slots are the earliest ones that terms and spacing allow, and only
/// sequences need searching. Exact unless `MAX_STEPS` is reached; then the best found so far stands, which
/// keeps every rule too.
///
/// In plain arrays: a decision searches once for its ads and once for the price of each.
final class SlotSearch {
    /// Steps of one search. A page of typical demand needs a few dozen.
    static final int MAX_STEPS = 20_000;

    /// The rival's: it never conflicts with anybody, itself included.
    private static final int NO_INDUSTRY = -1;

    private final List<Arrangement.Candidate> candidates;
    private final Room room;
    private final int count;
    private final int[] tiers;
    private final long[] nets;
    private final SlotSet[] allowed;
    private final int[] industries;
    private final boolean[] industryTaken;
    private final int[] industrySeen;
    private int look;

    private final int[] chosen;
    private final int[] slots;
    private final long[] worth = new long[Arrangement.TIERS.size()];
    private final long[] bound = new long[Arrangement.TIERS.size()];
    private final long[] best = new long[Arrangement.TIERS.size()];
    private final int[] bestChosen;
    private final int[] bestSlots;
    private int bestPlaced;
    private int steps;

    /// @param candidates best first
    /// @param numbers how many industries there are
    /// @param rival not better than any candidate
    @SuppressWarnings("EnumOrdinal") // The order of the tiers is their rank; nothing is stored.
    SlotSearch(List<Arrangement.Candidate> candidates, int numbers, Optional<Arrangement.Rival> rival, Room room) {
        this.candidates = candidates;
        this.room = room;
        this.count = candidates.size() + (rival.isPresent() ? 1 : 0);
        this.tiers = new int[count];
        this.nets = new long[count];
        this.allowed = new SlotSet[count];
        this.industries = new int[count];
        for (int i = 0; i < candidates.size(); i++) {
            var candidate = candidates.get(i);
            tiers[i] = candidate.bidder().tier().ordinal();
            nets[i] = candidate.net();
            allowed[i] = candidate.bidder().slots();
            industries[i] = candidate.industry();
        }
        if (rival.isPresent()) {
            tiers[count - 1] = rival.get().tier().ordinal();
            nets[count - 1] = rival.get().netMicros();
            allowed[count - 1] = rival.get().slots();
            industries[count - 1] = NO_INDUSTRY;
        }
        this.industryTaken = new boolean[numbers];
        this.industrySeen = new int[numbers];
        this.chosen = new int[room.maxAds()];
        this.slots = new int[room.maxAds()];
        this.bestChosen = new int[room.maxAds()];
        this.bestSlots = new int[room.maxAds()];
    }

    Arrangement.Solution run() {
        extend(0, room.firstSlot());
        var placed = new ArrayList<Arrangement.Placed>(bestPlaced);
        boolean rivalled = false;
        for (int n = 0; n < bestPlaced; n++) {
            if (industries[bestChosen[n]] == NO_INDUSTRY) {
                rivalled = true;
            } else {
                placed.add(new Arrangement.Placed(candidates.get(bestChosen[n]).bidder(), bestSlots[n], n));
            }
        }
        return new Arrangement.Solution(
                placed, List.of(best[0], best[1], best[2], best[3], best[4]), steps < MAX_STEPS, rivalled);
    }

    private void extend(int placed, int from) {
        if (Arrays.compare(worth, best) > 0) {
            keep(placed);
        }
        int places = room.placesLeft(placed, from);
        if (places <= 0 || !canImprove(placed, from, places)) {
            return;
        }
        long factor = room.factorPpm(placed);
        for (int i = 0; i < count && steps < MAX_STEPS; i++) {
            int slot = free(i) ? allowed[i].next(from) : SlotSet.NONE;
            if (slot > room.lastSlot()) {
                continue;
            }
            steps++;
            chosen[placed] = i;
            slots[placed] = slot;
            take(i, true);
            worth[tiers[i]] += nets[i] * factor;
            extend(placed + 1, room.following(slot));
            worth[tiers[i]] -= nets[i] * factor;
            take(i, false);
        }
    }

    private boolean free(int candidate) {
        return industries[candidate] == NO_INDUSTRY || !industryTaken[industries[candidate]];
    }

    private void take(int candidate, boolean taken) {
        if (industries[candidate] != NO_INDUSTRY) {
            industryTaken[industries[candidate]] = taken;
        }
    }

    /// Whether the best of all that is left, whatever its neighbours, could beat the best found. The largest
    /// values meet the largest factors, since factors never rise, so no real continuation is worth more.
    private boolean canImprove(int placed, int from, int places) {
        System.arraycopy(worth, 0, bound, 0, worth.length);
        look++;
        int next = 0;
        for (int i = 0; i < count && next < places; i++) {
            if (allowed[i].next(from) > room.lastSlot()) {
                continue;
            }
            int times = 1;
            if (industries[i] == NO_INDUSTRY) {
                times = places - next;
            } else if (industryTaken[industries[i]] || industrySeen[industries[i]] == look) {
                continue;
            } else {
                industrySeen[industries[i]] = look;
            }
            for (; times > 0; times--) {
                bound[tiers[i]] += nets[i] * room.factorPpm(placed + next);
                next++;
            }
        }
        return Arrays.compare(bound, best) > 0;
    }

    private void keep(int placed) {
        System.arraycopy(worth, 0, best, 0, worth.length);
        System.arraycopy(chosen, 0, bestChosen, 0, placed);
        System.arraycopy(slots, 0, bestSlots, 0, placed);
        bestPlaced = placed;
    }
}
