package mizan.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import mizan.server.api.Actions;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.RememberedAnswers;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.pages.Community;
import mizan.server.pages.FrontDoor;
import mizan.server.pages.PageRoutes;
import mizan.server.people.EntryLinks;
import mizan.server.people.RememberedPeople;
import mizan.server.people.Workspace;
import mizan.server.serve.LeaseRules;
import tools.jackson.databind.node.ObjectNode;

/// A server with its console, an advertiser whose campaign runs, and a stranger: for tests of what happens after
/// something was billed.
final class BilledServer implements AutoCloseable {
    /// May do everything, for the platform.
    static final String PLATFORM = "mz_live_platform";
    /// May do what the advertiser's owner may.
    static final String BUYER = "mz_live_buyer";
    /// The same at another advertiser.
    static final String STRANGER = "mz_live_stranger";

    private static final Set<Scope> BUYERS =
            EnumSet.of(Scope.BOOK_READ, Scope.BOOK_WRITE, Scope.LEDGER_READ, Scope.MONEY_WRITE, Scope.AUDIT_READ);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    final Engine engine;
    final String advertiser;
    final String campaign;
    final String group;
    final String ad;
    private final Server server;
    private int keyed;

    BilledServer(Path folder) throws Exception {
        engine = Engine.embedded(folder, LeaseRules.STANDARD, now::get, new SplittableRandom(5));
        var keys = new ApiKeys();
        admit(keys, PLATFORM, EnumSet.allOf(Scope.class), Optional.empty());
        var workspace =
                Workspace.of(new RememberedPeople(), "http://localhost:8080", keys, now::get, new SplittableRandom(12));
        var engines = Map.of(Mode.LIVE, engine);
        var actions = Actions.of(workspace, keys, engines, now::get);
        var door = FrontDoor.closed(workspace, Mode.LIVE);
        var links = new EntryLinks(now::get, new SplittableRandom(11));
        var pages = new PageRoutes(engine, Community.named("Marsa"), actions, door, links, false);
        server = new Server(
                new Server.Listen("127.0.0.1", 0),
                engines,
                Mode.LIVE,
                keys,
                new RememberedAnswers(),
                new Server.Console(actions, door, pages.routes()),
                now::get);
        post("/v1/placements", """
                {"code":"home","name":{"en":"Home"},"currency":"USD","first_slot":1,"min_gap":3,"max_ads":2,"floor_cpm_micros":20000000}""");
        advertiser = advertiser("Nordlys");
        admit(keys, BUYER, BUYERS, Optional.of(advertiser));
        admit(keys, STRANGER, BUYERS, Optional.of(advertiser("Sama")));
        post("/v1/advertisers/" + advertiser + "/funding", """
                {"micros":100000000000,"currency":"USD","reference":"PO 1"}""");
        var terms = post("/v1/suitability-terms", """
                {"advertiser":"%s","name":"House","preset":"RELAXED","signed_by":"Noor Haddad"}""".formatted(advertiser));
        campaign = post("/v1/campaigns", """
                {"advertiser":"%s","name":{"en":"Winter","ar":"شتاء"},"entity_status":"ACTIVE","pacing":"ASAP",
                "budget":{"total_micros":2000000000},"suitability_terms":"%s"}""".formatted(advertiser, terms));
        group = post("/v1/ad-groups", """
                {"campaign":"%s","name":{"en":"All"},"entity_status":"ACTIVE",
                "bid":{"charge_by":"IMPRESSION","amount_micros":20000000}}""".formatted(campaign));
        var creative = post("/v1/creatives", """
                {"advertiser":"%s","headline":{"en":"Night photos"},"body":{"en":"Without the grain"},
                "call_to_action":{"en":"See"},"landing_page":"https://nordlys.example/night"}""".formatted(advertiser));
        post("/v1/creatives/" + creative + "/review", "{\"decision\":\"APPROVED\"}");
        ad = post("/v1/ads", """
                {"ad_group":"%s","creative":"%s","entity_status":"ACTIVE"}""".formatted(group, creative));
    }

    private static void admit(ApiKeys keys, String key, Set<Scope> scopes, Optional<String> advertiser) {
        keys.admit(ApiKeys.hash(key), new Principal("key_" + key.substring(8), Mode.LIVE, scopes, advertiser));
    }

    private String advertiser(String name) throws Exception {
        return post("/v1/advertisers", """
                {"name":{"en":"%s"},"payer":"%s Gulf FZ-LLC","currency":"USD","time_zone":"Asia/Riyadh"}""".formatted(name, name));
    }

    /// Pages with one ad each, which are rendered and billed.
    void show(int pages) throws Exception {
        for (int i = 0; i < pages; i++) {
            now.updateAndGet(t -> t.plus(Duration.ofSeconds(5)));
            report("", decide());
        }
        engine.settle();
    }

    /// A page with one ad, which is rendered so many seconds later.
    void showLate(int seconds) throws Exception {
        var token = decide();
        now.updateAndGet(t -> t.plus(Duration.ofSeconds(seconds)));
        report("", token);
        engine.settle();
    }

    /// Pages that a program asks for.
    void crawl(int pages) throws Exception {
        for (int i = 0; i < pages; i++) {
            report(",\"user_agent\":\"Googlebot/2.1\"", decide());
        }
        engine.settle();
    }

    private String decide() throws Exception {
        var decision = json(send(PLATFORM, "POST", "/v1/decisions", "application/json", """
                {"placement":"home","viewer":{"country":"SA"},"posts":[
                {"id":"p0","author":"@a","text":"A lovely morning in the garden with the children and the cat."},
                {"id":"p1","author":"@b","text":"Coffee and bread with friends near the old harbour today."},
                {"id":"p2","author":"@c","text":"We watched the football match and it was a joy."}]}"""));
        var token = decision.path("slots").get(0).path("ad").path("token");
        assertFalse(token.isMissingNode(), decision::toString);
        return token.stringValue();
    }

    private void report(String from, String token) throws Exception {
        var event = "{\"events\":[{\"kind\":\"RENDERED\",\"token\":\"" + token + "\"" + from + "}]}";
        assertEquals(
                202,
                send(PLATFORM, "POST", "/v1/events", "application/json", event).statusCode());
    }

    /// Makes something by JSON and gives its id, if it has one.
    String post(String path, String body) throws Exception {
        var answer = send(PLATFORM, "POST", path, "application/json", body);
        assertEquals(2, answer.statusCode() / 100, () -> path + " " + answer.body());
        return json(answer).path("id").asString("");
    }

    /// Changes something, with a reason.
    void patch(String path, String body, String why) throws Exception {
        var request = request(PLATFORM, path)
                .header("content-type", "application/json")
                .header("mizan-reason", why)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body));
        var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer::body);
    }

    void put(String path, String body) throws Exception {
        var answer = send(PLATFORM, "PUT", path, "application/json", body);
        assertEquals(200, answer.statusCode(), answer::body);
    }

    static ObjectNode json(HttpResponse<String> answer) {
        return StrictJson.own(answer.body());
    }

    HttpResponse<String> get(String key, String path) throws Exception {
        return CLIENT.send(request(key, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(String key, String path) throws Exception {
        return CLIENT.send(request(key, path).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<String> send(String key, String method, String path, String type, String body) throws Exception {
        var request = request(key, path)
                .header("content-type", type)
                .header("idempotency-key", "test-" + keyed++)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// Sends a form as a browser without script does.
    HttpResponse<String> form(String key, String path, Map<String, String> fields) throws Exception {
        var body = fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return send(key, "POST", path, "application/x-www-form-urlencoded", body);
    }

    /// Sends a form with files.
    HttpResponse<String> multipart(String key, String path, Map<String, String> fields) throws Exception {
        var body = new StringBuilder();
        fields.forEach((name, value) -> body.append("--edge\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        return send(key, "POST", path, "multipart/form-data; boundary=edge", body + "--edge--\r\n");
    }

    /// Where an answer leads to.
    static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("location").orElse("");
    }

    private HttpRequest.Builder request(String key, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .headers("authorization", "Bearer " + key, "sec-fetch-site", "same-origin");
    }

    @Override
    public void close() {
        server.close();
    }
}
