package mizan.server.openrtb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import mizan.server.app.Engine;
import mizan.server.app.Server;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.picture.redraw.SamplePictures;
import mizan.server.serve.LeaseRules;
import tools.jackson.databind.node.ObjectNode;

/// A server with live and test data, one campaign of cameras in each, three known posts, and its placement on offer.
final class Exchange implements AutoCloseable {
    static final String BROWSER = "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";
    static final String ORIGIN = "https://feed.example";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private final Map<Mode, Engine> engines;
    private final Server server;
    private int keys;

    Exchange(Path folder) throws Exception {
        var apiKeys = new ApiKeys();
        for (var mode : Mode.values()) {
            apiKeys.admit(
                    ApiKeys.hash(key(mode)),
                    new Principal("key_" + mode, mode, EnumSet.allOf(Scope.class), Optional.empty()));
        }
        engines = Map.of(Mode.LIVE, engine(folder, Mode.LIVE), Mode.TEST, engine(folder, Mode.TEST));
        server = new Server(
                new Server.Listen("127.0.0.1", 0), engines, Mode.LIVE, apiKeys, List.of(), InstantSource.system());
        for (var mode : Mode.values()) {
            book(mode);
        }
    }

    private static Engine engine(Path folder, Mode mode) {
        return Engine.embedded(
                folder.resolve(mode.name()),
                LeaseRules.STANDARD,
                InstantSource.system(),
                new SplittableRandom(mode == Mode.LIVE ? 1 : 2));
    }

    private static String key(Mode mode) {
        return "mz_" + (mode == Mode.LIVE ? "live_" : "test_") + "0".repeat(52);
    }

    Engine engine(Mode mode) {
        return Optional.ofNullable(engines.get(mode)).orElseThrow();
    }

    long spent(Mode mode) {
        engine(mode).settle();
        return engine(mode).reports().totals().counts().spendMicros();
    }

    long rendered(Mode mode) {
        engine(mode).settle();
        return engine(mode).reports().totals().counts().rendered();
    }

    private void book(Mode mode) throws Exception {
        made(mode, "/v1/placements", """
                {"code":"home","name":{"en":"Home"},"currency":"USD","first_slot":1,"min_gap":3,"max_ads":2,"floor_cpm_micros":2000000}""");
        var advertiser = made(mode, "/v1/advertisers", """
                {"name":{"en":"Nordlys","ar":"نورديليس"},"payer":"Nordlys Gulf FZ-LLC","currency":"USD","industry":"electronics"}""");
        made(
                mode,
                "/v1/advertisers/" + advertiser + "/funding",
                "{\"micros\":100000000000,\"currency\":\"USD\",\"reference\":\"PO 1\"}");
        var terms = made(
                mode,
                "/v1/suitability-terms",
                "{\"advertiser\":\"%s\",\"name\":\"House\",\"preset\":\"STANDARD\",\"keywords\":[\"war\"]}"
                        .formatted(advertiser));
        var campaign = made(mode, "/v1/campaigns", """
                {"advertiser":"%s","name":{"en":"Winter"},"entity_status":"ACTIVE","pacing":"ASAP",
                 "budget":{"total_micros":2000000000},"suitability_terms":"%s"}""".formatted(advertiser, terms));
        var group = made(mode, "/v1/ad-groups", """
                {"campaign":"%s","name":{"en":"All"},"entity_status":"ACTIVE",
                 "bid":{"charge_by":"IMPRESSION","amount_micros":20000000}}""".formatted(campaign));
        var creative = made(mode, "/v1/creatives", """
                {"advertiser":"%s","kind":"NATIVE_CARD","category":"1100","landing_page":"https://www.nordlys.example/night",
                 "headline":{"en":"Night photos without the grain","ar":"صور ليلية بلا تشويش"},
                 "body":{"en":"The Nordlys 7 sees what your eyes see.","ar":"يرى نورديليس 7 ما تراه عيناك."},
                 "call_to_action":{"en":"See more","ar":"اعرف المزيد"},
                 "picture":{"name":"%s","alternative":{"en":"A night sky","ar":"سماء ليلية"}}}""".formatted(advertiser, picture(mode)));
        send(mode, "POST", "/v1/creatives/" + creative + "/review", "{\"decision\":\"APPROVED\"}");
        made(mode, "/v1/ads", """
                {"ad_group":"%s","creative":"%s","entity_status":"ACTIVE"}""".formatted(group, creative));
        send(mode, "POST", "/v1/posts", """
                {"posts":[
                 {"id":"https://feed.example/p/1","author":"@a","text":"A lovely morning in the garden with the children and the cat."},
                 {"id":"https://feed.example/p/2","author":"@b","text":"Coffee and bread with friends near the old harbour today."},
                 {"id":"https://feed.example/p/war","author":"@c","text":"The war came to the old town, many were killed in the attack."}]}""");
        assertEquals(200, send(mode, "PUT", "/v1/supply", """
                {"domain":"ads.feed.example","contact_email":"ads@feed.example",
                 "sellers":[{"seller_id":"pub-1","seller_type":"PUBLISHER","name":"Marsa","domain":"feed.example"}],
                 "offers":[{"placement":"home","origins":["https://feed.example"],"servers_without_key":true,
                            "per_second":10000,"seller_id":"pub-1"}]}""").statusCode());
    }

    private String picture(Mode mode) {
        return engine(mode).pictures().keep(SamplePictures.kept()).name();
    }

    private String made(Mode mode, String path, String body) throws Exception {
        var answer = send(mode, "POST", path, body);
        assertEquals(2, answer.statusCode() / 100, answer.body());
        return StrictJson.own(answer.body()).path("id").asString("");
    }

    HttpResponse<String> send(Mode mode, String method, String path, String body) throws Exception {
        return CLIENT.send(
                request(path)
                        .header("authorization", "Bearer " + key(mode))
                        .header("content-type", "application/json")
                        .header("idempotency-key", "k" + keys++)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        var uri = path.startsWith("http") ? path : "http://127.0.0.1:" + server.port() + path;
        return HttpRequest.newBuilder(URI.create(uri));
    }

    /// As an exchange's server asks.
    HttpResponse<byte[]> auction(byte[] body, String... headers) throws IOException, InterruptedException {
        var request = request("/openrtb2/auction");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(
                request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    static ObjectNode json(HttpResponse<byte[]> answer) {
        return StrictJson.own(new String(answer.body(), StandardCharsets.UTF_8));
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
        return CLIENT.send(
                request("/openrtb2/auction")
                        .header("origin", origin)
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// A stored request by its name.
    static byte[] stored(String name) throws IOException {
        try (var in = Exchange.class.getResourceAsStream("/openrtb/" + name + ".json")) {
            if (in == null) {
                throw new IOException("no request is called " + name);
            }
            return in.readAllBytes();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
