package mizan.server.app;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mizan.server.api.Actions;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.RememberedAnswers;
import mizan.server.mail.AccountLetters;
import mizan.server.mail.Letter;
import mizan.server.oidc.Provider;
import mizan.server.oidc.SignIns;
import mizan.server.pages.Community;
import mizan.server.pages.Entrances;
import mizan.server.pages.FrontDoor;
import mizan.server.pages.PageRoutes;
import mizan.server.people.EntryLinks;
import mizan.server.people.People;
import mizan.server.people.Person;
import mizan.server.people.RememberedPeople;
import mizan.server.people.Workspace;
import mizan.server.reading.pull.Outbound;
import mizan.server.serve.LeaseRules;

/// A server with people, a clock that is moved and letters that are kept, asked as browsers ask.
final class PeopledServer implements AutoCloseable {
    static final String PASSWORD = "grey herons stand in cold water";
    static final String ORIGIN = "http://localhost:8080";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    final List<Letter> letters = new ArrayList<>();
    final Workspace workspace;
    final AccountLetters accountLetters;
    final Server server;

    PeopledServer(Path folder, boolean mail, Provider... providers) {
        var engine = Engine.embedded(folder, LeaseRules.STANDARD, now::get, new SplittableRandom(5));
        var keys = new ApiKeys();
        workspace = Workspace.of(new RememberedPeople(), ORIGIN, keys, now::get, new SplittableRandom(12));
        accountLetters = new AccountLetters(workspace, letters::add, now::get);
        var engines = Map.of(Mode.LIVE, engine);
        var actions = Actions.of(workspace, keys, engines, now::get);
        var door = FrontDoor.closed(workspace, Mode.LIVE);
        var links = new EntryLinks(now::get, new SplittableRandom(11));
        var signIns = new SignIns(
                List.of(providers),
                ORIGIN,
                Outbound.guarded(now::get),
                Outbound.ownNetwork(now::get),
                now::get,
                new SplittableRandom(13));
        var entrances = new Entrances(links, mail ? Optional.of(accountLetters) : Optional.empty(), signIns);
        var pages = new PageRoutes(engine, Community.named("Marsa"), actions, door, entrances, false);
        server = new Server(
                new Server.Listen("127.0.0.1", 0),
                engines,
                Mode.LIVE,
                keys,
                new RememberedAnswers(),
                new Server.Console(actions, door, pages.routes()),
                now::get);
    }

    Instant now() {
        return now.get();
    }

    void pass(Duration span) {
        now.updateAndGet(t -> t.plus(span));
    }

    /// The first owner, with a password.
    Person owner() {
        return workspace
                .people()
                .join(workspace.people().setUp(), new People.Joining("Noor", "noor@marsa.example", PASSWORD));
    }

    @Override
    public void close() {
        server.close();
    }

    Browser browser() {
        return new Browser();
    }

    /// One answer, as a browser has it.
    record Seen(int status, String body, HttpResponse<String> answer) {
        String location() {
            return answer.headers().firstValue("location").orElse("");
        }

        Optional<String> cookie(String name) {
            return answer.headers().allValues("set-cookie").stream()
                    .filter(c -> c.startsWith(name + "="))
                    .findFirst();
        }
    }

    /// Keeps cookies and the token of its forms, and says where its forms come from.
    final class Browser {
        final Map<String, String> cookies = new LinkedHashMap<>();
        String csrf = "";
        String origin = ORIGIN;
        String site = "same-origin";
        String address = "203.0.113.7";
        final Map<String, String> more = new LinkedHashMap<>();

        Seen get(String path) throws Exception {
            return send("GET", path, "");
        }

        Seen post(String path, Map<String, String> fields) throws Exception {
            var all = new LinkedHashMap<>(fields);
            all.putIfAbsent("csrf", csrf);
            return send("POST", path, encoded(all));
        }

        Seen send(String method, String path, String body) throws Exception {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .header("accept-language", "en")
                    .header("x-forwarded-for", address);
            more.forEach(request::header);
            if (!cookies.isEmpty()) {
                request.header(
                        "cookie",
                        cookies.entrySet().stream()
                                .map(c -> c.getKey() + "=" + c.getValue())
                                .collect(Collectors.joining("; ")));
            }
            if (!method.equals("GET")) {
                request.header(
                        "content-type",
                        body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded");
                if (!origin.isEmpty()) {
                    request.header("origin", origin);
                }
                if (!site.isEmpty()) {
                    request.header("sec-fetch-site", site);
                }
            }
            request.method(
                    method,
                    body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            keep(answer);
            return new Seen(answer.statusCode(), answer.body(), answer);
        }

        private void keep(HttpResponse<String> answer) {
            for (var cookie : answer.headers().allValues("set-cookie")) {
                var pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
                if (pair[1].isEmpty()) {
                    cookies.remove(pair[0]);
                } else {
                    cookies.put(pair[0], pair[1]);
                }
            }
            var token = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"").matcher(answer.body());
            if (token.find()) {
                csrf = token.group(1);
            }
        }

        Seen signIn(String login, String password, String code) throws Exception {
            var seen = post("/sign-in", Map.of("login", login, "password", password, "code", code));
            if (seen.status() == 303) {
                get("/account");
            }
            return seen;
        }

        String session() {
            return cookies.getOrDefault("__Host-mizan", "");
        }
    }

    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(f -> URLEncoder.encode(f.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
