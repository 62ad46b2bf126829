package mizan.core.decision;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import mizan.core.campaign.Placement;

/// Which ads stand in which slots so that the sum of values is largest.
///
/// The value of an ad depends on whether it is the first, second, ... ad of the page (its position factor),
/// not on the
/// post it
/// follows. So for any sequence of ads the best slots are the earliest ones that its terms and the spacing
/// allow, and
/// the search
/// runs over sequences only: depth first, best ads first, cut off by a bound. It is exact unless `MAX_STEPS` is
/// reached; then the
/// best arrangement found so far stands, which still keeps every rule.
///
/// Rules: slots lie after post `firstSlot` at the earliest and before the last post at the latest, at least
/// `minGap`
/// posts apart,
/// at most `maxAds`; one ad for each advertiser and each industry; a better demand tier always goes first.
final class Arrangement {
    /// Steps of one search. A page of typical demand needs a few dozen.
    static final int MAX_STEPS = 20_000;

    /// @param afterPost the slot, from 1
    /// @param nth 0 for the first ad of the page
    record Placed(Bidder bidder, int afterPost, int nth) {}

    /// @param value sum of the values in micros per mille x position factor in ppm, tiers left out
    /// @param exact false when the search was cut short
    record Solution(List<Placed> placed, long value, boolean exact) {}

    private final List<Bidder> bidders;
    private final List<BitSet> allowed;
    private final long[] factorsPpm;
    private final int firstSlot;
    private final int lastSlot;
    private final int minGap;
    private final int maxAds;

    /// @param bidders in any order
    /// @param allowed for each bidder the slots that its terms allow
    Arrangement(Placement placement, int posts, List<Bidder> bidders, List<BitSet> allowed) {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < bidders.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.<Integer, Bidder>comparing(bidders::get, BEST_FIRST));
        this.bidders = order.stream().map(bidders::get).toList();
        this.allowed = order.stream().map(allowed::get).toList();
        this.firstSlot = placement.firstSlot();
        this.lastSlot = posts - 1;
        this.minGap = placement.minGap();
        this.maxAds = capacity(placement, posts);
        this.factorsPpm = new long[maxAds];
        for (int n = 0; n < maxAds; n++) {
            factorsPpm[n] = factorPpm(placement, n);
        }
    }

    static final Comparator<Bidder> BEST_FIRST = Comparator.comparing(Bidder::tier)
            .thenComparing(Comparator.comparingLong(Bidder::valueMicros).reversed())
            .thenComparingLong(Bidder::order)
            .thenComparingInt(Bidder::ordinal);

    /// How many ads this page can hold at all.
    static int capacity(Placement placement, int posts) {
        int room = posts - 1 - placement.firstSlot();
        return room < 0 ? 0 : Math.min(placement.maxAds(), 1 + room / placement.minGap());
    }

    static long factorPpm(Placement placement, int nth) {
        return Math.max(1, (long) (placement.positionFactor(nth) * 1_000_000));
    }

    /// The best arrangement of all bidders but those of one advertiser.
    ///
    /// @param without an advertiser's id to leave out, or the empty text
    Solution solve(String without) {
        return new Search(without).run();
    }

    private final class Search {
        private final String without;
        private final List<Placed> current = new ArrayList<>();
        private List<Placed> best = List.of();
        private long bestRank = -1;
        private long bestValue = -1;
        private int steps;

        Search(String without) {
            this.without = without;
        }

        Solution run() {
            extend(0, 0, firstSlot);
            return new Solution(best, Math.max(bestValue, 0), steps < MAX_STEPS);
        }

        /// @param rank how much demand of better tiers is placed, the first thing to be maximised
        private void extend(long rank, long value, int from) {
            if (rank > bestRank || (rank == bestRank && value > bestValue)) {
                bestRank = rank;
                bestValue = value;
                best = List.copyOf(current);
            }
            int nth = current.size();
            if (nth == maxAds || from > lastSlot) {
                return;
            }
            for (int i = 0; i < bidders.size() && steps < MAX_STEPS; i++) {
                var bidder = bidders.get(i);
                if (bidder.advertiser().value().equals(without) || conflicts(bidder)) {
                    continue;
                }
                if (!canImprove(rank, value, nth, i, from)) {
                    return;
                }
                int slot = allowed.get(i).nextSetBit(from);
                if (slot < 0 || slot > lastSlot) {
                    continue;
                }
                steps++;
                current.add(new Placed(bidder, slot, nth));
                extend(rank + weight(bidder), value + bidder.valueMicros() * factorsPpm[nth], slot + minGap);
                current.removeLast();
            }
        }

        /// Whether taking bidder `first` now, then the best of all the others whatever their neighbours,
        /// could beat the
        /// best found.
        private boolean canImprove(long rank, long value, int nth, int first, int from) {
            long rankBound = rank + weight(bidders.get(first));
            long valueBound = value + bidders.get(first).valueMicros() * factorsPpm[nth];
            int room = Math.min(maxAds, nth + 1 + Math.max(0, (lastSlot - from) / minGap));
            int next = nth + 1;
            for (int i = 0; i < bidders.size() && next < room; i++) {
                if (i != first && !bidders.get(i).advertiser().value().equals(without) && !conflicts(bidders.get(i))) {
                    rankBound += weight(bidders.get(i));
                    valueBound += bidders.get(i).valueMicros() * largestFactorFrom(next);
                    next++;
                }
            }
            return rankBound > bestRank || (rankBound == bestRank && valueBound > bestValue);
        }

        private boolean conflicts(Bidder bidder) {
            for (var placed : current) {
                if (placed.bidder().advertiser().equals(bidder.advertiser())
                        || placed.bidder().industry().equals(bidder.industry())) {
                    return true;
                }
            }
            return false;
        }
    }

    private long largestFactorFrom(int nth) {
        long largest = factorsPpm[nth];
        for (int n = nth; n < factorsPpm.length; n++) {
            largest = Math.max(largest, factorsPpm[n]);
        }
        return largest;
    }

    /// One more ad of a better tier outweighs any number of ads of the tiers below: 21^4 for sponsorship down
    /// to 1.
    private static long weight(Bidder bidder) {
        return switch (bidder.tier()) {
            case SPONSORSHIP -> 21L * 21 * 21 * 21;
            case GUARANTEED -> 21L * 21 * 21;
            case AUCTION -> 21L * 21;
            case HOUSE -> 21L;
            case COMMUNITY -> 1;
        };
    }
}
