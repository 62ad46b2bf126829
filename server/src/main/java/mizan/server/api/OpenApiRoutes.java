package mizan.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mizan.server.http.Access;
import mizan.server.http.Answer;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The API's description, made from the very table that requests are routed by, and an explorer that works
/// offline.
public final class OpenApiRoutes {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");
    private static final String EXPLORER = "/META-INF/resources/webjars/swagger-ui/5.34.1/";
    private static final String CSP = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";
    private final List<Route> routes;

    public OpenApiRoutes(List<Route> routes) {
        this.routes = routes;
    }

    public List<Route> routes() {
        var document = document();
        return List.of(
                Route.get("/openapi.json", "openapi", _ -> Answer.json(200, document))
                        .everybody(),
                Route.get("/docs", "docs", _ -> page()).everybody(),
                Route.get("/docs/{file}", "docsFile", call -> file(call.param("file")))
                        .everybody(),
                Route.get("/problems/{code}", "problem", call -> problem(call.param("code")))
                        .everybody());
    }

    ObjectNode document() {
        var json = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
        json.putObject("info")
                .put("title", "Mizan")
                .put("version", "2026-12-01")
                .put("description", "An advertising platform for feeds that brands can check.");
        var paths = json.putObject("paths");
        for (var route : routes) {
            if (route.documented()) {
                var path =
                        paths.has(route.path()) ? (ObjectNode) paths.get(route.path()) : paths.putObject(route.path());
                path.set(route.method().toLowerCase(Locale.ROOT), operation(route));
            }
        }
        var components = json.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("key")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "An API key, mz_test_... or mz_live_...; it decides between test and live data.");
        var schemas = components.putObject("schemas");
        schemas.setAll(Schemas.load());
        routes.stream()
                .filter(r -> r.method().equals("PATCH"))
                .flatMap(r -> r.requestSchema().stream())
                .forEach(name -> schemas.set(name + "Patch", patch((ObjectNode) schemas.path(name))));
        var codes = ((ObjectNode) schemas.path("Problem").path("properties").path("code")).putArray("enum");
        Stream.of(ProblemCode.values()).forEach(code -> codes.add(code.text()));
        return json;
    }

    /// RFC 7396: any of the fields; null removes one.
    private static ObjectNode patch(ObjectNode whole) {
        var patch = JsonNodeFactory.instance.objectNode().put("type", "object");
        var properties = patch.putObject("properties");
        for (var property : whole.path("properties").properties()) {
            if (!property.getValue().path("readOnly").asBoolean(false)) {
                var either = properties.putObject(property.getKey()).putArray("anyOf");
                either.add(property.getValue());
                either.addObject().put("type", "null");
            }
        }
        return patch;
    }

    /// What a rule may hold for a second person.
    private static final Set<Access> WAITING = Set.of(
            new Access.Needs(Scope.BOOK_WRITE), new Access.Needs(Scope.MONEY_WRITE), new Access.Needs(Scope.APPROVE));

    private static ObjectNode operation(Route route) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("operationId", route.operation());
        json.put("summary", route.summary());
        var parameters = json.putArray("parameters");
        var names = PARAMETER.matcher(route.path());
        while (names.find()) {
            parameter(parameters.addObject(), names.group(1), "path", true);
        }
        route.queryParameters().forEach(q -> parameter(parameters.addObject(), q, "query", false));
        if (route.method().equals("POST")) {
            parameter(parameters.addObject(), "Idempotency-Key", "header", route.movesMoney());
        }
        if (route.method().equals("PATCH")) {
            parameter(parameters.addObject(), "If-Match", "header", false);
        }
        if (route.access() instanceof Access.Needs(Scope scope)) {
            json.putArray("security").addObject().putArray("key").add(scope.text());
        }
        route.requestSchema().ifPresent(schema -> {
            var body = json.putObject("requestBody").put("required", true);
            var name = route.method().equals("PATCH") ? schema + "Patch" : schema;
            var content = body.putObject("content");
            reference(content, "application/json", name);
            // Their shapes are defined elsewhere, by the standards behind the media types.
            route.moreTypes().forEach(type -> content.putObject(type).putObject("schema"));
        });
        if (route.requestSchema().isEmpty() && !route.moreTypes().isEmpty()) {
            var content = json.putObject("requestBody").put("required", true).putObject("content");
            route.moreTypes().forEach(type -> content.putObject(type).putObject("schema"));
        }
        var responses = json.putObject("responses");
        var success = responses.putObject(Integer.toString(route.success())).put("description", "Done.");
        route.answerSchema()
                .ifPresentOrElse(
                        schema -> reference(success.putObject("content"), "application/json", schema),
                        () -> anything(success, route));
        if (WAITING.contains(route.access())) {
            var waits =
                    responses.putObject("202").put("description", "Nothing has changed yet: a second person decides.");
            reference(waits.putObject("content"), "application/json", "Waiting");
        }
        var refused = responses.putObject("4XX").put("description", "Refused; the problem says why and what to do.");
        reference(refused.putObject("content"), Problem.MEDIA_TYPE, "Problem");
        var failed = responses.putObject("5XX").put("description", "Nothing is known to have changed; try again.");
        reference(failed.putObject("content"), Problem.MEDIA_TYPE, "Problem");
        return json;
    }

    /// A file, a picture, a proof: a body in a form of its own.
    private static void anything(ObjectNode success, Route route) {
        if (route.success() == 200) {
            success.putObject("content").putObject("*/*");
        }
    }

    private static void parameter(ObjectNode node, String name, String in, boolean required) {
        node.put("name", name).put("in", in).put("required", required);
        var schema = node.putObject("schema");
        if (name.equals("limit")) {
            schema.put("type", "integer").put("minimum", 1);
        } else {
            schema.put("type", "string");
        }
    }

    private static void reference(ObjectNode content, String type, String schema) {
        content.putObject(type).putObject("schema").put("$ref", "#/components/schemas/" + schema);
    }

    /// What `type` and `doc_url` of a problem lead to.
    private static Answer problem(String name) {
        var code = Stream.of(ProblemCode.values())
                .filter(c -> c.text().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        var text = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + name
                + "</title></head><body><h1><code>" + name + "</code> · " + code.status() + "</h1>");
        for (var language : List.of("en", "ar")) {
            var words = Problem.of(code).json(language, "", "");
            text.append("<section lang=\"").append(language);
            text.append(language.equals("ar") ? "\" dir=\"rtl\">" : "\">");
            text.append("<h2>").append(words.path("title").stringValue()).append("</h2><p>");
            text.append(words.path("detail").stringValue()).append("</p></section>");
        }
        return Answer.html(200, text.append("</body></html>").toString());
    }

    private static Answer page() {
        var html = """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Mizan API</title>
                <meta name="viewport" content="width=device-width,initial-scale=1">
                <link rel="stylesheet" href="/docs/swagger-ui.css"></head>
                <body><div id="swagger-ui"></div>
                <script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>
                """;
        return Answer.html(200, html).with("content-security-policy", CSP);
    }

    private static Answer file(String name) {
        return switch (name) {
            case "swagger-ui.css" -> resource(name, "text/css; charset=utf-8");
            case "swagger-ui-bundle.js" -> resource(name, "text/javascript; charset=utf-8");
            case "start.js" ->
                Answer.bytes(
                        200,
                        "text/javascript; charset=utf-8",
                        "SwaggerUIBundle({url:'/openapi.json',dom_id:'#swagger-ui',deepLinking:true});"
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            default -> throw Problem.of(ProblemCode.NOT_FOUND).refused();
        };
    }

    private static Answer resource(String name, String type) {
        try (var in = OpenApiRoutes.class.getResourceAsStream(EXPLORER + name)) {
            if (in == null) {
                throw new IllegalStateException("the explorer's " + name + " is not in the program");
            }
            return Answer.bytes(200, type, in.readAllBytes()).with("cache-control", "max-age=3600");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
