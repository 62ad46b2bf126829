package mizan.server.app;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.CampaignId;
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

/// A server with its console, for tests that send forms as a browser does: as whoever may do everything, or as
/// somebody of another advertiser.
final class ConsoleServer implements AutoCloseable {
    static final String KEY = "mz_live_console";
    static final String OTHER = "mz_live_other";
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger sent = new AtomicInteger();
    final Engine engine;
    final Workspace workspace;
    final Actions actions;
    private final Server server;

    ConsoleServer(Path folder) throws IOException {
        engine = Engine.embedded(folder, LeaseRules.STANDARD, () -> NOW, new SplittableRandom(5));
        var keys = new ApiKeys();
        keys.admit(ApiKeys.hash(KEY), new Principal("key_1", Mode.LIVE, EnumSet.allOf(Scope.class), Optional.empty()));
        keys.admit(
                ApiKeys.hash(OTHER),
                new Principal(
                        "key_2",
                        Mode.LIVE,
                        EnumSet.of(Scope.BOOK_READ, Scope.BOOK_WRITE, Scope.LEDGER_READ),
                        Optional.of("adv_01KJPWD6M00000000000000009")));
        workspace = Workspace.of(
                new RememberedPeople(), "http://localhost:8080", keys, () -> NOW, new SplittableRandom(12));
        var engines = Map.of(Mode.LIVE, engine);
        actions = Actions.of(workspace, keys, engines, () -> NOW);
        var door = FrontDoor.closed(workspace, Mode.LIVE);
        var links = new EntryLinks(() -> NOW, new SplittableRandom(11));
        var pages = new PageRoutes(engine, Community.named("Marsa"), actions, door, links, false);
        server = new Server(
                new Server.Listen("127.0.0.1", 0),
                engines,
                Mode.LIVE,
                keys,
                new RememberedAnswers(),
                new Server.Console(actions, door, pages.routes()),
                () -> NOW);
    }

    @Override
    public void close() {
        server.close();
    }

    /// The id of something new.
    String book(String path, String json) throws Exception {
        var answer = send(KEY, "POST", path, "application/json", json);
        if (answer.statusCode() >= 300) {
            throw new AssertionError(answer.body());
        }
        return StrictJson.own(answer.body()).path("id").stringValue();
    }

    Campaign campaign(String id) {
        return Objects.requireNonNull(engine.booking().book().campaigns().get(new CampaignId(id)));
    }

    AdGroup adGroup(String id) {
        return Objects.requireNonNull(engine.booking().book().adGroups().get(new AdGroupId(id)));
    }

    HttpResponse<String> post(String path, Map<String, String> fields) throws Exception {
        return post(KEY, path, fields);
    }

    HttpResponse<String> post(String key, String path, Map<String, String> fields) throws Exception {
        var body = fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(key, "POST", path, "application/x-www-form-urlencoded", body);
    }

    HttpResponse<String> get(String path) throws Exception {
        return get(KEY, path);
    }

    HttpResponse<String> get(String key, String path) throws Exception {
        return send(key, "GET", path, "", "");
    }

    /// What a reader sees of a page, without its marks.
    static String text(HttpResponse<String> page) {
        return page.body().replaceAll("<[^>]*>", "").replace("&amp;", "&").replaceAll("[\\s\u00a0]+", " ");
    }

    /// What stands in a hidden field.
    static String hidden(HttpResponse<String> page, String name) {
        var at = page.body().indexOf("name=\"" + name + "\" value=\"");
        var from = at + name.length() + "name=\"\" value=\"".length();
        return at < 0 ? "" : page.body().substring(from, page.body().indexOf('"', from));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpResponse<String> send(String key, String method, String path, String type, String body) throws Exception {
        return client.send(request(key, method, path, type, body), HttpResponse.BodyHandlers.ofString());
    }

    /// The answer, some time.
    CompletableFuture<HttpResponse<String>> sending(String method, String path, String type, String body) {
        return client.sendAsync(request(KEY, method, path, type, body), HttpResponse.BodyHandlers.ofString());
    }

    /// A browser sends no idempotency key with a form: what makes forms work once must do without.
    private HttpRequest request(String key, String method, String path, String type, String body) {
        var request = HttpRequest.newBuilder(uri(path))
                .header("authorization", "Bearer " + key)
                .header("accept-language", "en")
                .header("sec-fetch-site", "same-origin");
        if (type.equals("application/json")) {
            request.header("idempotency-key", "sent-" + sent.incrementAndGet());
        }
        return method.equals("GET")
                ? request.build()
                : request.header("content-type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
    }
}
