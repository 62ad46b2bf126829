package mizan.core.decision;

import java.util.List;
import java.util.stream.IntStream;
import mizan.core.campaign.Placement;

/// The room that one page has for ads.
///
/// @param firstSlot the first slot, counted from 1 by the post above
/// @param lastSlot the last one: an ad has a post below, so the end of the page is not a slot
/// @param maxAds how many fit in at all; 0 when the page is too short
/// @param factorsPpm how likely the first, second, ... ad of the page is seen, in parts per million
record Room(int firstSlot, int lastSlot, int minGap, int maxAds, List<Long> factorsPpm) {
    static Room of(Placement placement, int posts) {
        int lastSlot = posts - 1;
        int span = lastSlot - placement.firstSlot();
        int maxAds = span < 0 ? 0 : Math.min(placement.maxAds(), 1 + span / placement.minGap());
        var factors = IntStream.range(0, maxAds)
                .mapToObj(n -> Arrangement.factorPpm(placement, n))
                .toList();
        return new Room(placement.firstSlot(), lastSlot, placement.minGap(), maxAds, factors);
    }

    /// How many ads fit when `taken` stand already and the next slot is `from` or later.
    int placesLeft(int taken, int from) {
        return from > lastSlot ? 0 : Math.min(maxAds - taken, 1 + (lastSlot - from) / minGap);
    }
}
