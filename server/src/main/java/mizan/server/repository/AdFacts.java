package mizan.server.repository;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import mizan.core.campaign.Ad;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.Book;
import mizan.core.campaign.Creative;
import mizan.core.campaign.ReviewStatus;
import mizan.core.campaign.Text;
import mizan.core.targeting.Criterion;
import mizan.core.targeting.Targeting;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the book says of an ad, as far as the public is told: the letters of DSA art. 39(2) in their order, as JSON
/// with a fixed order of names, which is also the text that is sealed (`docs/formats/receipt.md`, "Ad").
final class AdFacts {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AdFacts() {}

    /// The booked things that facts are made of. When none of them was replaced, the facts are what they were.
    record Booked(Ad ad, Creative creative, Advertiser advertiser, Targeting targeting) {
        static Booked of(Book book, Ad ad) {
            var group = Optional.ofNullable(book.adGroups().get(ad.adGroup())).orElseThrow();
            return new Booked(
                    ad,
                    Optional.ofNullable(book.creatives().get(ad.creative())).orElseThrow(),
                    book.advertiserOf(book.campaignOf(group)),
                    group.targeting());
        }

        /// Whether the platform took it down: it had been approved, or it would not have been shown.
        boolean removed() {
            return creative.review() == ReviewStatus.REJECTED || creative.review() == ReviewStatus.SUSPENDED;
        }

        /// The very same objects; comparing what is in them would cost more than making the facts anew.
        @SuppressWarnings("ReferenceEquality")
        boolean same(Booked other) {
            return creative == other.creative && advertiser == other.advertiser && targeting == other.targeting;
        }
    }

    /// @param removedAt when it was first known that the platform took it down; empty while it did not. Then (a) to
    ///     (c) are withheld, and the reason is told instead (art. 39(3))
    static ObjectNode of(Booked booked, Optional<Instant> removedAt) {
        var json = NODES.objectNode();
        json.put("v", 1).put("kind", "ad").put("id", booked.ad().id().value());
        if (removedAt.isPresent()) {
            json.putNull("content")
                    .putNull("advertiser")
                    .putNull("on_behalf_of")
                    .putNull("payer");
        } else {
            json.set("content", content(booked.creative()));
            json.put("advertiser", booked.advertiser().id().value());
            json.set("on_behalf_of", text(booked.advertiser().name()));
            json.put("payer", booked.advertiser().payer());
        }
        var targeting = booked.targeting();
        json.put(
                "targeted",
                !targeting.wanted().isEmpty() || !targeting.excluded().isEmpty());
        json.set("targeting", criteria(targeting.wanted()));
        json.set("excluding", criteria(targeting.excluded()));
        json.put("by_hours", targeting.hours().isPresent());
        json.put("commercial_post", booked.creative().kind() == Creative.Kind.PROMOTED_POST);
        removedAt.ifPresentOrElse(
                at -> json.putObject("removal")
                        .put("at", at.toString())
                        .put("reason", booked.creative().reviewReason().orElse("")),
                () -> json.putNull("removal"));
        return json;
    }

    private static ObjectNode content(Creative creative) {
        var json = NODES.objectNode();
        json.put("form", creative.kind().name().toLowerCase(java.util.Locale.ROOT));
        json.set("headline", text(creative.headline()));
        json.set("body", text(creative.body()));
        json.set("call_to_action", text(creative.callToAction()));
        json.put("landing_page", creative.landingPage().toString());
        creative.picture().ifPresentOrElse(p -> picture(json.putObject("picture"), p), () -> json.putNull("picture"));
        if (!creative.cards().isEmpty()) {
            var cards = json.putArray("cards");
            for (var card : creative.cards()) {
                var one = cards.addObject();
                one.set("headline", text(card.headline()));
                picture(one.putObject("picture"), card.picture());
            }
        }
        creative.category().ifPresentOrElse(c -> json.put("product", c), () -> json.putNull("product"));
        return json;
    }

    private static void picture(ObjectNode json, Creative.Picture picture) {
        json.put("name", picture.name()).set("alternative", text(picture.alternative()));
        picture.caption().ifPresent(caption -> json.set("caption", text(caption)));
    }

    private static ObjectNode text(Text text) {
        var json = NODES.objectNode();
        text.byLanguage().forEach(json::put);
        return json;
    }

    /// Authors are people, so only their number is told.
    private static ObjectNode criteria(Map<Criterion, Set<String>> values) {
        var json = NODES.objectNode();
        new TreeMap<>(values).forEach((criterion, some) -> {
            if (criterion == Criterion.AUTHOR) {
                json.put(criterion.code(), some.size());
            } else {
                var list = json.putArray(criterion.code());
                some.stream().sorted().forEach(list::add);
            }
        });
        return json;
    }
}
