package mizan.server.adcp;

import java.util.List;
import mizan.server.http.Idempotency;
import tools.jackson.databind.node.ObjectNode;

/// What this seller can do, said once.
final class Capabilities {
    static final int VERSION = 3;

    private Capabilities() {}

    static ObjectNode all(Sale sale) {
        var json = Sale.node();
        var adcp = json.putObject("adcp");
        adcp.putArray("major_versions").add(VERSION);
        adcp.putObject("idempotency").put("supported", true).put("replay_ttl_seconds", Idempotency.KEPT.toSeconds());
        json.putArray("supported_protocols").add("media_buy").add("governance");
        var specialisms = json.putArray("specialisms");
        List.of("sales-non-guaranteed", "sales-social", "content-standards").forEach(specialisms::add);
        var account = json.putObject("account").put("require_operator_auth", false);
        account.putArray("supported_billing").add("operator").add("advertiser").add("agent");
        account.put("required_for_products", false)
                .put("account_financials", true)
                .put("sandbox", sale.sandbox());
        mediaBuy(sale, json.putObject("media_buy"));
        if (sale.sandbox()) {
            var scenarios = json.putObject("compliance_testing").putArray("scenarios");
            Sandbox.FORCED.forEach(scenarios::add);
        }
        return json;
    }

    private static void mediaBuy(Sale sale, ObjectNode json) {
        json.putArray("supported_pricing_models").add("cpm").add("vcpm").add("cpc");
        json.putObject("features")
                .put("content_standards", true)
                .put("conversion_tracking", true)
                .put("audience_targeting", false)
                .put("inline_creative_management", false)
                .put("property_list_filtering", false)
                .put("catalog_management", false);
        json.putObject("execution")
                .putObject("targeting")
                .put("geo_countries", true)
                .put("geo_regions", false)
                .put("language", true);
        var conversions = json.putObject("conversion_tracking").put("multi_source_event_dedup", false);
        conversions.putArray("supported_uid_types").add(Events.VIEWER_KEY);
        conversions.putArray("supported_action_sources").add("website").add("app");
        var standards = json.putObject("content_standards").put("supports_local_evaluation", true);
        standards.putArray("supported_channels").add("social");
        standards.put("supports_webhook_delivery", false);
        json.putObject("portfolio").putArray("publisher_domains").add(Products.domain(sale));
    }
}
