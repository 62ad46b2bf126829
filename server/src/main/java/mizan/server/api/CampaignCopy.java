package mizan.server.api;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.CampaignId;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import tools.jackson.databind.node.ObjectNode;

/// A campaign booked a second time: with its ad groups and ads, without what only one may have, and beginning today if
/// it began before.
final class CampaignCopy {
    private final Engine engine;
    private final String from;
    private final Booking.Author author;

    CampaignCopy(Engine engine, String from, Booking.Author author) {
        this.engine = engine;
        this.from = from;
        this.author = author;
    }

    /// The fields of a new campaign like this one.
    ObjectNode campaign() {
        return asNew(engine.booking().body(Kind.CAMPAIGN, from).orElseThrow());
    }

    /// Books the ad groups and ads for another campaign. They spend within it, so nobody else has to agree.
    void groupsTo(String campaign) {
        for (var group : engine.booking().book().adGroups().values()) {
            if (group.campaign().equals(new CampaignId(from))) {
                var body =
                        engine.booking().body(Kind.AD_GROUP, group.id().value()).orElseThrow();
                adsTo(create(Kind.AD_GROUP, asNew(body).put("campaign", campaign)), group.id());
            }
        }
    }

    private void adsTo(String group, AdGroupId of) {
        for (var ad : engine.booking().book().ads().values()) {
            if (ad.adGroup().equals(of)) {
                var body = engine.booking().body(Kind.AD, ad.id().value()).orElseThrow();
                create(Kind.AD, body.deepCopy().put("ad_group", group));
            }
        }
    }

    private String create(Kind kind, ObjectNode fields) {
        var wish = new Booking.Wish(kind, Optional.empty(), "create", fields);
        return engine.booking().apply(List.of(wish), author).getFirst().id();
    }

    private ObjectNode asNew(ObjectNode body) {
        var fields = body.deepCopy();
        fields.remove("external_id");
        if (fields.path("flight") instanceof ObjectNode flight) {
            var start = Instant.parse(flight.path("start").asString());
            var zone = zone();
            var today = LocalDate.ofInstant(engine.time().instant(), zone)
                    .atStartOfDay(zone)
                    .toInstant();
            if (start.isBefore(today)) {
                flight.put("start", today.toString());
                if (flight.has("end")) {
                    var length = Duration.between(
                            start, Instant.parse(flight.path("end").asString()));
                    flight.put("end", today.plus(length).toString());
                }
            }
        }
        return fields;
    }

    /// The clock that the advertiser's days are told by.
    private ZoneId zone() {
        var book = engine.booking().book();
        var campaign = book.campaigns().get(new CampaignId(from));
        return campaign == null ? ZoneId.of("UTC") : book.advertiserOf(campaign).timeZone();
    }
}
