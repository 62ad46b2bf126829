package mizan.server.adcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.EntityStatus;
import mizan.server.adcp.Accounts.Account;
import mizan.server.booking.Kind;
import mizan.server.http.Scope;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `update_media_buy` asks for: all of it is checked before any of it is booked, and the campaign goes first, so
/// that
/// what waits for a second person leaves everything as it is.
final class Changes {
    private final Sale sale;
    private final Campaign campaign;
    private final ObjectNode ofCampaign = Sale.node();
    private final Map<AdGroup, ObjectNode> ofGroups = new LinkedHashMap<>();
    private final ObjectNode document;

    private Changes(Sale sale, Campaign campaign) {
        this.sale = sale;
        this.campaign = campaign;
        this.document = MediaBuys.document(sale, campaign).orElseGet(Sale::node);
    }

    static Changes of(Sale sale, Account account, Campaign campaign) {
        var changes = new Changes(sale, campaign);
        changes.read(account);
        return changes;
    }

    List<AdGroup> groups() {
        return List.copyOf(ofGroups.keySet());
    }

    private void read(Account account) {
        var asked = sale.asked;
        asked.flag("paused").ifPresent(paused -> {
            if (!paused && !sale.caller().may(Scope.APPROVE)) {
                throw AdcpError.of("PERMISSION_DENIED", "a person of the platform resumes it");
            }
            ofCampaign.put("entity_status", (paused ? EntityStatus.PAUSED : EntityStatus.ACTIVE).name());
        });
        flight(asked);
        long more = 0;
        for (var one : asked.objects("packages")) {
            more = Math.addExact(more, group(one));
        }
        for (var one : asked.objects("new_packages")) {
            var added = Packages.checked(sale, account, one);
            packages().add(added);
            more = Math.addExact(more, Packages.budget(one));
        }
        budget(more);
    }

    private ArrayNode packages() {
        return document.path("packages") instanceof ArrayNode list ? list : document.putArray("packages");
    }

    private void flight(Asked asked) {
        var start = asked.time("start_time", sale.now());
        var end = asked.time("end_time", sale.now());
        if (start.isEmpty() && end.isEmpty()) {
            return;
        }
        var from = start.orElse(campaign.flight().start());
        var to = end.or(() -> campaign.flight().end());
        if (to.isPresent() && !to.get().isAfter(from)) {
            throw AdcpError.invalid("end_time", "after start_time");
        }
        var flight = ofCampaign.putObject("flight").put("start", from.toString());
        to.ifPresent(t -> flight.put("end", t.toString()));
    }

    /// The campaign's budget is what its packages have.
    private void budget(long more) {
        if (more == 0) {
            return;
        }
        if (more > 0 && !sale.caller().may(Scope.MONEY_WRITE)) {
            throw AdcpError.of("PERMISSION_DENIED", "the key may not raise a budget");
        }
        long total = Math.addExact(campaign.budget().totalMicros().orElse(0), more);
        if (total < 1) {
            throw AdcpError.of("BUDGET_TOO_LOW", "nothing would be left");
        }
        ofCampaign.putObject("budget").put("total_micros", total);
    }

    /// @return by how much its budget grows, in micros
    private long group(Asked one) {
        var group = Packages.find(sale, campaign, one.text("package_id"));
        if (group.status() == EntityStatus.ARCHIVED) {
            throw new AdcpError("INVALID_STATE", "the package is canceled", one.where() + "package_id");
        }
        var fields = Sale.node();
        ofGroups.put(group, fields);
        one.flag("paused")
                .ifPresent(p -> fields.put("entity_status", (p ? EntityStatus.PAUSED : EntityStatus.ACTIVE).name()));
        if (one.flag("canceled").orElse(false)) {
            fields.put("entity_status", EntityStatus.ARCHIVED.name());
        }
        one.money("bid_price").ifPresent(bid -> bid(fields, group, bid, one));
        remember(group, one, fields);
        var budget = one.money("budget");
        if (budget.isEmpty()) {
            return 0;
        }
        fields.putObject("budget").put("total_micros", budget.get());
        return budget.get() - group.budget().totalMicros().orElse(0);
    }

    private void bid(ObjectNode fields, AdGroup group, long bid, Asked one) {
        Packages.document(document, group).ifPresent(d -> {
            var asked = new Asked(d.deepCopy().setAll(one.json()), one.where());
            Products.find(sale, d.path("product_id").asString(""))
                    .price(d.path("pricing_option_id").asString(""))
                    .bid(asked);
        });
        fields.putObject("bid").put("charge_by", group.bid().chargeBy().name()).put("amount_micros", bid);
    }

    /// What the book has no words for.
    private void remember(AdGroup group, Asked one, ObjectNode fields) {
        var known = Packages.document(document, group);
        if (one.has("targeting_overlay")) {
            var product = Products.find(
                    sale, known.map(d -> d.path("product_id").asString("")).orElse(""));
            Targets.write(fields, one, product);
            if (Targets.isHeld(one)) {
                fields.put("entity_status", EntityStatus.PAUSED.name());
            }
        }
        for (var name : new ArrayList<>(List.of("targeting_overlay", "creative_assignments"))) {
            if (one.has(name)) {
                var to = known.orElseGet(() ->
                        packages().addObject().put(Packages.GROUP, group.id().value()));
                to.set(name, one.json().path(name).deepCopy());
            }
        }
    }

    void apply() {
        if (!ofCampaign.isEmpty()) {
            sale.change(Kind.CAMPAIGN, campaign.id().value(), verb(), ofCampaign);
        }
        ofGroups.forEach((group, fields) -> {
            if (!fields.isEmpty()) {
                sale.change(Kind.AD_GROUP, group.id().value(), "update", fields);
            }
        });
        if (campaign.metadata().containsKey("adcp_buy")) {
            MediaBuys.keep(sale, campaign, document);
        }
    }

    private String verb() {
        if (ofCampaign.size() == 1 && ofCampaign.has("entity_status")) {
            return ofCampaign.path("entity_status").asString("").equals("PAUSED") ? "pause" : "resume";
        }
        return "update";
    }
}
