package mizan.server.adcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import mizan.server.adcp.Documents.Kind;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The three forms that a feed can show; see [mizan.core.campaign.Creative.Kind].
final class Formats {
    private static final Map<String, String> OWN = new LinkedHashMap<>();

    static {
        OWN.put("native_card", "A card between posts: headline, words, a button and a picture.");
        OWN.put("promoted_post", "A post of the advertiser's, labelled as an ad.");
        OWN.put("image", "A picture with a headline.");
    }

    private Formats() {}

    /// What each is, by id. An agent whose tests made formats sees those alone.
    static Map<String, String> all(Sale sale) {
        var made = sale.sandbox() ? sale.documents(Kind.FORMAT, sale.agent()) : Map.<String, ObjectNode>of();
        if (made.isEmpty()) {
            return OWN;
        }
        var all = new LinkedHashMap<String, String>();
        made.forEach((id, format) -> all.put(id, format.path("name").asString(id)));
        return all;
    }

    static void name(Sale sale, ObjectNode json, String id) {
        json.put("agent_url", sale.agentUrl()).put("id", id);
    }

    static ObjectNode list(Sale sale) {
        var all = all(sale).entrySet().stream().sorted(Entry.comparingByKey()).toList();
        var wanted =
                sale.asked.objects("format_ids").stream().map(f -> f.text("id")).toList();
        var page = Pages.of(
                sale.asked,
                all.stream()
                        .filter(f -> wanted.isEmpty() || wanted.contains(f.getKey()))
                        .toList(),
                Entry::getKey);
        var answer = Sale.node();
        var list = answer.putArray("formats");
        for (var format : page.items()) {
            var json = list.addObject();
            name(sale, json.putObject("format_id"), format.getKey());
            json.put("name", format.getKey()).put("description", format.getValue());
            var assets = json.putArray("assets");
            text(assets, "headline", true);
            for (var more : List.of("body", "call_to_action")) {
                text(assets, more, false);
            }
            assets.addObject()
                    .put("item_type", "individual")
                    .put("asset_id", "landing_page")
                    .put("asset_type", "url")
                    .put("required", true);
        }
        page.write(answer);
        return answer;
    }

    private static void text(ArrayNode assets, String id, boolean required) {
        assets.addObject()
                .put("item_type", "individual")
                .put("asset_id", id)
                .put("asset_type", "text")
                .put("required", required);
    }
}
