package mizan.server.store;

import java.time.Instant;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.PlacementId;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.core.receipt.TermsVersion;
import mizan.core.suitability.TermsId;
import mizan.server.accounting.ImpressionState;

/// The parts of an impression that no query asks for, as one column: tab-separated, in the order below.
final class ImpressionCodec {
    private ImpressionCodec() {}

    static byte[] write(ImpressionState state) {
        var i = state.impression();
        return String.join(
                        "\t",
                        state.placement().value(),
                        i.decision().value(),
                        Integer.toString(i.afterPost()),
                        i.advertiser().value(),
                        i.campaign().value(),
                        i.adGroup().value(),
                        i.ad().value(),
                        i.creative().value(),
                        i.terms().map(t -> t.id().value()).orElse(""),
                        i.terms().map(t -> Integer.toString(t.version())).orElse(""),
                        Long.toString(i.lease()),
                        Integer.toString(i.sequence()),
                        i.chargeBy().name(),
                        Long.toString(i.priceMicros()),
                        Long.toString(i.heldMicros()),
                        Long.toString(i.boundMicros()),
                        i.currency().getCurrencyCode(),
                        i.servedAt().toString(),
                        i.expiresAt().toString())
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static ImpressionState read(String id, long decidedAt, int seen, boolean charged, byte[] body) {
        var f = List.of(new String(body, java.nio.charset.StandardCharsets.UTF_8).split("\t", -1));
        Optional<TermsVersion> terms = f.get(8).isEmpty()
                ? Optional.empty()
                : Optional.of(new TermsVersion(new TermsId(f.get(8)), Integer.parseInt(f.get(9))));
        var impression = new Impression(
                new ImpressionId(id),
                new DecisionId(f.get(1)),
                Integer.parseInt(f.get(2)),
                new AdvertiserId(f.get(3)),
                new CampaignId(f.get(4)),
                new AdGroupId(f.get(5)),
                new AdId(f.get(6)),
                new CreativeId(f.get(7)),
                terms,
                Long.parseLong(f.get(10)),
                Integer.parseInt(f.get(11)),
                ChargeBy.valueOf(f.get(12)),
                Long.parseLong(f.get(13)),
                Long.parseLong(f.get(14)),
                Long.parseLong(f.get(15)),
                Currency.getInstance(f.get(16)),
                Instant.parse(f.get(17)),
                Instant.parse(f.get(18)));
        return new ImpressionState(impression, new PlacementId(f.get(0)), kinds(seen), charged, decidedAt);
    }

    static int bits(Set<AdEvent.Kind> kinds) {
        int bits = 0;
        for (var kind : kinds) {
            bits |= bit(kind);
        }
        return bits;
    }

    private static Set<AdEvent.Kind> kinds(int bits) {
        var kinds = EnumSet.noneOf(AdEvent.Kind.class);
        for (var kind : AdEvent.Kind.values()) {
            if ((bits & bit(kind)) != 0) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private static int bit(AdEvent.Kind kind) {
        return switch (kind) {
            case RENDERED -> 1;
            case VIEWABLE -> 2;
            case CLICK -> 4;
            case HIDE -> 8;
            case HIDE_ADVERTISER -> 16;
            case SHOW_AGAIN -> 32;
        };
    }
}
