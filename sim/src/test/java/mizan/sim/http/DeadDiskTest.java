package mizan.sim.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import mizan.server.accounting.Tokens;
import mizan.server.app.Engine;
import mizan.server.app.Server;
import mizan.server.app.Stores;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.serve.LeaseRules;
import mizan.sim.disk.FaultyDisk;
import mizan.sim.store.MemoryBookStore;
import mizan.sim.store.MemoryLedgerStore;
import mizan.sim.store.MemoryPostStore;
import mizan.sim.store.NoReports;
import org.junit.jupiter.api.Test;

/// A server whose journal can no longer be kept.
class DeadDiskTest {
    private static final String KEY = "mz_live_dead";
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void givenADiskThatFails_whenMoreIsWritten_thenItIsRefusedWithTheReasonAndReadingGoesOn() throws Exception {
        var disk = new FaultyDisk(new SplittableRandom(1));
        var time = InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z"));
        var engine = new Engine(
                new Stores(
                        new MemoryBookStore(),
                        new MemoryLedgerStore(),
                        NoReports.reports(),
                        new MemoryPostStore(),
                        disk,
                        new Tokens.KeyRing(0, Map.of(0, Tokens.KeyRing.key(new byte[32]))),
                        1 << 20),
                Engine.Settings.of(new LeaseRules(Duration.ofHours(1), Duration.ofMinutes(15))),
                time,
                new SplittableRandom(2));
        var keys = new ApiKeys();
        keys.admit(ApiKeys.hash(KEY), new Principal("key_1", Mode.LIVE, EnumSet.allOf(Scope.class), Optional.empty()));
        try (var server = new Server(
                new Server.Listen("127.0.0.1", 0), Map.of(Mode.LIVE, engine), Mode.LIVE, keys, List.of(), time)) {
            var placement = "{\"code\":\"home\",\"name\":{\"en\":\"Home\"},\"currency\":\"USD\"}";
            assertEquals(201, send(server, "/v1/placements", placement).statusCode());
            var page =
                    "{\"placement\":\"home\",\"posts\":[{\"id\":\"a\",\"author\":\"@r\",\"text\":\"Good morning\"}]}";
            assertEquals(200, send(server, "/v1/decisions", page).statusCode());
            disk.failingForces(1);
            while (engine.journal().stopped().isEmpty()) {
                send(server, "/v1/decisions", page);
            }
            var refused = send(server, "/v1/decisions", page);
            assertEquals(503, refused.statusCode());
            assertTrue(refused.body().contains("\"storage_stopped\""), refused::body);
            assertEquals(200, get(server, "/v1/placements").statusCode());
            assertEquals(503, get(server, "/health/ready").statusCode());
            assertTrue(get(server, "/metrics").body().contains("mizan_journal_stopped{mode=\"live\"} 1.0"));
        }
    }

    private HttpResponse<String> send(Server server, String path, String body) throws Exception {
        return client.send(
                request(server, path)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(Server server, String path) throws Exception {
        return client.send(request(server, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(Server server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("authorization", "Bearer " + KEY);
    }
}
