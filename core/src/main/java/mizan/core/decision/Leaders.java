package mizan.core.decision;

import java.util.ArrayList;
import java.util.List;

/// Tells when looking further cannot change the arrangement or any price.
///
/// A bidder that may stand in every open slot can take the place of any bidder worth less. When there are such
/// bidders of one more industry than the page has places, then, even without any one advertiser, as the prices
/// ask, one of them is always free: nobody worth less than all of them can be placed, or move a price.
final class Leaders {
    private final int needed;
    private final List<Bidder> bestOfIndustry = new ArrayList<>();

    /// @param places how many ads the page holds
    Leaders(int places) {
        this.needed = places + 1;
    }

    /// Takes note of a bidder that may stand in every open slot.
    void add(Bidder bidder) {
        for (int i = 0; i < bestOfIndustry.size(); i++) {
            var other = bestOfIndustry.get(i);
            if (other.industry().equals(bidder.industry())) {
                if (Arrangement.BEST_FIRST.compare(bidder, other) < 0) {
                    bestOfIndustry.set(i, bidder);
                    bestOfIndustry.sort(Arrangement.BEST_FIRST);
                }
                return;
            }
        }
        bestOfIndustry.add(bidder);
        bestOfIndustry.sort(Arrangement.BEST_FIRST);
        if (bestOfIndustry.size() > needed) {
            bestOfIndustry.removeLast();
        }
    }

    /// Whether this entry, and so everyone behind it, is worth less than enough of the leaders at its best.
    ///
    /// @param boundMicros the most that it can be worth now
    boolean outbid(Snapshot.Entry entry, long boundMicros) {
        if (bestOfIndustry.size() < needed) {
            return false;
        }
        var last = bestOfIndustry.getLast();
        int tier = last.tier().compareTo(entry.campaign().tier());
        return tier < 0 || (tier == 0 && last.valueMicros() > boundMicros);
    }
}
