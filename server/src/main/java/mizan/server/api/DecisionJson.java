package mizan.server.api;

import java.util.Locale;
import mizan.core.campaign.Creative;
import mizan.core.campaign.Placement;
import mizan.core.campaign.Text;
import mizan.core.decision.Snapshot;
import mizan.core.receipt.EmptySlot;
import mizan.server.picture.Pictures;
import mizan.server.picture.StoredPicture;
import mizan.server.serve.Answered;
import tools.jackson.core.JsonGenerator;

/// A decision as it is answered, written without a tree in between: it is the answer that is given most often.
///
/// @param language `ar` or `en`, which ads and their labels are told in where they can be
record DecisionJson(Snapshot snapshot, Pictures pictures, String language) {
    /// Into an object that has begun.
    void write(JsonGenerator out, Answered answered, Placement placement) {
        var record = answered.record();
        out.writeStringProperty("id", record.id().value());
        out.writeStringProperty("placement", placement.code());
        out.writeStringProperty("at", record.at().toString());
        out.writeArrayPropertyStart("slots");
        // All of a page expire at one moment, and writing it down takes its time.
        var expiresAt = answered.shown().isEmpty()
                ? ""
                : answered.shown().getFirst().impression().expiresAt().toString();
        for (var shown : answered.shown()) {
            int afterPost = shown.impression().afterPost();
            out.writeStartObject();
            out.writeNumberProperty("after_post", afterPost);
            out.writeStringProperty(
                    "after_post_id", record.posts().get(afterPost - 1).id());
            out.writeObjectPropertyStart("ad");
            ad(out, shown);
            out.writeStringProperty("expires_at", expiresAt);
            out.writeEndObject();
            out.writeEndObject();
        }
        answered.empty().forEach(slot -> empty(out, slot));
        out.writeEndArray();
        out.writeStringProperty("cursor", answered.cursor());
    }

    private void ad(JsonGenerator out, Answered.Shown shown) {
        var impression = shown.impression();
        var entry = snapshot.entry(impression.adGroup()).orElseThrow();
        var advertiser = entry.advertiser();
        var creative = entry.creative(impression.ad());
        out.writeStringProperty("id", impression.ad().value());
        out.writeStringProperty("impression", impression.id().value());
        out.writeStringProperty("token", shown.token());
        out.writeStringProperty("label", language.equals("ar") ? "إعلان" : "Ad");
        text(out, "advertiser", advertiser.name());
        out.writeStringProperty("payer", advertiser.payer());
        out.writeStringProperty("kind", creative.kind().name());
        out.writeStringProperty("language", creative.headline().languageFor(language));
        text(out, "headline", creative.headline());
        text(out, "body", creative.body());
        text(out, "call_to_action", creative.callToAction());
        creative.picture().filter(this::isStored).ifPresent(picture -> picture(out, picture));
        cards(out, creative);
        out.writeStringProperty("click", "/c/" + shown.token());
        out.writeStringProperty("pixel", "/t/rendered/" + shown.token());
        out.writeStringProperty("why", "/why/" + shown.token());
    }

    private void cards(JsonGenerator out, Creative creative) {
        var stored = creative.cards().stream()
                .filter(card -> isStored(card.picture()))
                .toList();
        if (stored.isEmpty()) {
            return;
        }
        out.writeArrayPropertyStart("cards");
        for (var card : stored) {
            out.writeStartObject();
            text(out, "headline", card.headline());
            picture(out, card.picture());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private boolean isStored(Creative.Picture picture) {
        return pictures.find(picture.name()).isPresent();
    }

    private void picture(JsonGenerator out, Creative.Picture picture) {
        out.writeObjectPropertyStart("picture");
        out.writeStringProperty("name", picture.name());
        out.writeStringProperty("url", StoredPicture.path(picture.name()));
        out.writeNumberProperty("width", picture.width());
        out.writeNumberProperty("height", picture.height());
        text(out, "alternative", picture.alternative());
        picture.caption().ifPresent(caption -> text(out, "caption", caption));
        out.writeEndObject();
    }

    private void text(JsonGenerator out, String name, Text text) {
        out.writeStringProperty(name, text.in(language));
    }

    private static void empty(JsonGenerator out, EmptySlot slot) {
        out.writeStartObject();
        out.writeNumberProperty("after_post", slot.afterPost());
        out.writeNullProperty("ad");
        out.writeStringProperty("reason", slot.reason().name().toLowerCase(Locale.ROOT));
        out.writeEndObject();
    }
}
