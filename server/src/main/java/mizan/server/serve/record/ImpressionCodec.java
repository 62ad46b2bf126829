package mizan.server.serve.record;

import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.CreativeId;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.EmptySlot;
import mizan.core.receipt.Ghost;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.core.receipt.TermsVersion;
import mizan.core.suitability.TermsId;

/// What became of the slots: an ad with its hold, nothing, or nothing where an experiment kept an ad back.
final class ImpressionCodec {
    private ImpressionCodec() {}

    static void write(Pack out, Impression impression) {
        out.onlyId(impression.id().value());
        out.number(impression.afterPost());
        out.id(impression.advertiser().value());
        out.id(impression.campaign().value());
        out.id(impression.adGroup().value());
        out.id(impression.ad().value());
        out.id(impression.creative().value());
        out.number(impression.terms().isPresent() ? 1 : 0);
        impression.terms().ifPresent(terms -> {
            out.id(terms.id().value());
            out.number(terms.version());
        });
        out.number(impression.lease());
        out.number(impression.sequence());
        out.text(impression.chargeBy().name());
        out.number(impression.priceMicros());
        out.number(impression.heldMicros());
        out.number(impression.boundMicros());
        out.text(impression.currency().getCurrencyCode());
        out.number(Micros.of(impression.expiresAt()) - Micros.of(impression.servedAt()));
    }

    static Impression read(Unpack in, DecisionId decision, Instant at) {
        return new Impression(
                new ImpressionId(in.onlyId(ImpressionId.PREFIX)),
                decision,
                in.integer(),
                new AdvertiserId(in.id(AdvertiserId.PREFIX)),
                new CampaignId(in.id(CampaignId.PREFIX)),
                new AdGroupId(in.id(AdGroupId.PREFIX)),
                new AdId(in.id(AdId.PREFIX)),
                new CreativeId(in.id(CreativeId.PREFIX)),
                in.flag()
                        ? Optional.of(new TermsVersion(new TermsId(in.id(TermsId.PREFIX)), in.integer()))
                        : Optional.empty(),
                in.number(),
                in.integer(),
                ChargeBy.valueOf(in.text()),
                in.number(),
                in.number(),
                in.number(),
                Currency.getInstance(in.text()),
                at,
                Micros.instant(Micros.of(at) + in.number()));
    }

    static void empty(Pack out, EmptySlot slot) {
        out.number(slot.afterPost());
        out.text(slot.reason().name());
    }

    static EmptySlot empty(Unpack in) {
        return new EmptySlot(in.integer(), EmptySlot.Reason.valueOf(in.text()));
    }

    static void ghost(Pack out, Ghost ghost) {
        out.number(ghost.afterPost());
        out.id(ghost.ad().value());
        out.number(ghost.priceMicros());
        out.text(ghost.experiment());
        out.text(ghost.arm());
    }

    static Ghost ghost(Unpack in) {
        return new Ghost(in.integer(), new AdId(in.id(AdId.PREFIX)), in.number(), in.text(), in.text());
    }
}
