package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;
import mizan.server.http.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Holds real requests and answers against `/openapi.json`, with a validator that is not ours (JSON Schema
/// 2020-12): what is sent is described, and what is described is all that is sent.
final class DescribedApi {
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final ObjectNode document;
    private int checked;

    DescribedApi(ObjectNode document) {
        this.document = document;
        close(document.path("components").path("schemas"));
    }

    int checked() {
        return checked;
    }

    /// A field that the description does not name is an error here, though clients must live with new ones.
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode schema
                && schema.path("properties").isObject()
                && !schema.has("additionalProperties")) {
            schema.put("additionalProperties", false);
        }
        node.forEach(DescribedApi::close);
    }

    /// @param sent the request's body, empty when it had none
    void check(String method, String address, String sent, int status, String answer) {
        if (!address.startsWith("/v1/")) {
            return;
        }
        var path = address.split("\\?", 2)[0];
        var operation = operation(method.toLowerCase(Locale.ROOT), path);
        var where = method + " " + path + " " + status;
        if (status < 300 && !sent.isEmpty()) {
            var body = operation.path("requestBody").path("content").path("application/json");
            conforms(where + " request", body.path("schema"), StrictJson.own(sent));
        }
        var responses = operation.path("responses");
        var response = responses.path(
                responses.has(Integer.toString(status)) ? Integer.toString(status) : status / 100 + "XX");
        var content = response.path("content");
        assertTrue(content.isObject(), where + " is not described");
        conforms(where, content.iterator().next().path("schema"), StrictJson.own(answer));
    }

    private JsonNode operation(String method, String path) {
        for (var template : document.path("paths").properties()) {
            if (path.matches(template.getKey().replaceAll("\\{[a-z_]+}", "[^/]+"))
                    && template.getValue().has(method)) {
                return template.getValue().path(method);
            }
        }
        throw new AssertionError(method + " " + path + " is not described");
    }

    private void conforms(String where, JsonNode reference, ObjectNode body) {
        var schema = JsonNodeFactory.instance.objectNode();
        schema.set("$ref", reference.path("$ref"));
        schema.set("components", document.path("components"));
        assertEquals(List.of(), registry.getSchema(schema).validate(body), where + ": " + body);
        checked++;
    }
}
