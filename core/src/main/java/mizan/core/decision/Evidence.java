package mizan.core.decision;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Bid;
import mizan.core.campaign.DemandTier;
import mizan.core.campaign.Placement;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.DecisionRecord;

/// What a past decision's page was filled and priced by: enough to hold its auction again without the book.
///
/// @param factorsPpm how likely the n-th ad of the page is seen relative to the first, in parts per million
/// @param bidders all that competed, in the order in which they were examined
/// @param winners in the order of their slots, also those whose money could not be held in the end
/// @param refused how many of those examined could not compete, by the code of the reason
/// @param exact false when the search for the best arrangement was cut short
public record Evidence(
        Placement placement,
        List<Long> factorsPpm,
        List<Competitor> bidders,
        List<Decision.Winner> winners,
        Map<String, Integer> refused,
        boolean exact) {
    public Evidence {
        factorsPpm = List.copyOf(factorsPpm);
        bidders = List.copyOf(bidders);
        winners = List.copyOf(winners);
        refused = Map.copyOf(refused);
    }

    /// One that competed.
    ///
    /// @param slots where its terms let it stand, as bits; slot 1 follows the first post
    /// @param valueMicros what 1,000 renders in the first position were ranked by
    /// @param costMicros what they cost the reader
    public record Competitor(
            AdGroupId group,
            AdvertiserId advertiser,
            String industry,
            DemandTier tier,
            Bid bid,
            BitSet slots,
            long valueMicros,
            long costMicros,
            CandidateFacts facts) {}

    /// @param snapshot compiled from the book at the record's revision
    public static Evidence of(DecisionRecord record, Snapshot snapshot) {
        var again = Explanation.repeat(record, snapshot);
        var request = Explanation.request(record, snapshot);
        var room = Room.of(request);
        var adjacency = new Adjacency(request, room.firstSlot());
        var judge = new Judge(request, room, adjacency, record.at(), record.seed());
        var bidders = new ArrayList<Competitor>();
        var refused = new TreeMap<String, Integer>();
        for (var facts : record.facts()) {
            var judged = judge.judge(snapshot.entry(facts.adGroup()).orElseThrow(), new Reading.Recorded(facts));
            if (judged.bidder()
                    .filter(b -> b.entry().campaign().holdsOut(record.viewer().key()))
                    .isPresent()) {
                refused.merge("held_out", 1, Integer::sum);
                continue;
            }
            judged.bidder()
                    .ifPresent(b -> bidders.add(competitor(b, request.posts().size(), facts)));
            judged.refused().ifPresent(outcome -> refused.merge(outcome.code(), 1, Integer::sum));
        }
        return new Evidence(request.placement(), factors(room), bidders, again.winners(), refused, again.exact());
    }

    private static List<Long> factors(Room room) {
        var factors = new ArrayList<Long>();
        for (int n = 0; n < room.maxAds(); n++) {
            factors.add(room.factorPpm(n));
        }
        return factors;
    }

    private static Competitor competitor(Bidder bidder, int posts, CandidateFacts facts) {
        var slots = new BitSet();
        for (int slot = bidder.slots().next(1);
                slot < posts;
                slot = bidder.slots().next(slot + 1)) {
            slots.set(slot);
        }
        return new Competitor(
                bidder.group(),
                bidder.advertiser(),
                bidder.industry(),
                bidder.tier(),
                bidder.entry().group().bid(),
                slots,
                bidder.valueMicros(),
                bidder.costMicros(),
                facts);
    }
}
