package mizan.server.adcp;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.EntityStatus;
import mizan.core.identity.SortableId;
import mizan.server.adcp.Accounts.Account;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Packages are ad groups. Which creatives an agent assigned is remembered, because it may name them before it sends
/// them.
final class Packages {
    /// Where a package's document names its ad group.
    static final String GROUP = "ad_group";

    private Packages() {}

    /// By how much another's count may differ before it is a dispute (4As/IAB Standard Terms 3.0, IV d).
    private static final int VARIANCE_PERCENT = 10;

    /// Checks a package and says what is to be booked, without booking it.
    static ObjectNode checked(Sale sale, Account account, Asked one) {
        var product = Products.find(sale, one.text("product_id"));
        var price = product.price(one.text("pricing_option_id"));
        if (!price.currency().equals(account.currency())) {
            throw AdcpError.invalid(one.where() + "pricing_option_id", "the account pays in " + account.currency());
        }
        measurement(one);
        var fields = Sale.node();
        fields.putObject("name").put("en", product.name());
        fields.putObject("bid").put("charge_by", price.chargeBy().name()).put("amount_micros", price.bid(one));
        fields.putObject("budget").put("total_micros", budget(one));
        boolean held = one.flag("paused").orElse(false) || Targets.isHeld(one);
        fields.put("entity_status", (held ? EntityStatus.PAUSED : EntityStatus.ACTIVE).name());
        flight(sale, fields, one);
        Targets.write(fields, one, product);
        var document = one.json().deepCopy();
        document.set("fields", fields);
        return document;
    }

    /// What is billed is what receipts prove. Another's count is heard, within the usual variance.
    private static void measurement(Asked one) {
        var variance = one.object("measurement_terms")
                .flatMap(t -> t.object("billing_measurement"))
                .flatMap(m -> m.count("max_variance_percent", 0, 100));
        if (variance.isPresent() && variance.get() < VARIANCE_PERCENT) {
            throw new AdcpError(
                    "TERMS_REJECTED",
                    "receipts are billed; another count may differ by " + VARIANCE_PERCENT + " percent before it is a"
                            + " dispute",
                    one.where() + "measurement_terms.billing_measurement.max_variance_percent");
        }
    }

    static long budget(Asked one) {
        return one.money("budget").orElseThrow(() -> AdcpError.invalid(one.where() + "budget", "is required"));
    }

    private static void flight(Sale sale, ObjectNode fields, Asked one) {
        var start = one.time("start_time", sale.now());
        var end = one.time("end_time", sale.now());
        if (start.isPresent() != end.isPresent()) {
            throw AdcpError.invalid(one.where() + "start_time", "with end_time, or neither");
        }
        if (start.isPresent() && end.isPresent()) {
            if (!end.get().isAfter(start.get())) {
                throw AdcpError.invalid(one.where() + "end_time", "after start_time");
            }
            fields.putObject("flight")
                    .put("start", start.get().toString())
                    .put("end", end.get().toString());
        }
    }

    /// Books what was checked and is not booked yet: at once, or when the second person has agreed to the campaign.
    static void book(Sale sale, Account account, Campaign campaign) {
        var found = MediaBuys.document(sale, campaign);
        if (found.isEmpty()) {
            return;
        }
        for (var one : found.get().path("packages")) {
            if (one instanceof ObjectNode document && !document.has(GROUP)) {
                var fields = ((ObjectNode) document.path("fields")).deepCopy();
                fields.put("campaign", campaign.id().value());
                document.put(
                        GROUP,
                        sale.add(mizan.server.booking.Kind.AD_GROUP, fields).id());
                MediaBuys.keep(sale, campaign, found.get());
            }
        }
        groups(sale, campaign).forEach(group -> assign(sale, account, found.get(), group));
    }

    static List<AdGroup> groups(Sale sale, Campaign campaign) {
        return sale.book().adGroups().values().stream()
                .filter(g -> g.campaign().equals(campaign.id()))
                .sorted(java.util.Comparator.comparing(g -> g.id().value()))
                .toList();
    }

    /// A group of this campaign.
    static AdGroup find(Sale sale, Campaign campaign, String id) {
        return Optional.of(id)
                .filter(i -> SortableId.hasForm(AdGroupId.PREFIX, i))
                .map(i -> sale.book().adGroups().get(new AdGroupId(i)))
                .filter(g -> g.campaign().equals(campaign.id()))
                .orElseThrow(() -> new AdcpError("PACKAGE_NOT_FOUND", "no such package", "packages"));
    }

    static Optional<ObjectNode> document(ObjectNode buy, AdGroup group) {
        for (var one : buy.path("packages")) {
            if (one instanceof ObjectNode document
                    && document.path(GROUP).asString("").equals(group.id().value())) {
                return Optional.of(document);
            }
        }
        return Optional.empty();
    }

    /// Makes ads of the creatives that a package names and the account has; ends those that it names no more.
    private static void assign(Sale sale, Account account, ObjectNode buy, AdGroup group) {
        var named = document(buy, group).map(Packages::assigned).orElse(Set.of());
        var wanted = named.stream()
                .flatMap(id -> Creatives.find(sale, account, id).stream())
                .map(c -> c.creative().id())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (var ad : ads(sale, group)) {
            if (!wanted.remove(ad.creative())) {
                status(sale, mizan.server.booking.Kind.AD, ad.id().value(), "archive", EntityStatus.ARCHIVED);
            }
        }
        for (var creative : wanted) {
            var fields = Sale.node().put("ad_group", group.id().value()).put("creative", creative.value());
            sale.add(mizan.server.booking.Kind.AD, fields.put("entity_status", EntityStatus.ACTIVE.name()));
        }
    }

    static Set<String> assigned(JsonNode document) {
        var ids = new LinkedHashSet<String>();
        document.path("creative_assignments")
                .forEach(a -> ids.add(a.path("creative_id").asString("")));
        return ids;
    }

    /// Those that may still run.
    static List<Ad> ads(Sale sale, AdGroup group) {
        return sale.book().ads().values().stream()
                .filter(a -> a.adGroup().equals(group.id()) && a.status() != EntityStatus.ARCHIVED)
                .toList();
    }

    /// Creatives have come that packages may have waited for.
    static void assignWaiting(Sale sale, Account account) {
        for (var campaign : MediaBuys.campaigns(sale, account)) {
            if (campaign.status() != EntityStatus.ARCHIVED) {
                book(sale, account, campaign);
            }
        }
    }

    static void status(Sale sale, mizan.server.booking.Kind kind, String id, String verb, EntityStatus status) {
        sale.change(kind, id, verb, Sale.node().put("entity_status", status.name()));
    }

    /// As the agent sees it.
    static ObjectNode json(Sale sale, Account account, Campaign campaign, AdGroup group, ObjectNode buy) {
        var document = document(buy, group).orElseGet(Sale::node);
        var json = Sale.node().put("package_id", group.id().value());
        json.put(
                "product_id",
                document.path("product_id")
                        .asString(sale.book().placements().values().stream()
                                .map(p -> p.code())
                                .sorted()
                                .findFirst()
                                .orElse("feed")));
        for (var name : List.of("pricing_option_id", "targeting_overlay", "creative_assignments")) {
            if (document.has(name)) {
                json.set(name, document.get(name).deepCopy());
            }
        }
        group.budget().totalMicros().ifPresent(total -> json.put("budget", Money.of(total)));
        json.put("bid_price", Money.of(group.bid().amountMicros()));
        json.put("pacing", campaign.pacing().name().toLowerCase(java.util.Locale.ROOT));
        json.put("paused", group.status() == EntityStatus.PAUSED);
        if (group.status() == EntityStatus.ARCHIVED) {
            json.put("canceled", true);
        }
        group.flight().ifPresent(f -> {
            json.put("start_time", f.start().toString());
            f.end().ifPresent(end -> json.put("end_time", end.toString()));
        });
        approvals(sale, account, json, document);
        return json;
    }

    private static void approvals(Sale sale, Account account, ObjectNode json, ObjectNode document) {
        var list = Sale.node().putArray("approvals");
        for (var id : assigned(document)) {
            Creatives.find(sale, account, id)
                    .ifPresent(c -> list.addObject()
                            .put("creative_id", id)
                            .put(
                                    "approval_status",
                                    switch (c.status()) {
                                        case "approved" -> "approved";
                                        case "pending_review", "processing" -> "pending_review";
                                        default -> "rejected";
                                    }));
        }
        if (!list.isEmpty()) {
            json.set("creative_approvals", list);
        }
    }
}
