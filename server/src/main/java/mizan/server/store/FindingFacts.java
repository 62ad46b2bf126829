package mizan.server.store;

import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.decision.Breach;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.ImpressionId;
import mizan.core.receipt.TermsVersion;
import mizan.core.suitability.TermsId;
import mizan.server.findings.Finding;
import mizan.server.http.StrictJson;
import tools.jackson.databind.node.JsonNodeFactory;

/// A finding as one JSON text: it is only ever read whole. Fields are added, never renamed.
final class FindingFacts {
    private FindingFacts() {}

    static String write(Finding f) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("impression", f.impression().value());
        json.put("decision", f.decision().value());
        json.put("position", f.position());
        json.put("advertiser", f.advertiser().value());
        json.put("campaign", f.campaign().value());
        json.put("ad", f.ad().value());
        f.terms().ifPresent(t -> json.put("terms", t.id().value()).put("terms_version", t.version()));
        json.put("cause", f.cause().name());
        json.put("after_post", f.breach().afterPost());
        json.put("post", f.breach().postId());
        json.put("rule", f.breach().rule().name());
        json.put("detail", f.breach().detail());
        json.put("commitment", f.commitment());
        json.put("served_at", f.servedAt().toString());
        json.put("changed_at", f.changedAt().toString());
        json.put("currency", f.currency().getCurrencyCode());
        json.put("price_micros", f.priceMicros());
        json.put("credited_micros", f.creditedMicros());
        return json.toString();
    }

    static Finding read(String text) {
        var json = StrictJson.own(text);
        return new Finding(
                new ImpressionId(json.path("impression").stringValue()),
                new DecisionId(json.path("decision").stringValue()),
                json.path("position").longValue(),
                new AdvertiserId(json.path("advertiser").stringValue()),
                new CampaignId(json.path("campaign").stringValue()),
                new AdId(json.path("ad").stringValue()),
                json.has("terms")
                        ? Optional.of(new TermsVersion(
                                new TermsId(json.path("terms").stringValue()),
                                json.path("terms_version").intValue()))
                        : Optional.empty(),
                Finding.Cause.valueOf(json.path("cause").stringValue()),
                new Breach(
                        json.path("after_post").intValue(),
                        json.path("post").stringValue(),
                        Breach.Rule.valueOf(json.path("rule").stringValue()),
                        json.path("detail").stringValue()),
                json.path("commitment").stringValue(),
                Instant.parse(json.path("served_at").stringValue()),
                Instant.parse(json.path("changed_at").stringValue()),
                Currency.getInstance(json.path("currency").stringValue()),
                json.path("price_micros").longValue(),
                json.path("credited_micros").longValue());
    }
}
