package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.serve.LeaseRules;
import mizan.server.store.SqliteIdempotency;
import mizan.server.traffic.RequestRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test and live keys of one server, and a server that is started again.
class ModesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String ADVERTISER = """
            {"name":{"en":"Nordlys"},"payer":"Nordlys","currency":"USD"}""";

    @TempDir
    Path folder;

    private Server server;

    @BeforeEach
    void start() {
        var keys = new ApiKeys();
        for (var mode : Mode.values()) {
            keys.admit(
                    ApiKeys.hash(key(mode)),
                    new Principal("key_" + mode, mode, EnumSet.allOf(Scope.class), Optional.empty()));
        }
        var engines = Map.of(Mode.LIVE, engine(Mode.LIVE), Mode.TEST, engine(Mode.TEST));
        server = new Server(
                new Server.Listen("127.0.0.1", 0),
                engines,
                Mode.LIVE,
                keys,
                SqliteIdempotency.open(folder.resolve("answers.db")),
                RequestRules.standard(),
                Server.Console.of(List.of(), keys, engines, InstantSource.system()),
                InstantSource.system());
    }

    private Engine engine(Mode mode) {
        return Engine.embedded(
                folder.resolve(mode.name()),
                LeaseRules.STANDARD,
                InstantSource.system(),
                new SplittableRandom(mode == Mode.LIVE ? 1 : 2));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String key(Mode mode) {
        return "mz_" + mode.name().toLowerCase(Locale.ROOT) + "_" + "0".repeat(52);
    }

    private HttpResponse<String> send(Mode mode, String method, String path, String body, String key) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("authorization", "Bearer " + key(mode))
                .header("idempotency-key", key)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return CLIENT.send(
                (body.isEmpty() ? request : request.header("content-type", "application/json")).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String id(HttpResponse<String> answer) {
        assertTrue(answer.statusCode() < 300, answer.body());
        return StrictJson.own(answer.body()).path("id").stringValue();
    }

    @Test
    void givenDataOfOneMode_whenTheKeyOfTheOtherReachesForIt_thenItIsNotThere() throws Exception {
        for (var own : Mode.values()) {
            var other = own == Mode.LIVE ? Mode.TEST : Mode.LIVE;
            var advertiser = id(send(own, "POST", "/v1/advertisers", ADVERTISER, "a"));
            var path = "/v1/advertisers/" + advertiser;
            assertEquals(200, send(own, "GET", path, "", "b").statusCode());
            assertEquals(404, send(other, "GET", path, "", "b").statusCode());
            assertEquals(
                    404, send(other, "PATCH", path, "{\"payer\":\"x\"}", "b").statusCode());
            var funding = "{\"micros\":5000000,\"currency\":\"USD\",\"reference\":\"PO\"}";
            assertEquals(
                    404, send(other, "POST", path + "/funding", funding, "c").statusCode());
            id(send(own, "POST", path + "/funding", funding, "c" + own));
            for (var list : List.of("/v1/ledger/entries", "/v1/ledger/accounts", "/v1/advertisers")) {
                assertTrue(send(own, "GET", list, "", "d").body().contains(advertiser), list);
                assertFalse(send(other, "GET", list, "", "d").body().contains(advertiser), list);
            }
        }
    }

    @Test
    void givenATestKey_whenItMakesKeys_thenNoneIsLiveAndLiveOnesAreHidden() throws Exception {
        var live = send(Mode.LIVE, "POST", "/v1/api-keys", """
                {"name":"n","mode":"LIVE","scopes":["serve"]}""", "k");
        var body = """
                {"name":"n","mode":"LIVE","scopes":["admin"]}""";
        assertEquals(400, send(Mode.TEST, "POST", "/v1/api-keys", body, "k").statusCode());
        assertFalse(send(Mode.TEST, "GET", "/v1/api-keys", "", "k").body().contains("LIVE"));
        var revoke = "/v1/api-keys/" + id(live) + "/revoke";
        assertEquals(404, send(Mode.TEST, "POST", revoke, "", "r").statusCode());
        id(send(Mode.LIVE, "POST", "/v1/api-keys", body.replace("LIVE", "TEST"), "t"));
    }

    @Test
    void givenAKeyedRequest_whenSentAgainAfterARestart_thenItsAnswerComesAgainAndNothingIsDoneTwice() throws Exception {
        var first = send(Mode.LIVE, "POST", "/v1/advertisers", ADVERTISER, "a");
        server.close();
        start();
        var again = send(Mode.LIVE, "POST", "/v1/advertisers", ADVERTISER, "a");
        assertEquals(first.body(), again.body());
        assertEquals("true", again.headers().firstValue("idempotent-replayed").orElse(""));
        var list = send(Mode.LIVE, "GET", "/v1/advertisers", "", "");
        assertEquals(1, StrictJson.own(list.body()).path("data").size());
    }

    @Test
    void givenANewKey_whenItsRequestIsSentAgain_thenItsTextIsNotShownASecondTime() throws Exception {
        var body = """
                {"name":"n","mode":"LIVE","scopes":["serve"]}""";
        var first = send(Mode.LIVE, "POST", "/v1/api-keys", body, "k");
        var again = send(Mode.LIVE, "POST", "/v1/api-keys", body, "k");
        assertEquals(id(first), id(again));
        assertTrue(StrictJson.own(first.body()).has("key"));
        assertFalse(StrictJson.own(again.body()).has("key"), "it would have been kept in the clear");
    }
}
