package mizan.verifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The auction of a receipt's page, held again: which arrangement of its bidders is worth most, and what that comes to.
///
/// Values of the five tiers of demand are compared one after the other. Within a page at most one ad of an industry may
/// stand, and so one of an advertiser.
final class Auction {
    /// Steps of one search before it is given up; pages of real demand need hundreds.
    private static final int MOST_STEPS = 200_000;
    private static final int TIERS = 5;
    private static final int NO_INDUSTRY = -1;

    private final Receipt receipt;
    private final Page page;

    /// @param net what it adds in the first position, above the reserve and what it costs the reader
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares entrants.
    private record Entrant(int tier, long net, int advertiser, int industry, long[] slots, int set) {}

    Auction(Receipt receipt, Page page) {
        this.receipt = receipt;
        this.page = page;
    }

    /// A hair below the floor: so a bid of just the floor is better than an empty slot.
    long reserve() {
        return Math.max(0, receipt.placement().floor() - 1);
    }

    long net(Receipt.Bidder bidder) {
        return bidder.value() - bidder.cost() - reserve();
    }

    long factor(int nth) {
        return receipt.placement().factors().get(nth);
    }

    /// For each tier what the best arrangement is worth; empty when the search was too long.
    Optional<long[]> best() {
        return search(entrants(NO_INDUSTRY));
    }

    /// The same, had this advertiser not come.
    Optional<long[]> bestWithout(int advertiser) {
        return search(entrants(advertiser));
    }

    /// The same again, with as many ads as one likes of somebody who was not looked at.
    Optional<long[]> bestBeside(Receipt.Stopped rival, int without, long[] open) {
        var entrants = entrants(without);
        entrants.add(new Entrant(rival.tier(), rival.bound() - reserve(), -1, NO_INDUSTRY, open, -1));
        return search(entrants);
    }

    private List<Entrant> entrants(int without) {
        var entrants = new ArrayList<Entrant>();
        for (var bidder : receipt.bidders()) {
            if (bidder.advertiser() != without || without < 0) {
                entrants.add(new Entrant(
                        bidder.tier(),
                        net(bidder),
                        bidder.advertiser(),
                        bidder.industry(),
                        receipt.slots().get(bidder.slots()),
                        bidder.slots()));
            }
        }
        return entrants;
    }

    private Optional<long[]> search(List<Entrant> entrants) {
        var search = new Search(needed(entrants));
        search.extend(0, page.firstSlot);
        return search.steps < MOST_STEPS ? Optional.of(search.best) : Optional.empty();
    }

    /// Best first. Of those with the same slots only the best of each industry is needed, and of as many industries as
    /// there are places.
    private List<Entrant> needed(List<Entrant> entrants) {
        var sorted = new ArrayList<>(entrants);
        sorted.sort(Comparator.comparingInt(Entrant::tier)
                .thenComparing(Comparator.comparingLong(Entrant::net).reversed()));
        var industries = new HashMap<Integer, HashSet<Integer>>();
        var kept = new ArrayList<Entrant>();
        for (var entrant : sorted) {
            var seen = industries.computeIfAbsent(entrant.set(), _ -> new HashSet<>());
            if (entrant.industry() == NO_INDUSTRY || (seen.size() < page.maxAds && seen.add(entrant.industry()))) {
                kept.add(entrant);
            }
        }
        return kept;
    }

    private final class Search {
        private final List<Entrant> entrants;
        private final long[] worth = new long[TIERS];
        private final long[] best = new long[TIERS];
        private final HashSet<Integer> taken = new HashSet<>();
        private int steps;

        Search(List<Entrant> entrants) {
            this.entrants = entrants;
        }

        void extend(int placed, int from) {
            if (Arrays.compare(worth, best) > 0) {
                System.arraycopy(worth, 0, best, 0, TIERS);
            }
            int places = page.placesLeft(placed, from);
            if (places <= 0 || !mayImprove(placed, from, places)) {
                return;
            }
            for (var entrant : entrants) {
                int slot = taken.contains(entrant.industry()) ? -1 : next(entrant.slots(), from);
                if (slot < 0 || ++steps >= MOST_STEPS) {
                    continue;
                }
                long gain = entrant.net() * factor(placed);
                worth[entrant.tier()] += gain;
                boolean counted = entrant.industry() != NO_INDUSTRY && taken.add(entrant.industry());
                extend(placed + 1, page.following(slot));
                if (counted) {
                    taken.remove(entrant.industry());
                }
                worth[entrant.tier()] -= gain;
            }
        }

        /// Whether the best that is left, wherever it may stand, could beat what was found.
        private boolean mayImprove(int placed, int from, int places) {
            var bound = worth.clone();
            var seen = new HashSet<Integer>();
            int next = 0;
            for (var entrant : entrants) {
                if (next == places) {
                    break;
                }
                if (next(entrant.slots(), from) < 0 || taken.contains(entrant.industry())) {
                    continue;
                }
                int times = entrant.industry() == NO_INDUSTRY ? places - next : seen.add(entrant.industry()) ? 1 : 0;
                for (; times > 0; times--) {
                    bound[entrant.tier()] += entrant.net() * factor(placed + next);
                    next++;
                }
            }
            return Arrays.compare(bound, best) > 0;
        }

        private int next(long[] slots, int from) {
            for (int slot = from; slot <= page.lastSlot; slot++) {
                if (Receipt.contains(slots, slot)) {
                    return slot;
                }
            }
            return -1;
        }
    }
}
