package mizan.server.adcp;

import tools.jackson.databind.node.ObjectNode;

/// Tools of social platforms that Mizan has on purpose without what they usually do: each item is answered, and
/// declined, so that an agent learns what it cannot rely on.
final class Declined {
    private Declined() {}

    /// Lists of people. Readers are never matched with an advertiser's customers.
    static ObjectNode audiences(Sale sale) {
        Accounts.of(sale);
        var answer = Sale.node();
        var list = answer.putArray("audiences");
        for (var one : sale.asked.objects("audiences")) {
            failed(
                    list.addObject().put("audience_id", one.text("audience_id")),
                    "readers are not matched with an advertiser's lists: use targeting_overlay");
        }
        return answer.put("sandbox", sale.sandbox());
    }

    /// Products for ads that are put together for each reader.
    static ObjectNode catalogs(Sale sale) {
        Accounts.of(sale);
        var answer = Sale.node();
        var list = answer.putArray("catalogs");
        for (var one : sale.asked.objects("catalogs")) {
            var json = list.addObject().put("catalog_id", one.text("catalog_id"));
            json.put("item_count", one.objects("items").size()).put("items_approved", 0);
            failed(json, "an ad is one creative that a person reviewed: send creatives");
        }
        return answer.put("sandbox", sale.sandbox());
    }

    private static void failed(ObjectNode json, String why) {
        json.put("action", "failed")
                .putArray("errors")
                .add(AdcpError.of("UNSUPPORTED_FEATURE", why).json());
    }
}
