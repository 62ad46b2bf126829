package mizan.server.disputes;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Optional;
import java.util.OptionalLong;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.receipt.ImpressionId;
import mizan.server.http.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A dispute as JSON, for the API and as it is kept. Fields are added, never renamed.
public final class DisputeJson {
    private DisputeJson() {}

    public static ObjectNode write(Dispute d) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", d.id());
        json.put("advertiser", d.advertiser().value());
        json.put("campaign", d.campaign().value());
        json.put("reason", d.reason().name());
        switch (d.subject()) {
            case Dispute.Subject.Showings(var impressions) -> {
                var list = json.putArray("impressions");
                impressions.forEach(i -> list.add(i.value()));
            }
            case Dispute.Subject.Days(var from, var to, var zone) ->
                json.put("from", from.toString()).put("to", to.toString()).put("time_zone", zone.getId());
        }
        var claimed = json.putObject("claimed");
        d.claimed().impressions().ifPresent(n -> claimed.put("impressions", n));
        d.claimed().clicks().ifPresent(n -> claimed.put("clicks", n));
        d.claimed().micros().ifPresent(n -> claimed.put("micros", n));
        json.putObject("ours")
                .put("impressions", d.ours().impressions())
                .put("viewable", d.ours().viewable())
                .put("clicks", d.ours().clicks())
                .put("billed", d.ours().billed())
                .put("micros", d.ours().micros())
                .put("invalid_events", d.ours().invalid());
        json.put("currency", d.currency().getCurrencyCode());
        json.put("opened_at", d.openedAt().toString());
        json.put("answer_due", d.answerDue().toString());
        json.put("state", d.state().name());
        var entries = json.putArray("entries");
        for (var e : d.entries()) {
            var entry = entries.addObject();
            entry.put("at", e.at().toString())
                    .put("by", e.by())
                    .put("side", e.side().name());
            e.became().ifPresent(s -> entry.put("state", s.name()));
            entry.put("text", e.text());
        }
        return json;
    }

    public static Dispute read(String text) {
        var json = StrictJson.own(text);
        var entries = new ArrayList<Dispute.Entry>();
        json.path("entries").forEach(e -> entries.add(entry(e)));
        return new Dispute(
                json.path("id").asString(),
                new AdvertiserId(json.path("advertiser").asString()),
                new CampaignId(json.path("campaign").asString()),
                Dispute.Reason.valueOf(json.path("reason").asString()),
                subject(json),
                new Dispute.Claimed(
                        number(json.path("claimed").path("impressions")),
                        number(json.path("claimed").path("clicks")),
                        number(json.path("claimed").path("micros"))),
                ours(json.path("ours")),
                Currency.getInstance(json.path("currency").asString()),
                Instant.parse(json.path("opened_at").asString()),
                Instant.parse(json.path("answer_due").asString()),
                Dispute.State.valueOf(json.path("state").asString()),
                entries);
    }

    private static Dispute.Subject subject(ObjectNode json) {
        if (json.has("impressions")) {
            var list = new ArrayList<ImpressionId>();
            json.path("impressions").forEach(i -> list.add(new ImpressionId(i.asString())));
            return new Dispute.Subject.Showings(list);
        }
        return new Dispute.Subject.Days(
                LocalDate.parse(json.path("from").asString()),
                LocalDate.parse(json.path("to").asString()),
                ZoneId.of(json.path("time_zone").asString()));
    }

    private static Dispute.Numbers ours(JsonNode json) {
        return new Dispute.Numbers(
                json.path("impressions").asLong(),
                json.path("viewable").asLong(),
                json.path("clicks").asLong(),
                json.path("billed").asLong(),
                json.path("micros").asLong(),
                json.path("invalid_events").asLong());
    }

    private static Dispute.Entry entry(JsonNode json) {
        return new Dispute.Entry(
                Instant.parse(json.path("at").asString()),
                json.path("by").asString(),
                Dispute.Side.valueOf(json.path("side").asString()),
                json.has("state")
                        ? Optional.of(Dispute.State.valueOf(json.path("state").asString()))
                        : Optional.empty(),
                json.path("text").asString());
    }

    private static OptionalLong number(JsonNode json) {
        return json.isNumber() ? OptionalLong.of(json.asLong()) : OptionalLong.empty();
    }
}
