package mizan.server.mcp;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.StrictJson;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The one address that programs speak MCP with.
///
/// Requests are answered as they come, without a session: the key says who calls, each time. A program that opens a
/// stream (GET) or ends a session (DELETE) is told that there is none (405), as the protocol allows.
public final class McpRoutes {
    /// Newest first: what a program is offered that asks for a version which is not here.
    private static final List<String> VERSIONS = List.of("2025-06-18", "2025-03-26");

    private static final String VERSION_HEADER = "mcp-protocol-version";
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final String version;
    private final Predicate<String> ours;

    /// @param version the program's own, for whoever asks
    /// @param ours whether pages of an origin are served from here
    public McpRoutes(List<Tool> tools, String version, Predicate<String> ours) {
        this.version = version;
        this.ours = ours;
        for (var tool : tools) {
            if (this.tools.put(tool.name(), tool) != null) {
                throw new IllegalArgumentException("two tools are called " + tool.name());
            }
        }
    }

    public List<Route> routes() {
        return List.of(Route.post("/mcp", "callTool", this::message)
                .signedIn()
                .summary("The Model Context Protocol: tools for programs that buy"));
    }

    private Answer message(Call call) {
        requireKey(call);
        refuseOtherOrigins(call);
        if (call.header(VERSION_HEADER).filter(v -> !VERSIONS.contains(v)).isPresent()) {
            return Rpc.error(400, Optional.empty(), Rpc.INVALID_REQUEST, VERSION_HEADER + ": " + VERSIONS);
        }
        try {
            var message = Rpc.of(call.body());
            return message.id().isEmpty() ? Answer.empty(202) : answered(call, message);
        } catch (Rpc.Broken broken) {
            return Rpc.error(400, Optional.empty(), broken.code, broken.said);
        }
    }

    /// Programs come with a key each time: being signed in in a browser, or being let look around, is not enough.
    private static void requireKey(Call call) {
        if (call.header("authorization").isEmpty()) {
            throw Problem.of(ProblemCode.UNAUTHENTICATED).refused();
        }
    }

    /// A page of another site may have been led here by a name that it makes point to this machine.
    private void refuseOtherOrigins(Call call) {
        var origin = call.header("origin");
        var host = call.header("x-forwarded-host").or(() -> call.header("host")).orElse("");
        if (origin.isPresent() && !ours.test(origin.get()) && !host.equals(authority(origin.get()))) {
            throw Problem.of(ProblemCode.FORBIDDEN, "origin").refused();
        }
    }

    private static String authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority()).orElse("");
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private Answer answered(Call call, Rpc message) {
        return switch (message.method()) {
            case "initialize" -> message.result(greeting(message.parameters()));
            case "ping" -> message.result(JsonNodeFactory.instance.objectNode());
            case "tools/list" -> message.result(list());
            case "tools/call" -> called(call, message);
            default -> message.error(Rpc.METHOD_NOT_FOUND, message.method());
        };
    }

    private ObjectNode greeting(ObjectNode asked) {
        var wanted = asked.path("protocolVersion").asString("");
        var json = JsonNodeFactory.instance.objectNode();
        json.put("protocolVersion", VERSIONS.contains(wanted) ? wanted : VERSIONS.getFirst());
        json.putObject("capabilities").putObject("tools").put("listChanged", false);
        json.putObject("serverInfo").put("name", "mizan").put("version", version);
        return json;
    }

    private ObjectNode list() {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("tools");
        tools.values().forEach(tool -> list.add(tool.described()));
        return json;
    }

    private Answer called(Call call, Rpc message) {
        var tool = tools.get(message.parameters().path("name").asString(""));
        var arguments = message.parameters().get("arguments");
        if (tool == null || (arguments != null && !arguments.isObject())) {
            return message.error(Rpc.INVALID_PARAMETERS, "the name of a tool, and an object of arguments");
        }
        if (!call.principal().may(tool.scope())) {
            throw Problem.of(ProblemCode.FORBIDDEN, tool.scope().text()).refused();
        }
        var outcome = tool.work()
                .run(call, arguments == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) arguments);
        var answer = message.result(result(outcome));
        return outcome.trace().map(answer::tracing).orElse(answer);
    }

    /// The same twice: as data, and as text for programs that only read that (2025-06-18, Structured Content).
    private static ObjectNode result(Tool.Outcome outcome) {
        var json = JsonNodeFactory.instance.objectNode();
        json.putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", new String(StrictJson.bytes(outcome.content()), java.nio.charset.StandardCharsets.UTF_8));
        json.set("structuredContent", outcome.content());
        json.put("isError", outcome.failed());
        return json;
    }
}
