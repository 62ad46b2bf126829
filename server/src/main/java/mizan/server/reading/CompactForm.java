package mizan.server.reading;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes ActivityStreams with long names in the compact form that nearly all servers send.
///
/// JSON-LD lets `content` also be `as:content` or `https://www.w3.org/ns/activitystreams#content`, `id` be `@id`,
/// and every value stand in a list or as `{"@value": ...}` (https://www.w3.org/TR/json-ld11/#expanded-document-form).
/// These spellings are fixed ones, so no context has to be fetched from anybody. A body without them is left
/// as it is. Where both spellings are given the short one counts.
final class CompactForm {
    private static final List<String> PREFIXES =
            List.of("as:", "https://www.w3.org/ns/activitystreams#", "http://www.w3.org/ns/activitystreams#");

    private CompactForm() {}

    /// The same thing by its short names; a list of one thing is the thing.
    static JsonNode of(JsonNode json) {
        if (json instanceof ArrayNode list && list.size() == 1 && list.get(0).isObject()) {
            return of(list.get(0));
        }
        return hasLongNames(json) ? shortened(json) : json;
    }

    private static boolean hasLongNames(JsonNode json) {
        if (json instanceof ObjectNode object) {
            for (var name : object.propertyNames()) {
                if (!name.equals("@context") && (!shortName(name).equals(name) || hasLongNames(object.get(name)))) {
                    return true;
                }
            }
        } else if (json instanceof ArrayNode list) {
            for (var value : list) {
                if (hasLongNames(value)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static JsonNode shortened(JsonNode json) {
        return switch (json) {
            case ArrayNode list -> {
                var all = JsonNodeFactory.instance.arrayNode();
                list.forEach(value -> all.add(shortened(value)));
                // Expanded documents have lists everywhere, also where one value is meant.
                yield all.size() == 1 ? all.get(0) : all;
            }
            case ObjectNode object when object.has("@value") -> object.get("@value");
            case ObjectNode object when object.size() == 1 && object.has("@id") -> object.get("@id");
            case ObjectNode object when object.has("@list") -> shortened(object.get("@list"));
            case ObjectNode object -> members(object);
            default -> json;
        };
    }

    private static ObjectNode members(ObjectNode object) {
        var all = JsonNodeFactory.instance.objectNode();
        for (var name : object.propertyNames()) {
            var shortName = shortName(name);
            if (shortName.equals(name) || !object.has(shortName)) {
                all.set(shortName, value(shortName, object.get(name)));
            }
        }
        return all;
    }

    private static JsonNode value(String name, JsonNode value) {
        return switch (name) {
            case "@context" -> value;
            case "type" -> types(shortened(value));
            default -> shortened(value);
        };
    }

    private static JsonNode types(JsonNode types) {
        if (types instanceof ArrayNode list) {
            var all = JsonNodeFactory.instance.arrayNode();
            list.forEach(type -> all.add(types(type)));
            return all;
        }
        return types.isString() ? JsonNodeFactory.instance.stringNode(shortName(types.stringValue())) : types;
    }

    private static String shortName(String name) {
        if (name.equals("@id") || name.equals("@type")) {
            return name.substring(1);
        }
        for (var prefix : PREFIXES) {
            if (name.startsWith(prefix)) {
                return name.substring(prefix.length());
            }
        }
        return name;
    }
}
