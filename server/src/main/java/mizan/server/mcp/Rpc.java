package mizan.server.mcp;

import java.util.Optional;
import mizan.server.http.Answer;
import mizan.server.http.Refused;
import mizan.server.http.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One message of JSON-RPC 2.0, without batches, which MCP has given up.
///
/// @param id absent for a notification, which nobody answers
record Rpc(Optional<JsonNode> id, String method, ObjectNode parameters) {
    static final int PARSE_ERROR = -32_700;
    static final int INVALID_REQUEST = -32_600;
    static final int METHOD_NOT_FOUND = -32_601;
    static final int INVALID_PARAMETERS = -32_602;
    static final int INTERNAL_ERROR = -32_603;

    /// A message that is none.
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int code;
        final String said;

        Broken(int code, String said) {
            super(said, null, false, false);
            this.code = code;
            this.said = said;
        }
    }

    /// @throws Broken when it is not one message
    static Rpc of(byte[] body) {
        var json = parsed(body);
        var id = Optional.ofNullable(json.get("id"));
        boolean sound = "2.0".equals(json.path("jsonrpc").asString(""))
                && json.path("method").isString()
                && id.map(i -> i.isString() || i.isIntegralNumber()).orElse(true);
        if (!sound) {
            throw new Broken(INVALID_REQUEST, "jsonrpc 2.0, a method, and a text or whole number as id");
        }
        var parameters = json.get("params");
        if (parameters != null && !parameters.isObject()) {
            throw new Broken(INVALID_PARAMETERS, "params is an object");
        }
        return new Rpc(
                id,
                json.path("method").stringValue(),
                parameters == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) parameters);
    }

    private static ObjectNode parsed(byte[] body) {
        try {
            return StrictJson.object(body);
        } catch (Refused refused) {
            throw new Broken(PARSE_ERROR, refused.problem().code().text());
        }
    }

    Answer result(ObjectNode result) {
        var json = envelope(id);
        json.set("result", result);
        return Answer.json(200, json);
    }

    Answer error(int code, String message) {
        return error(200, id, code, message);
    }

    static Answer error(int status, Optional<JsonNode> id, int code, String message) {
        var json = envelope(id);
        json.putObject("error").put("code", code).put("message", message);
        return Answer.json(status, json);
    }

    private static ObjectNode envelope(Optional<JsonNode> id) {
        var json = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        id.ifPresentOrElse(i -> json.set("id", i), () -> json.putNull("id"));
        return json;
    }
}
