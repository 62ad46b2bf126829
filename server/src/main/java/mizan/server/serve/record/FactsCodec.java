package mizan.server.serve.record;

import mizan.core.campaign.AdGroupId;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.Draw;

/// What was read of one ad group that was examined.
final class FactsCodec {
    private FactsCodec() {}

    static void write(Pack out, CandidateFacts facts) {
        out.id(facts.adGroup().value());
        out.text(facts.outcome());
        out.number(facts.multiplierPpm());
        out.number(facts.clickRatePpm());
        out.number((long) facts.sampledRatePpm() - facts.clickRatePpm());
        out.number(facts.draw().evidenceMilli());
        if (facts.draw().happened()) {
            out.number(facts.draw().mostRatePpm());
        }
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
        int evidence = in.integer();
        var draw = evidence > 0 ? new Draw(evidence, in.integer()) : Draw.NONE;
        long cost = in.number();
        long available = in.number();
        return new CandidateFacts(
                group, available, in.text(), multiplier, rate, sampled, draw, cost, in.list(Unpack::integer), outcome);
    }
}
