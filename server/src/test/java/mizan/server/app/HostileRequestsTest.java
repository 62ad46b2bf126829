package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mizan.core.ledger.AccountId;
import mizan.server.accounting.Tokens;
import mizan.server.api.Actions;
import mizan.server.api.BookRoutes;
import mizan.server.api.Explanations;
import mizan.server.api.HealthRoutes;
import mizan.server.api.LedgerRoutes;
import mizan.server.api.OpenApiRoutes;
import mizan.server.api.PostRoutes;
import mizan.server.api.ServeRoutes;
import mizan.server.api.SourceRoutes;
import mizan.server.console.page.Text;
import mizan.server.console.words.Lang;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.RememberedAnswers;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.pages.Community;
import mizan.server.pages.FrontDoor;
import mizan.server.pages.PageRoutes;
import mizan.server.people.EntryLinks;
import mizan.server.people.Workspace;
import mizan.server.picture.redraw.SamplePictures;
import mizan.server.reading.pull.Outbound;
import mizan.server.serve.LeaseRules;
import mizan.server.traffic.RequestRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Bad input over real HTTP: whatever is sent to any route, the answer is never a 5xx, a refusal is a
/// problem in the language asked for and says nothing of our insides, and what was refused changed nothing.
class HostileRequestsTest {
    private static final long SEED = Long.getLong("mizan.seed", 2026);
    private static final int ROUNDS = Integer.getInteger("mizan.rounds", 40);
    private static final String KEY = "mz_test_0000000000000000000000000000000000000000000000000000";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern INSIDES = Pattern.compile(
            "Exception|Throwable|\\.java\\b|\\bat [a-z]+\\.|(?:java|tools|io|mizan|org)\\.[a-z]+\\.[A-Za-z]+|SQLITE");
    private static final Pattern ARABIC = Pattern.compile("[\\u0621-\\u064A]");
    /// One that never moves, so that what is read twice is the same twice.
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Hostile hostile = new Hostile(random);
    private final Map<String, String> ids = new HashMap<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private Engine engine;
    private Server server;
    private Actions actions;
    private List<Route> pages = List.of();
    private State state;
    private Optional<String> shelf = Optional.empty();
    private String last = "";
    private int keys;

    /// What no refused request may change.
    private record State(long revision, Map<AccountId, Long> balances, long entries) {}

    @SuppressWarnings("ArrayRecordComponent") // Sent once; nobody compares requests.
    private record Sent(String method, String path, byte[] body, Map<String, String> headers) {
        @Override
        public String toString() {
            var text = new String(body, StandardCharsets.UTF_8);
            return method + " " + path + " " + headers + " "
                    + (text.length() > 600 ? text.substring(0, 600) + "... " + text.length() : text);
        }
    }

    @BeforeEach
    void start() {
        InstantSource clock = () -> NOW;
        engine = Engine.embedded(folder, LeaseRules.STANDARD, clock, new SplittableRandom(SEED));
        var apiKeys = new ApiKeys();
        apiKeys.admit(
                ApiKeys.hash(KEY), new Principal("key_test", Mode.TEST, EnumSet.allOf(Scope.class), Optional.empty()));
        var engines = Map.of(Mode.TEST, engine);
        var workspace = Workspace.empty(apiKeys, clock, new SplittableRandom(SEED));
        actions = Actions.of(workspace, apiKeys, engines, clock);
        var door = FrontDoor.open(workspace, Mode.TEST);
        var links = new EntryLinks(clock, new SplittableRandom(SEED));
        pages = new PageRoutes(engine, COMMUNITY, actions, door, links, true).routes();
        server = new Server(
                new Server.Listen("127.0.0.1", 0),
                engines,
                Mode.TEST,
                apiKeys,
                new RememberedAnswers(),
                new Server.Console(actions, door, pages),
                clock);
        book();
        remember();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static final Community COMMUNITY = new Community() {
        @Override
        public String name(Lang lang) {
            return "Fuzz";
        }

        @Override
        public List<Written> newestPosts(int count) {
            return Stream.of("p0", "p1", "p2", "nobody sent this")
                    .map(id -> new Written(id, NOW))
                    .toList();
        }

        @Override
        public String author(String handle, Lang lang) {
            return handle;
        }

        @Override
        public Text note(String written, Lang lang) {
            return new Text(written, "");
        }

        @Override
        public OptionalInt readersPerSecond() {
            return OptionalInt.empty();
        }
    };

    /// The table that the server was built from, so that no route can be forgotten here.
    private List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.addAll(new BookRoutes(_ -> engine, actions.book()).routes());
        routes.addAll(new LedgerRoutes(_ -> engine).routes());
        routes.addAll(new PostRoutes(_ -> engine).routes());
        routes.addAll(new SourceRoutes(_ -> engine, Outbound.guarded(InstantSource.system())).routes());
        routes.addAll(new ServeRoutes(_ -> engine, new Explanations(), RequestRules.standard()).routes());
        routes.addAll(new HealthRoutes(engine).routes());
        routes.addAll(new OpenApiRoutes(List.copyOf(routes)).routes());
        routes.addAll(pages);
        return routes;
    }

    @Test
    void givenAnythingAtAll_whenSentToAnyRoute_thenItIsNeverA5xxAndARefusalChangesNothing() {
        var routes = routes();
        for (var route : routes) {
            // What a form sends is looked at where forms are.
            if (route.body() != Route.Body.NONE && route.body() != Route.Body.FORM) {
                var answer = send(valid(route));
                assertTrue(
                        // A form is answered by a redirect; a review names a version that nobody sent.
                        Set.of(303, 409, 428).contains(answer.statusCode()) || answer.statusCode() < 300,
                        "the body to start from is wrong: " + last + answer.body());
                afterwards(answer);
            }
        }
        var failures = new ArrayList<String>();
        for (int round = 0; round < ROUNDS && failures.size() < 5; round++) {
            for (var route : routes) {
                var request = mutated(route);
                try {
                    var answer = send(request);
                    check(request, answer);
                    afterwards(answer);
                } catch (AssertionError e) {
                    failures.add(request + "\n" + e.getMessage());
                    remember();
                }
            }
        }
        assertEquals("", String.join("\n\n", failures), "-Dmizan.seed=" + SEED);
        assertTrue(engine.invariants().holds(), engine.invariants()::toString);
        assertTrue(statuses.keySet().containsAll(List.of(200, 201, 400, 401, 404, 409, 413, 415)), statuses::toString);
    }

    @Test
    void givenBrokenHttp_whenSent_thenItIsRefusedOrDroppedAndTheServerServesOn() throws IOException {
        var auth = "Host: x\r\nAuthorization: Bearer " + KEY + "\r\nAccept-Language: ar\r\n";
        var json = auth + "Content-Type: application/json\r\n";
        var failures = new StringBuilder();
        for (var text : List.of(
                "GET /v1/campaigns/%zz HTTP/1.1\r\n" + auth + "\r\n",
                "GET /v1/campaigns?limit=%zz HTTP/1.1\r\n" + auth + "\r\n",
                "GET /v1/campaigns?limit=% HTTP/1.1\r\n" + auth + "\r\n",
                "GET /v1/campaigns?limit=%4 HTTP/1.1\r\n" + auth + "\r\n",
                "GET /v1/campaigns?limit=\u0001 HTTP/1.1\r\n" + auth + "\r\n",
                "GET /v1/campaigns?%=1&&==&limit HTTP/1.1\r\n" + auth + "\r\n",
                "GET /v1/campaigns?limit=1#x HTTP/1.1\r\n" + auth + "\r\n",
                "GET /v1/campaigns/a\u0000b HTTP/1.1\r\n" + auth + "\r\n",
                "GET /v1/campaigns/\u00ff\u00fe HTTP/1.1\r\n" + auth + "\r\n",
                "GET /v1/campaigns/a b HTTP/1.1\r\n" + auth + "\r\n",
                "GET //v1//campaigns HTTP/1.1\r\n" + auth + "\r\n",
                "GET /v1/../v1/campaigns/./x HTTP/1.1\r\n" + auth + "\r\n",
                "GET /v1/campaigns;a=b;c HTTP/1.1\r\n" + auth + "\r\n",
                "GET http://elsewhere.example/v1/campaigns/x HTTP/1.1\r\n" + auth + "\r\n",
                "GET * HTTP/1.1\r\n" + auth + "\r\n",
                "GET [::1 HTTP/1.1\r\n" + auth + "\r\n",
                "GET " + "/x".repeat(20_000) + " HTTP/1.1\r\n" + auth + "\r\n",
                "GET /v1/nothing HTTP/9.9\r\n" + auth + "\r\n",
                "GET /v1/nothing\r\n" + auth + "\r\n",
                "get /v1/campaigns HTTP/1.1\r\n" + auth + "\r\n",
                "BREW /v1/campaigns HTTP/1.1\r\n" + auth + "\r\n",
                "OPTIONS * HTTP/1.1\r\n" + auth + "\r\n",
                "TRACE /v1/campaigns HTTP/1.1\r\n" + auth + "\r\n",
                "CONNECT x:1 HTTP/1.1\r\n" + auth + "\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
                "GET /v1/nothing HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(40_000) + "\r\n\r\n",
                "GET /v1/nothing HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(8_000) + "\r\n",
                "GET /v1/nothing HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
                "GET /v1/nothing HTTP/1.1\r\nHost: x\r\nA\u0000B: c\r\n\r\n",
                "GET /v1/nothing HTTP/1.1\r\nHost: x\r\nAccept-Language: \u00d8\u00a7\r\n folded\r\n\r\n",
                "GET /v1/nothing HTTP/1.1\r\n\r\n",
                "POST /v1/posts HTTP/1.1\r\n" + json + "Content-Length: -1\r\n\r\n{}",
                "POST /v1/posts HTTP/1.1\r\n" + json + "Content-Length: x\r\n\r\n{}",
                "POST /v1/posts HTTP/1.1\r\n" + json + "Content-Length: 99999999999999999999\r\n\r\n{}",
                "POST /v1/posts HTTP/1.1\r\n" + json + "Content-Length: 9000000\r\n\r\n{}",
                "POST /v1/posts HTTP/1.1\r\n" + json + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "POST /v1/posts HTTP/1.1\r\n" + json + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "POST /v1/posts HTTP/1.1\r\n" + json + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
                "POST /v1/posts HTTP/1.1\r\n" + json + "Transfer-Encoding: nonsense\r\n\r\n{}",
                "POST /v1/posts HTTP/1.1\r\n" + json + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                "POST /v1/posts HTTP/1.1\r\n" + json + "Expect: banana\r\nContent-Length: 2\r\n\r\n{}",
                "POST /v1/posts HTTP/1.1\r\n" + json
                        + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) {
            var answer = raw(text);
            if (!answer.isEmpty()) {
                int status = Integer.parseInt(answer.substring(9, 12));
                boolean problem = answer.toLowerCase(Locale.ROOT).contains("content-type: application/problem+json");
                if (status >= 500
                        || (status >= 400 && !problem)
                        || INSIDES.matcher(answer).find()) {
                    failures.append(text, 0, Math.min(90, text.length()))
                            .append(text.substring(Math.max(0, text.length() - 60)))
                            .append("\n")
                            .append(answer)
                            .append("\n\n");
                }
            }
            assertEquals(state, state(), text);
        }
        assertEquals("", failures.toString());
        assertEquals(
                200,
                send(new Sent("GET", "/health/ready", new byte[0], Map.of())).statusCode());
    }

    @Test
    void givenALongPostNamedManyTimes_whenAFeedIsDecided_thenItIsRefusedBeforeAnyMoneyIsHeld() {
        var authors = new StringBuilder("\"a\"");
        for (int i = 0; i < 49; i++) {
            authors.append(",\"").append(i).append("x".repeat(400)).append('"');
        }
        var post = "{\"id\":\"long\",\"author\":\"a\",\"text\":\"tea\",\"related_authors\":[" + authors + "]}";
        assertEquals(200, post("/v1/posts", post).statusCode());
        remember();
        var answer =
                post("/v1/decisions", "{\"placement\":\"home\",\"posts\":[" + "\"long\",".repeat(199) + "\"p0\"]}");
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals(
                "limit_exceeded", StrictJson.own(answer.body()).path("code").stringValue());
        assertEquals(state, state());
    }

    @Test
    void givenAReferenceWithSpacesAround_whenBooked_thenItIsReadAsTheSameReference() {
        var body = ValidBodies.BODIES
                .getOrDefault("campaigns", "")
                .replace("@advertisers@", " " + ids.get("advertisers") + "  ")
                .replace("@suitability-terms@", ids.getOrDefault("suitability-terms", ""))
                .replace("@new", "spaces");
        var answer = post("/v1/campaigns", body);
        assertEquals(201, answer.statusCode(), answer.body());
        assertEquals(
                ids.get("advertisers"),
                StrictJson.own(read("/v1/campaigns/"
                                + StrictJson.own(answer.body()).path("id").stringValue()))
                        .path("advertiser")
                        .stringValue());
        var ad = ValidBodies.BODIES
                .getOrDefault("ads", "")
                .replace("@ad-groups@", " " + ids.get("ad-groups") + " ")
                .replace("@creatives@", " " + ids.get("creatives"));
        assertEquals(201, post("/v1/ads", ad).statusCode());
    }

    @Test
    void givenEmptyWordsOrATimeThatOverflows_whenBooked_thenTheyAreRefused() {
        var terms = ValidBodies.BODIES
                .getOrDefault("suitability-terms", "")
                .replace("@advertisers@", ids.getOrDefault("advertisers", ""));
        var advertiser = ValidBodies.BODIES.getOrDefault("advertisers", "");
        for (var bad : Map.of(
                        terms.replace("2026-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z"), "/v1/suitability-terms",
                        advertiser.replace("{\"en\":\"Nordlys\",\"ar\":\"نورديليس\"}", "{}"), "/v1/advertisers",
                        advertiser.replace("{\"en\":\"Nordlys\",\"ar\":\"نورديليس\"}", "{\"en\":null}"),
                                "/v1/advertisers",
                        ValidBodies.BODIES.getOrDefault("placements", "").replace("[1.0,0.8]", "\"0.8\""),
                                "/v1/placements")
                .entrySet()) {
            assertEquals(400, post(bad.getValue(), bad.getKey()).statusCode(), bad.getKey());
        }
        assertEquals(state, state());
    }

    private HttpResponse<String> post(String path, String body) {
        return send(new Sent(
                "POST",
                path,
                body.getBytes(StandardCharsets.UTF_8),
                Map.of("authorization", "Bearer " + KEY, "content-type", "application/json")));
    }

    /// A valid request of this route, with one or two things wrong.
    private Sent mutated(Route route) {
        var request = valid(route);
        var path = request.path();
        var body = request.body();
        var headers = new HashMap<>(request.headers());
        headers.put("accept-language", random.nextBoolean() ? "ar" : "en");
        boolean write = route.body() != Route.Body.NONE;
        int what = random.nextInt(20);
        if (route.body() == Route.Body.FORM && what < 15) {
            body = form();
        } else if (write && what < 15) {
            body = hostile.body(new String(body, StandardCharsets.UTF_8), List.copyOf(ids.values()));
        }
        if (write ? what == 15 || what == 16 : what < 10) {
            path = route.path();
            while (path.contains("{")) {
                var good = random.nextInt(4) == 0 ? hostile.pick(List.copyOf(ids.values())) : hostile.text();
                path = path.replaceFirst("\\{[a-z]+}", good.replace("$", ""));
            }
        }
        if (write ? what == 17 : what >= 6 && what < 18) {
            var names = new ArrayList<>(route.queryParameters());
            names.addAll(List.of(
                    "lang",
                    "theme",
                    "q",
                    "weeks",
                    "slot",
                    "viewer",
                    "move",
                    "after",
                    "limit",
                    "advertiser",
                    "explain",
                    "",
                    "%D8%B9"));
            var query = new StringBuilder();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(hostile.pick(names))
                        .append("=")
                        .append(hostile.text());
            }
            path += query;
        }
        if (what >= 17) {
            var name = hostile.pick(List.of(
                    "authorization",
                    "content-type",
                    "idempotency-key",
                    "if-match",
                    "request-id",
                    "mizan-reason",
                    "content-encoding"));
            if (random.nextInt(3) == 0) {
                headers.remove(name);
            } else {
                headers.put(name, hostile.header());
            }
        }
        return new Sent(
                random.nextInt(60) == 0
                        ? hostile.pick(List.of("DELETE", "PUT", "HEAD", "OPTIONS", "POST"))
                        : request.method(),
                path,
                body,
                headers);
    }

    private Sent valid(Route route) {
        var path = route.path();
        var kind = path.startsWith("/v1/") ? path.split("/", -1)[2] : path.split("/", -1)[1];
        path = path.replace("/t/{kind}", "/t/viewable")
                .replace("{token}", ids.get("token"))
                .replace("{code}", "not_found")
                .replace("{name}", ids.get("picture"))
                .replace("{step}", "creative")
                .replace("{provider}", "company")
                .replace("{file}", "mizan.css");
        path = path.replace(
                "{id}", ids.getOrDefault(kind.equals("ads") && !path.startsWith("/v1/") ? "creatives" : kind, "x"));
        var headers = new HashMap<String, String>();
        headers.put("authorization", "Bearer " + KEY);
        if (route.body() != Route.Body.NONE) {
            boolean form = route.body() == Route.Body.FORM;
            headers.put("content-type", form ? "application/x-www-form-urlencoded" : "application/json");
            headers.put("origin", "http://localhost");
        }
        if (route.movesMoney()) {
            headers.put("idempotency-key", "k" + keys++ % 40);
        }
        var body = switch (route.body()) {
            case NONE -> "";
            case FORM -> "name=N&login=n%40a.example&reason=r&budget=5&role=OWNER&when=all&kind=raise";
            case JSON, RAW -> body(route, kind);
        };
        return new Sent(route.method(), path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /// What a form may send: names that pages read, with anything in them.
    private byte[] form() {
        var fields = new StringBuilder();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            fields.append(fields.isEmpty() ? "" : "&")
                    .append(hostile.pick(List.of(
                            "name",
                            "login",
                            "password",
                            "code",
                            "passkey",
                            "passkey_id",
                            "challenge",
                            "reason",
                            "budget",
                            "role",
                            "advertiser",
                            "kind",
                            "when",
                            "above",
                            "note",
                            "secret",
                            "days",
                            "next",
                            "csrf",
                            "%")))
                    .append('=')
                    .append(random.nextBoolean() ? hostile.text() : hostile.pick(List.copyOf(ids.values())));
        }
        return fields.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String body(Route route, String kind) {
        boolean patch = route.method().equals("PATCH");
        var schema = route.requestSchema().orElse("form");
        var body = schema.equals("Raise")
                ? "{\"total_micros\":" + (3_000_000_000L + 1_000L * keys) + ",\"why\":\"sells well\"}"
                : schema.equals("NewApiKey") ? "{}" : ValidBodies.of(schema, kind);
        for (var id : ids.entrySet()) {
            body = body.replace("@" + id.getKey() + "@", id.getValue());
        }
        if (patch) {
            var json = StrictJson.own(body);
            json.remove(List.of("currency", "advertiser", "campaign", "ad_group", "code", "external_id"));
            if (random.nextInt(4) > 0) {
                json.remove("budget");
            }
            return json.toString();
        }
        return body.replace("@new", "c" + keys++);
    }

    private void book() {
        ids.put("token", "A".repeat(Tokens.CHARS));
        ids.put("picture", engine.pictures().keep(SamplePictures.kept()).name());
        var routes = routes();
        for (var kind : List.of(
                "advertisers", "suitability-terms", "campaigns", "ad-groups", "creatives", "ads", "placements")) {
            var create = routes.stream()
                    .filter(r -> r.method().equals("POST") && r.path().equals("/v1/" + kind))
                    .findFirst()
                    .orElseThrow();
            var request = valid(create);
            var answer = send(new Sent(
                    "POST",
                    request.path(),
                    new String(request.body(), StandardCharsets.UTF_8)
                            .replaceFirst("\"code\":\"c\\d+\"", "\"code\":\"home\"")
                            .getBytes(StandardCharsets.UTF_8),
                    request.headers()));
            assertEquals(201, answer.statusCode(), kind + answer.body());
            ids.put(kind, StrictJson.own(answer.body()).path("id").stringValue());
        }
        for (var operation : List.of("fundAdvertiser", "reviewCreative")) {
            var answer = send(valid(named(routes, operation)));
            assertTrue(answer.statusCode() < 300, operation + answer.body());
        }
        var decision = decided(valid(named(routes, "decide")));
        ids.put("decisions", decision.path("id").stringValue());
        ids.put("token", decision.path("slots").get(0).path("ad").path("token").stringValue());
    }

    private static Route named(List<Route> routes, String operation) {
        return routes.stream()
                .filter(r -> r.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    /// The first page that gets an ad: the campaign holds a part of the readers out, whom nobody knows before.
    private JsonNode decided(Sent request) {
        var body = new String(request.body(), StandardCharsets.UTF_8);
        for (int reader = 1; reader <= 20; reader++) {
            var answer = send(new Sent(
                    "POST",
                    request.path(),
                    body.replace("\"v1\"", "\"v" + reader + "\"").getBytes(StandardCharsets.UTF_8),
                    request.headers()));
            assertEquals(200, answer.statusCode(), answer.body());
            var decision = StrictJson.own(answer.body());
            if (decision.path("slots").get(0).path("ad").isObject()) {
                return decision;
            }
        }
        throw new AssertionError("no page of twenty readers got an ad");
    }

    private void check(Sent request, HttpResponse<String> answer) {
        int status = answer.statusCode();
        var body = answer.body();
        assertTrue(status < 500, () -> status + body);
        if (status < 400) {
            return;
        }
        assertFalse(INSIDES.matcher(body).find(), body);
        var type = answer.headers().firstValue("content-type").orElse("");
        boolean page = !request.path().startsWith("/v1/") && type.startsWith("text/html");
        if (page) {
            return;
        }
        assertEquals("application/problem+json", type, status + body);
        if (request.method().equals("HEAD")) {
            return;
        }
        var problem = StrictJson.own(body);
        // Headers that were too large to be read have no language.
        boolean arabic = status != 431 && "ar".equals(request.headers().get("accept-language"));
        assertTrue(problem.path("type").asString("").startsWith("/problems/"), body);
        assertEquals(status, problem.path("status").intValue(), body);
        for (var words : List.of(problem.path("title"), problem.path("detail"))) {
            assertFalse(words.asString("").isBlank(), body);
            assertFalse(words.asString("").contains("{0}") && !body.contains("{0} {1}"), body);
        }
        assertEquals(arabic, ARABIC.matcher(problem.path("title").asString("")).find(), body);
        assertTrue(
                !arabic || ARABIC.matcher(problem.path("detail").asString("")).find(), body);
    }

    private void afterwards(HttpResponse<String> answer) {
        statuses.merge(answer.statusCode(), 1, Integer::sum);
        boolean read = answer.request().method().equals("GET")
                && !answer.uri().getPath().matches("/[tc]/.*");
        if (answer.statusCode() < 400 && !read) {
            remember();
        } else {
            assertEquals(state, state(), answer.statusCode() + answer.body());
            if (!read && answer.statusCode() >= 400 && random.nextInt(20) == 0) {
                var now = shelf();
                assertEquals(shelf.orElse(now), now);
                shelf = Optional.of(now);
            }
        }
    }

    private void remember() {
        engine.settle();
        state = state();
        shelf = Optional.empty();
    }

    private State state() {
        return new State(
                engine.booking().book().revision(),
                engine.accountant().balances(),
                engine.reports().sums().entries());
    }

    /// Every list and change log, as a reader of the API sees them.
    private String shelf() {
        var all = new StringBuilder();
        for (var kind : ValidBodies.BODIES.keySet()) {
            all.append(read("/v1/" + kind + "?limit=200"))
                    .append(read("/v1/" + kind + "/" + ids.get(kind) + "/changes?limit=200"));
        }
        return all.append(read("/v1/ledger/accounts"))
                .append(read("/v1/ledger/entries?limit=200"))
                .toString();
    }

    private String read(String path) {
        var before = last;
        var answer = send(new Sent("GET", path, new byte[0], Map.of("authorization", "Bearer " + KEY)));
        last = before;
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    private HttpResponse<String> send(Sent sent) {
        last = sent.toString();
        var builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + sent.path()))
                .timeout(Duration.ofSeconds(10))
                .method(
                        sent.method(),
                        sent.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(sent.body()));
        sent.headers().forEach(builder::setHeader);
        try {
            return CLIENT.send(builder.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + sent, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The whole answer to these bytes; empty when the connection was dropped without one.
    private String raw(String text) throws IOException {
        try (var socket = new Socket(java.net.InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            var answer = new StringBuilder();
            var in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                answer.append((char) next);
            }
            return answer.toString();
        } catch (java.net.SocketException | java.net.SocketTimeoutException _) {
            return "";
        }
    }
}
