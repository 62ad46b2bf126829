package mizan.server.proof;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mizan.core.identity.SortableId;
import mizan.core.receipt.ImpressionId;
import mizan.server.reporting.Reports;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The sealed texts of money that reaches an advertiser's funds: what was paid in, and what the platform gave back.
/// With the receipts they give the balance, see `docs/formats/receipt.md`.
final class Movements {
    private static final String FUNDS = "advertiser_funds:";
    private static final String REVENUE = "platform_revenue";
    private static final String OUTSIDE = "external_payments";

    private Movements() {}

    /// The leaf of a movement; empty for one inside an advertiser's own accounts, such as a lease.
    ///
    /// @param campaigns whose an impression was
    static Optional<Item> item(Reports.Entry entry, Function<ImpressionId, Optional<String>> campaigns) {
        if (!entry.credit().startsWith(FUNDS)) {
            return Optional.empty();
        }
        var advertiser = entry.credit().substring(FUNDS.length());
        return switch (entry.debit()) {
            case REVENUE -> Optional.of(credit(entry, advertiser, campaigns));
            case OUTSIDE -> Optional.of(payment(entry, advertiser));
            default -> Optional.empty();
        };
    }

    private static Item credit(
            Reports.Entry entry, String advertiser, Function<ImpressionId, Optional<String>> campaigns) {
        var impression = Optional.of(entry.reference())
                .filter(reference -> SortableId.hasForm(ImpressionId.PREFIX, reference))
                .map(ImpressionId::new);
        var campaign = impression.flatMap(campaigns);
        var json = begun(Item.CREDIT, entry, advertiser);
        json.put("campaign", campaign.orElse(null));
        json.put("impression", impression.map(ImpressionId::value).orElse(null));
        return ended(Item.CREDIT, json, entry, advertiser, campaign.orElse(""));
    }

    private static Item payment(Reports.Entry entry, String advertiser) {
        var json = begun(Item.PAYMENT, entry, advertiser);
        json.put("reference", entry.reference());
        return ended(Item.PAYMENT, json, entry, advertiser, "");
    }

    private static ObjectNode begun(String kind, Reports.Entry entry, String advertiser) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("v", 1).put("kind", kind);
        return json.put(kind, entry.id()).put("advertiser", advertiser);
    }

    private static Item ended(String kind, ObjectNode json, Reports.Entry entry, String advertiser, String campaign) {
        json.put("currency", entry.currency()).put("micros", entry.micros());
        json.put("at", ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()));
        var day = LocalDate.ofInstant(entry.at(), ZoneOffset.UTC).toString();
        return new Item(
                kind, entry.id(), advertiser, campaign, day, entry.currency(), 0, Receipts.bytes(json), List.of());
    }
}
