package mizan.server.webhooks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import mizan.server.http.ApiKeys;
import mizan.server.http.StrictJson;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Something that happened.
///
/// @param id the same whenever it is found again, and in each try to tell it: whoever is told twice can know
/// @param advertiser whose matter it is; empty when it is the platform's alone
/// @param data ids and figures, no personal data
public record Event(String id, EventType type, Instant at, Optional<String> advertiser, ObjectNode data) {
    private static final int ID_CHARS = 26;

    /// @param what happened, as a text that names it and nothing else
    static Event of(String what, EventType type, Instant at, Optional<String> advertiser, ObjectNode data) {
        return new Event("evt_" + ApiKeys.hash(what).substring(0, ID_CHARS), type, at, advertiser, data);
    }

    /// What is sent.
    byte[] body() {
        return json().toString().getBytes(StandardCharsets.UTF_8);
    }

    /// `type`, `timestamp` and `data`, as Standard Webhooks has it; and whose it is.
    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("type", type.text()).put("timestamp", at.toString());
        advertiser.ifPresent(a -> json.put("advertiser", a));
        json.set("data", data);
        return json;
    }

    /// What [#json] wrote.
    public static Event read(String id, String text) {
        var json = StrictJson.own(text);
        return new Event(
                id,
                EventType.of(json.path("type").asString()).orElseThrow(),
                Instant.parse(json.path("timestamp").asString()),
                Optional.ofNullable(json.get("advertiser")).map(a -> a.asString()),
                (ObjectNode) json.path("data"));
    }
}
