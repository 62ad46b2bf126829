package mizan.server.api;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a change of fields is called in the change log, in the words of AdCP's actions: the story of an
/// account is read from them.
public final class ChangeVerb {
    private ChangeVerb() {}

    /// @param before the stored fields
    /// @param sent the fields that shall differ
    public static String of(ObjectNode before, ObjectNode sent) {
        if (sent.size() != 1) {
            return "update";
        }
        var name = sent.propertyNames().iterator().next();
        return switch (name) {
            case "entity_status" -> status(sent.path(name).asString(""));
            case "budget" ->
                moved(before, sent, name, Set.of("total_micros", "daily_micros"), "increase_budget", "decrease_budget");
            case "flight" -> moved(before, sent, name, Set.of("end"), "extend_flight", "shorten_flight");
            case "targeting" -> "update_targeting";
            case "pacing" -> "update_pacing";
            case "bid" -> "update_bidding";
            case "frequency_caps" -> "update_frequency_caps";
            case "creative" -> "replace_creative";
            default -> "update";
        };
    }

    private static String status(String status) {
        return switch (status) {
            case "PAUSED" -> "pause";
            case "ACTIVE" -> "resume";
            case "ARCHIVED" -> "archive";
            default -> "update";
        };
    }

    /// More when every part that was sent is more, less when every one is less.
    private static String moved(
            ObjectNode before, ObjectNode sent, String name, Set<String> parts, String more, String less) {
        int up = 0;
        int down = 0;
        for (var part : parts) {
            var to = sent.path(name).path(part);
            var from = before.path(name).path(part);
            if (sent.path(name).has(part) && !to.equals(from)) {
                // Without a limit, or without an end, is more than any.
                int compared = unlimited(to) || unlimited(from)
                        ? Boolean.compare(unlimited(to), unlimited(from))
                        : compare(to, from);
                up += compared > 0 ? 1 : 0;
                down += compared < 0 ? 1 : 0;
            }
        }
        return up > 0 && down == 0 ? more : down > 0 && up == 0 ? less : "update";
    }

    private static boolean unlimited(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /// Times are RFC 3339 in UTC, which sort as texts to the second.
    private static int compare(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber()
                ? Long.compare(a.longValue(), b.longValue())
                : a.asString("").compareTo(b.asString(""));
    }
}
