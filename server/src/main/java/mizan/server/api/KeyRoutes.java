package mizan.server.api;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mizan.server.http.Answer;
import mizan.server.http.ApiKey;
import mizan.server.http.Call;
import mizan.server.http.Fields;
import mizan.server.http.Mode;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.http.Trace;
import mizan.server.people.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// API keys: made with the rights they need and no more, listed without their text, taken away at once.
///
/// To roll a key over, make the next one, give it to its owner, and revoke the old one.
public final class KeyRoutes {
    private final KeyDesk desk;
    private final InstantSource time;

    public KeyRoutes(KeyDesk desk, InstantSource time) {
        this.desk = desk;
        this.time = time;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/api-keys", "createApiKey", this::create)
                        .needs(Scope.KEYS)
                        .confirming()
                        .takes("NewApiKey")
                        .answers(201, "CreatedApiKey")
                        .summary("Make a key with chosen rights; its text is in this answer and nowhere else"),
                Route.get("/v1/api-keys", "listApiKeys", this::list)
                        .needs(Scope.KEYS)
                        .answers(200, "ApiKeyList")
                        .summary("Every key, without its text"),
                Route.post("/v1/api-keys/{id}/revoke", "revokeApiKey", this::revoke)
                        .bodiless()
                        .needs(Scope.KEYS)
                        .confirming()
                        .answers(200, "ApiKey")
                        .summary("Take a key away, at once"));
    }

    private Answer create(Call call) {
        var fields = call.fields();
        var name = fields.text("name", 100);
        var mode = fields.required("mode", fields.choice("mode", Mode.class));
        if (mode.filter(m -> !KeyDesk.sees(call.principal(), m)).isPresent()) {
            fields.error("mode", ProblemCode.INVALID_VALUE, Mode.TEST.name());
        }
        var scopes = scopesOrRole(fields);
        var advertiser = fields.optionalText("advertiser", 40);
        var expires = fields.time("expires_at");
        if (expires.filter(e -> !e.isAfter(time.instant())).isPresent()) {
            fields.error("expires_at", ProblemCode.INVALID_VALUE, "a time to come");
        }
        if (advertiser.isPresent() && mode.isPresent() && !desk.isBooked(advertiser.get(), mode.get())) {
            fields.error("advertiser", ProblemCode.UNKNOWN_REFERENCE, advertiser.get());
        }
        fields.done();
        var made =
                desk.make(call.principal(), new KeyDesk.Wanted(name, mode.orElseThrow(), scopes, advertiser, expires));
        var json = KeyDesk.json(made.key());
        made.waits().ifPresent(approval -> json.put("approval", approval.id()));
        // Its text is not kept for repetitions either: whoever missed it makes another key.
        return Answer.json(201, json.deepCopy().put("key", made.text()))
                .onceOnly(Answer.json(201, json))
                .tracing(trace(made.key(), Optional.empty(), json));
    }

    private static Trace trace(ApiKey key, Optional<JsonNode> before, JsonNode after) {
        return new Trace(key.principal().keyId(), key.principal().advertiser(), before, Optional.of(after));
    }

    /// Rights one by one, or all that a role has.
    private static Set<Scope> scopesOrRole(Fields fields) {
        var role = fields.choice("role", Role.class);
        if (role.isPresent() && fields.has("scopes")) {
            fields.error("scopes", ProblemCode.INVALID_VALUE, "either scopes or a role");
        }
        return role.map(Role::scopes).orElseGet(() -> new HashSet<>(scopes(fields)));
    }

    private static List<Scope> scopes(Fields fields) {
        var scopes = new ArrayList<Scope>();
        for (var text : fields.texts("scopes", Scope.values().length, 20)) {
            try {
                scopes.add(Scope.parse(text));
            } catch (IllegalArgumentException _) {
                fields.error("scopes", ProblemCode.INVALID_VALUE, names());
            }
        }
        if (scopes.isEmpty() && fields.sound()) {
            fields.error("scopes", ProblemCode.REQUIRED);
        }
        return scopes;
    }

    private static String names() {
        return String.join(
                ", ", List.of(Scope.values()).stream().map(Scope::text).toList());
    }

    private Answer list(Call call) {
        var json = JsonNodeFactory.instance.objectNode();
        var data = json.putArray("data");
        desk.visible(call.principal()).forEach(key -> data.add(KeyDesk.json(key)));
        json.put("has_more", false);
        return Answer.json(200, json);
    }

    private Answer revoke(Call call) {
        var revoked = desk.revoke(call.principal(), call.param("id"));
        var json = KeyDesk.json(revoked);
        return Answer.json(200, json).tracing(trace(revoked, Optional.empty(), json));
    }
}
