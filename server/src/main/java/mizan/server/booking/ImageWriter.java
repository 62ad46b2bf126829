package mizan.server.booking;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.Book;
import mizan.core.campaign.Budget;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.Creative;
import mizan.core.campaign.Flight;
import mizan.core.campaign.FrequencyCap;
import mizan.core.campaign.Text;
import tools.jackson.databind.node.ObjectNode;

/// Writes a book for [ImageReader].
///
/// A number is seven bits a byte, lowest first, zigzag. A text is the number of one that was written before,
/// counted from 1, or 0, its length in bytes and its UTF-8. A list is its length and its items; what may be
/// absent is a list of at most one.
final class ImageWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    private final Map<String, Integer> texts = new HashMap<>();

    byte[] bytes() {
        return out.toByteArray();
    }

    void raw(byte[] bytes) {
        out.writeBytes(bytes);
    }

    void book(Book book) {
        list(book.advertisers().values(), a -> {
            json(BookJson.write(a));
            text(a.id().value());
            time(a.createdAt());
        });
        list(book.placements().values(), p -> {
            json(BookJson.write(p));
            text(p.id().value());
            time(p.createdAt());
        });
        list(book.terms().values(), t -> {
            json(BookJson.write(t));
            text(t.id().value());
            number(t.version());
        });
        list(book.campaigns().values(), this::campaign);
        list(book.adGroups().values(), this::adGroup);
        list(book.creatives().values(), this::creative);
        list(book.ads().values(), this::ad);
    }

    private void campaign(Campaign c) {
        text(c.id().value());
        text(c.advertiser().value());
        text(c.name());
        text(c.status().name());
        text(c.tier().name());
        budget(c.budget());
        flight(c.flight());
        text(c.pacing().name());
        caps(c.caps());
        optional(c.terms(), t -> text(t.value()));
        optional(c.holdout(), h -> number(h.percent()));
        optional(c.externalId(), this::text);
        texts(c.metadata());
        time(c.createdAt());
    }

    private void adGroup(AdGroup g) {
        text(g.id().value());
        text(g.campaign().value());
        text(g.name());
        text(g.status().name());
        text(g.bid().chargeBy().name());
        number(g.bid().amountMicros());
        json(TargetingJson.write(g.targeting()));
        budget(g.budget());
        optional(g.flight(), this::flight);
        caps(g.caps());
        optional(g.externalId(), this::text);
        time(g.createdAt());
    }

    private void creative(Creative c) {
        text(c.id().value());
        text(c.advertiser().value());
        text(c.kind().name());
        text(c.headline());
        text(c.body());
        text(c.callToAction());
        text(c.landingPage().toString());
        optional(c.picture(), this::picture);
        list(c.cards(), card -> {
            picture(card.picture());
            text(card.headline());
        });
        caps(c.caps());
        optional(c.category(), this::text);
        text(c.review().name());
        optional(c.reviewReason(), this::text);
        time(c.createdAt());
    }

    private void picture(Creative.Picture picture) {
        text(picture.name());
        number(picture.width());
        number(picture.height());
        number(picture.moving() ? 1 : 0);
        text(picture.alternative());
        optional(picture.caption(), this::text);
    }

    private void ad(Ad a) {
        text(a.id().value());
        text(a.adGroup().value());
        text(a.creative().value());
        text(a.status().name());
        caps(a.caps());
        time(a.createdAt());
    }

    private void budget(Budget budget) {
        optional(budget.totalMicros());
        optional(budget.dailyMicros());
    }

    private void optional(OptionalLong value) {
        number(value.isPresent() ? 1 : 0);
        value.ifPresent(this::number);
    }

    private <T> void optional(Optional<T> value, Consumer<T> writer) {
        list(value.stream().toList(), writer);
    }

    private void flight(Flight flight) {
        time(flight.start());
        optional(flight.end(), this::time);
    }

    private void caps(List<FrequencyCap> caps) {
        list(caps, c -> {
            number(c.max());
            number(c.window().toSeconds());
            number(c.window().toNanosPart());
            number(c.coolDown().toSeconds());
            number(c.coolDown().toNanosPart());
        });
    }

    private void text(Text text) {
        texts(text.byLanguage());
    }

    private void texts(Map<String, String> map) {
        list(map.entrySet(), e -> {
            text(e.getKey());
            text(e.getValue());
        });
    }

    private void json(ObjectNode json) {
        text(json.toString());
    }

    private void time(Instant time) {
        number(time.getEpochSecond());
        number(time.getNano());
    }

    private <T> void list(Collection<T> items, Consumer<T> writer) {
        number(items.size());
        items.forEach(writer);
    }

    private void text(String text) {
        int known = texts.getOrDefault(text, 0);
        number(known);
        if (known == 0) {
            texts.put(text, texts.size() + 1);
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            number(bytes.length);
            out.writeBytes(bytes);
        }
    }

    private void number(long number) {
        long left = (number << 1) ^ (number >> 63);
        while ((left & ~0x7FL) != 0) {
            out.write((int) (left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.write((int) left);
    }
}
