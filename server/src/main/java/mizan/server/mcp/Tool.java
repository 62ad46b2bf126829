package mizan.server.mcp;

import java.util.List;
import java.util.Optional;
import mizan.server.http.Call;
import mizan.server.http.Scope;
import mizan.server.http.Trace;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One thing that a program may ask for.
///
/// @param scope whoever calls has it; others are told that they may not
/// @param fields of its arguments that it reads, for the caller's eye: what they must be is checked when it is called
/// @param changes whether it changes anything
public record Tool(String name, String description, Scope scope, List<String> fields, boolean changes, Work work) {
    public Tool {
        fields = List.copyOf(fields);
    }

    /// What it does.
    @FunctionalInterface
    public interface Work {
        Outcome run(Call call, ObjectNode arguments);
    }

    /// What it answers.
    ///
    /// @param failed whether the caller did not get what it asked for
    /// @param trace what was changed, for the audit log
    public record Outcome(ObjectNode content, boolean failed, Optional<Trace> trace) {}

    ObjectNode described() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", name).put("description", description);
        var schema = json.putObject("inputSchema").put("type", "object");
        var properties = schema.putObject("properties");
        fields.forEach(properties::putObject);
        schema.put("additionalProperties", true);
        json.putObject("annotations").put("readOnlyHint", !changes).put("openWorldHint", false);
        return json;
    }
}
