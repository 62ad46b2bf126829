package mizan.server.serve.record;

import mizan.core.campaign.AdGroupId;
import mizan.core.receipt.CandidateFacts;

/// What was read of one ad group that was examined.
final class FactsCodec {
    private FactsCodec() {}

    static void write(Pack out, CandidateFacts facts) {
        out.id(facts.adGroup().value());
        out.text(facts.outcome());
        out.number(facts.multiplierPpm());
        out.number(facts.clickRatePpm());
        out.number((long) facts.sampledRatePpm() - facts.clickRatePpm());
        out.number(facts.costMicros());
        out.number(facts.availableMicros());
        out.text(facts.limit());
        out.list(facts.shown(), (o, shown) -> o.number(shown));
    }

    static CandidateFacts read(Unpack in) {
        var group = new AdGroupId(in.id(AdGroupId.PREFIX));
        var outcome = in.text();
        int multiplier = in.integer();
        int rate = in.integer();
        int sampled = Math.toIntExact(rate + in.number());
        long cost = in.number();
        long available = in.number();
        return new CandidateFacts(
                group, available, in.text(), multiplier, rate, sampled, cost, in.list(Unpack::integer), outcome);
    }
}
