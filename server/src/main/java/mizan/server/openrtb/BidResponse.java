package mizan.server.openrtb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mizan.server.serve.Answered;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The answer to a request (OpenRTB 2.6, section 4.2.1): bids, or why there is none (`nbr`), and for impressions
/// without
/// one the seat's reason (extension `seatnonbid`). `ext.mizan.decisions` names each impression's decision, which
/// whoever
/// has a key can have explained.
public final class BidResponse {
    /// "Request blocked: unsupported media type" and "no bid", of the extension's list of codes.
    private static final int UNSUPPORTED_MEDIA = 202;

    private static final int NO_BID = 0;

    private final BidRequest request;
    private final String seat;
    private final List<Auction.Result> results;

    private BidResponse(BidRequest request, String seat, List<Auction.Result> results) {
        this.request = request;
        this.seat = seat;
        this.results = results;
    }

    /// Decides every impression of a request.
    public static BidResponse of(BidRequest request, Auction auction, Supply operator, Caller caller) {
        return new BidResponse(request, operator.seat(), auction.decide(request, caller));
    }

    /// The decisions that were made for it, in the order of the impressions.
    public List<Answered> decisions() {
        return List.copyOf(decided().values());
    }

    public long bids() {
        return results.stream().filter(r -> r instanceof Auction.Result.Won).count();
    }

    private Map<String, Answered> decided() {
        var decided = new LinkedHashMap<String, Answered>();
        for (var result : results) {
            switch (result) {
                case Auction.Result.Won won -> decided.put(won.imp(), won.answered());
                case Auction.Result.None none -> none.answered().ifPresent(a -> decided.put(none.imp(), a));
            }
        }
        return decided;
    }

    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode().put("id", request.id());
        var seats = json.putArray("seatbid");
        var lost = results.stream()
                .filter(r -> r instanceof Auction.Result.None)
                .map(r -> (Auction.Result.None) r)
                .toList();
        if (lost.size() == results.size()) {
            json.put("nbr", lost.getFirst().reason().code());
        } else {
            bids(seats.addObject().put("seat", seat));
        }
        var first = decisions().stream().findFirst();
        first.flatMap(a -> a.shown().stream().findFirst())
                .ifPresent(s -> json.put("cur", s.impression().currency().getCurrencyCode()));
        var ext = json.putObject("ext");
        if (!lost.isEmpty()) {
            var nonbids =
                    ext.putArray("seatnonbid").addObject().put("seat", seat).putArray("nonbid");
            lost.forEach(none -> nonbids.addObject()
                    .put("impid", none.imp())
                    .put("statuscode", none.reason() == NoBid.FORMAT ? UNSUPPORTED_MEDIA : NO_BID));
        }
        var decided = decided();
        if (!decided.isEmpty()) {
            var named = ext.putObject("mizan").putObject("decisions");
            decided.forEach(
                    (imp, answered) -> named.put(imp, answered.record().id().value()));
        }
        return json;
    }

    private void bids(ObjectNode json) {
        var bids = json.putArray("bid");
        for (var result : results) {
            if (result instanceof Auction.Result.Won won) {
                bids.add(won.bid().json());
            }
        }
    }
}
