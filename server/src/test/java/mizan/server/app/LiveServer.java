package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
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

/// A server on its own folder with a clock that is moved, asked over HTTP: one advertiser, one placement, one ad.
final class LiveServer implements AutoCloseable {
    static final String POSTS = """
            [{"id":"p0","author":"@a","text":"A lovely morning in the garden with the children."},
            {"id":"p1","author":"@b","text":"Coffee and bread with friends near the old harbour."},
            {"id":"p2","author":"@c","text":"We watched the football match with joy."}]""";

    private static final String KEY = "mz_live_all";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private final Path folder;
    private final ApiKeys keys = new ApiKeys();
    private Instant now;
    private Engine engine;
    private Workspace workspace;
    private Server server;

    LiveServer(Path folder, Instant now) {
        this.folder = folder;
        this.now = now;
        keys.admit(ApiKeys.hash(KEY), new Principal("key_1", Mode.LIVE, EnumSet.allOf(Scope.class), Optional.empty()));
        this.engine = opened();
        this.workspace = peopled();
        this.server = server();
    }

    private Engine opened() {
        return Engine.embedded(folder, LeaseRules.STANDARD, () -> now, new SplittableRandom(3));
    }

    private Workspace peopled() {
        return Workspace.of(new RememberedPeople(), "http://localhost:8080", keys, () -> now, new SplittableRandom(12));
    }

    private Server server() {
        var engines = Map.of(Mode.LIVE, engine);
        var actions = Actions.of(workspace, keys, engines, () -> now);
        var door = FrontDoor.closed(workspace, Mode.LIVE);
        var links = new EntryLinks(() -> now, new SplittableRandom(11));
        var pages = new PageRoutes(engine, Community.named("Marsa"), actions, door, links, false);
        return new Server(
                new Server.Listen("127.0.0.1", 0),
                engines,
                Mode.LIVE,
                keys,
                new RememberedAnswers(),
                new Server.Console(actions, door, pages.routes()),
                () -> now);
    }

    /// What is done to the folder while nothing runs.
    interface Meanwhile {
        void run() throws Exception;
    }

    void restart(Meanwhile meanwhile) throws Exception {
        server.close();
        meanwhile.run();
        engine = opened();
        workspace = peopled();
        server = server();
    }

    Engine engine() {
        return engine;
    }

    Workspace workspace() {
        return workspace;
    }

    ObjectNode read(String path) throws Exception {
        return StrictJson.own(new String(bytes(path), StandardCharsets.UTF_8));
    }

    Instant now() {
        return now;
    }

    void pass(Duration span) {
        now = now.plus(span);
        engine.settle();
    }

    /// @param advertiser whose ad group takes part in every page
    record Booked(String advertiser, String campaign, String ad) {}

    Booked book() throws Exception {
        var advertiser = id(post("/v1/advertisers", """
                {"name":{"en":"Nordlys","ar":"نورديليس"},"payer":"Nordlys Gulf FZ-LLC","currency":"USD"}""", 201));
        post("/v1/advertisers/" + advertiser + "/funding", """
                {"micros":5000000000,"currency":"USD","reference":"PO 1"}""", 201);
        post("/v1/placements", """
                {"code":"home","name":{"en":"Home"},"currency":"USD","first_slot":1,"min_gap":2,"max_ads":1,"floor_cpm_micros":1000000}""", 201);
        var campaign = id(post(
                "/v1/campaigns",
                "{\"advertiser\":\"" + advertiser + "\",\"name\":{\"en\":\"Winter\"},\"entity_status\":\"ACTIVE\","
                        + "\"budget\":{\"total_micros\":4000000000},\"pacing\":\"ASAP\"}",
                201));
        var group = id(post(
                "/v1/ad-groups",
                "{\"campaign\":\"" + campaign + "\",\"name\":{\"en\":\"All\"},\"entity_status\":\"ACTIVE\","
                        + "\"bid\":{\"charge_by\":\"IMPRESSION\",\"amount_micros\":20000000}}",
                201));
        var creative = id(post(
                "/v1/creatives",
                "{\"advertiser\":\"" + advertiser + "\",\"headline\":{\"en\":\"Night photos\"},"
                        + "\"body\":{\"en\":\"Without the grain\"},\"call_to_action\":{\"en\":\"See\"},"
                        + "\"category\":\"1473\",\"landing_page\":\"https://nordlys.example/night\"}",
                201));
        post("/v1/creatives/" + creative + "/review", "{\"decision\":\"APPROVED\"}", 200);
        var ad = id(post(
                "/v1/ads",
                "{\"ad_group\":\"" + group + "\",\"creative\":\"" + creative + "\",\"entity_status\":\"ACTIVE\"}",
                201));
        return new Booked(advertiser, campaign, ad);
    }

    /// What a viewer is answered.
    ObjectNode page(String viewer) throws Exception {
        return post(
                "/v1/decisions",
                "{\"placement\":\"home\",\"viewer\":{\"key\":\"" + viewer + "\",\"country\":\"SA\"},\"posts\":" + POSTS
                        + "}",
                200);
    }

    /// The token of the ad that a viewer is shown.
    String show(String viewer) throws Exception {
        var page = page(viewer);
        var token = page.path("slots").get(0).path("ad").path("token").asString("");
        assertFalse(token.isEmpty(), page.toString());
        return token;
    }

    void report(String kind, String token) throws Exception {
        post("/v1/events", "{\"events\":[{\"kind\":\"" + kind + "\",\"token\":\"" + token + "\"}]}", 202);
    }

    private static String id(ObjectNode json) {
        return json.path("id").stringValue();
    }

    void patch(String path, String body) throws Exception {
        var request = request(path)
                .header("authorization", "Bearer " + KEY)
                .header("content-type", "application/merge-patch+json")
                .header(
                        "if-match",
                        send(request(path).header("authorization", "Bearer " + KEY))
                                .headers()
                                .firstValue("etag")
                                .orElseThrow())
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body));
        var answer = send(request);
        assertEquals(200, answer.statusCode(), path + answer.body());
    }

    ObjectNode post(String path, String body, int expected) throws Exception {
        var request = request(path).header("authorization", "Bearer " + KEY).header("content-type", "application/json");
        if (path.endsWith("/funding")) {
            request.header("idempotency-key", "funding");
        }
        var answer = send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
        assertEquals(expected, answer.statusCode(), path + answer.body());
        return StrictJson.own(answer.body());
    }

    void put(String path, String body) throws Exception {
        var request = request(path)
                .header("authorization", "Bearer " + KEY)
                .header("content-type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body));
        var answer = send(request);
        assertEquals(200, answer.statusCode(), path + answer.body());
    }

    byte[] bytes(String path) throws Exception {
        var request = request(path).header("authorization", "Bearer " + KEY);
        var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode());
        return answer.body();
    }

    int status(String path) throws Exception {
        return send(request(path).header("authorization", "Bearer " + KEY)).statusCode();
    }

    /// As anybody does: without a key.
    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
    }
}
