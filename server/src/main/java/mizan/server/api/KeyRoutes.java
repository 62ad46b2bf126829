package mizan.server.api;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mizan.core.campaign.AdvertiserId;
import mizan.core.identity.SortableId;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.ApiKey;
import mizan.server.http.ApiKeys;
import mizan.server.http.Call;
import mizan.server.http.Fields;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// API keys: made with the rights they need and no more, listed without their text, taken away at once.
///
/// To roll a key over, make the next one, give it to its owner, and revoke the old one.
public final class KeyRoutes {
    private static final String PREFIX = "key";
    private final ApiKeys keys;
    private final Function<Mode, Engine> engines;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();

    public KeyRoutes(ApiKeys keys, Function<Mode, Engine> engines, InstantSource time) {
        this.keys = keys;
        this.engines = engines;
        this.time = time;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/api-keys", "createApiKey", this::create)
                        .needs(Scope.ADMIN)
                        .takes("NewApiKey")
                        .answers(201, "CreatedApiKey")
                        .summary("Make a key with chosen rights; its text is in this answer and nowhere else"),
                Route.get("/v1/api-keys", "listApiKeys", this::list)
                        .needs(Scope.ADMIN)
                        .answers(200, "ApiKeyList")
                        .summary("Every key, without its text"),
                Route.post("/v1/api-keys/{id}/revoke", "revokeApiKey", this::revoke)
                        .bodiless()
                        .needs(Scope.ADMIN)
                        .answers(200, "ApiKey")
                        .summary("Take a key away, at once"));
    }

    private Answer create(Call call) {
        requireOperator(call);
        var fields = call.fields();
        var name = fields.text("name", 100);
        var mode = fields.required("mode", fields.choice("mode", Mode.class));
        if (mode.filter(m -> !sees(call, m)).isPresent()) {
            fields.error("mode", ProblemCode.INVALID_VALUE, Mode.TEST.name());
        }
        var scopes = scopes(fields);
        var advertiser = fields.optionalText("advertiser", 40);
        var expires = fields.time("expires_at");
        if (expires.filter(e -> !e.isAfter(time.instant())).isPresent()) {
            fields.error("expires_at", ProblemCode.INVALID_VALUE, "a time to come");
        }
        if (advertiser.isPresent() && mode.isPresent() && !isBooked(advertiser.get(), mode.get())) {
            fields.error("advertiser", ProblemCode.UNKNOWN_REFERENCE, advertiser.get());
        }
        if (keys.all().size() >= ApiKeys.MAX_KEYS) {
            fields.error("name", ProblemCode.LIMIT_EXCEEDED, ApiKeys.MAX_KEYS + " keys");
        }
        fields.done();
        var text = ApiKeys.create(mode.orElseThrow(), random);
        var id = engines.apply(mode.orElseThrow()).ids().next(PREFIX);
        var key = new ApiKey(
                ApiKeys.hash(text),
                new Principal(id, mode.orElseThrow(), new HashSet<>(scopes), advertiser),
                name,
                time.instant(),
                expires,
                Optional.empty());
        keys.add(key);
        // Its text is not kept for repetitions either: whoever missed it makes another key.
        return Answer.json(201, json(key).put("key", text)).onceOnly(Answer.json(201, json(key)));
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

    private boolean isBooked(String advertiser, Mode mode) {
        return SortableId.hasForm(AdvertiserId.PREFIX, advertiser)
                && engines.apply(mode).booking().book().advertisers().containsKey(new AdvertiserId(advertiser));
    }

    private Answer list(Call call) {
        requireOperator(call);
        var json = JsonNodeFactory.instance.objectNode();
        var data = json.putArray("data");
        keys.all().stream().filter(key -> sees(call, key.principal().mode())).forEach(key -> data.add(json(key)));
        json.put("has_more", false);
        return Answer.json(200, json);
    }

    private Answer revoke(Call call) {
        requireOperator(call);
        var id = call.param("id");
        if (id.equals(call.principal().keyId())) {
            throw Problem.of(ProblemCode.STATE_CONFLICT, "a key cannot take itself away; use another one")
                    .refused();
        }
        boolean seen = keys.all().stream()
                .anyMatch(key -> key.principal().keyId().equals(id)
                        && sees(call, key.principal().mode()));
        return Answer.json(
                200,
                json(Optional.of(id)
                        .filter(_ -> seen)
                        .flatMap(keys::revoke)
                        .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused())));
    }

    /// A test key never reaches live data, not by way of another key either. Live keys make test keys.
    private static boolean sees(Call call, Mode mode) {
        return mode == Mode.TEST || call.mode() == Mode.LIVE;
    }

    /// A key that belongs to one advertiser must not make keys for others.
    private static void requireOperator(Call call) {
        if (call.principal().advertiser().isPresent()) {
            throw Problem.of(ProblemCode.FORBIDDEN, Scope.ADMIN.text()).refused();
        }
    }

    private static ObjectNode json(ApiKey key) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", key.principal().keyId());
        json.put("name", key.name());
        json.put("mode", key.principal().mode().name());
        var scopes = json.putArray("scopes");
        key.principal().scopes().stream().map(Scope::text).sorted().forEach(scopes::add);
        key.principal().advertiser().ifPresent(a -> json.put("advertiser", a));
        json.put("created_at", key.createdAt().toString());
        key.expiresAt().ifPresent(e -> json.put("expires_at", e.toString()));
        key.revokedAt().ifPresent(e -> json.put("revoked_at", e.toString()));
        return json;
    }
}
