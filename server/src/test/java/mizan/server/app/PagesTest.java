package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import mizan.server.api.Actions;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.PublicReads;
import mizan.server.http.RememberedAnswers;
import mizan.server.http.Scope;
import mizan.server.pages.Community;
import mizan.server.pages.FrontDoor;
import mizan.server.pages.PageRoutes;
import mizan.server.people.EntryLinks;
import mizan.server.people.People;
import mizan.server.people.RememberedPeople;
import mizan.server.people.Workspace;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages of a server that has no data yet, and the door of its console.
class PagesTest {
    private static final String KEY = "mz_live_pages";
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    private final InstantSource clock = now::get;
    private final HttpClient client = HttpClient.newHttpClient();
    private final EntryLinks links = new EntryLinks(clock, new SplittableRandom(11));

    @TempDir
    private Path folder = Path.of("");

    private Server server;
    private String owner = "";

    @BeforeEach
    void start() {
        var engine = Engine.embedded(folder, LeaseRules.STANDARD, clock, new SplittableRandom(5));
        var keys = new ApiKeys();
        keys.admit(ApiKeys.hash(KEY), new Principal("key_1", Mode.LIVE, EnumSet.allOf(Scope.class), Optional.empty()));
        var engines = Map.of(Mode.LIVE, engine);
        var workspace =
                Workspace.of(new RememberedPeople(), "http://localhost:8080", keys, clock, new SplittableRandom(12));
        owner = workspace
                .people()
                .join(workspace.people().setUp(), new People.Joining("Noor", "noor@marsa.example", ""))
                .id();
        var actions = Actions.of(workspace, keys, engines, clock);
        var door = FrontDoor.closed(workspace, Mode.LIVE);
        var pages = new PageRoutes(engine, Community.named("Marsa"), actions, door, links, false);
        server = new Server(
                new Server.Listen("127.0.0.1", 0),
                engines,
                Mode.LIVE,
                keys,
                new RememberedAnswers(),
                new Server.Console(actions, door, pages.routes()),
                clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String cookie(HttpResponse<String> response) {
        return response.headers().firstValue("set-cookie").orElse("");
    }

    @Test
    void givenNobodySignedIn_whenPagesAreOpened_thenOnlyThePublicOnesAnswer() throws Exception {
        assertEquals(200, get("/ads").statusCode());
        for (var page : new String[] {
            "/desk", "/advertisers", "/campaigns", "/terms", "/notices", "/ledger", "/feed", "/campaigns/cmp_1"
        }) {
            assertEquals(401, get(page).statusCode(), page);
        }
        assertEquals(303, get("/").statusCode());
    }

    @Test
    void givenAReaderWhoNeverStops_whenAnyPublicPageOrFileIsAskedForAgainAndAgain_thenItsNetworkIsToldToWait()
            throws Exception {
        int limited = 0;
        for (var route : server.routes()) {
            if (!PublicReads.isLimited(route)) {
                continue;
            }
            var path = route.path().replaceAll("\\{[^}]*}", "x");
            limited++;
            int asked = 0;
            HttpResponse<String> last;
            do {
                last = get(path, "x-forwarded-for", "192.0.2.1");
            } while (last.statusCode() != 429 && ++asked < 3_000);
            assertEquals(429, last.statusCode(), path);
            assertEquals("1", last.headers().firstValue("retry-after").orElse(""), path);
            assertNotEquals(429, get(path, "x-forwarded-for", "198.51.100.7").statusCode(), path + " for others");
        }
        assertTrue(limited > 20, limited + " public pages and files");
        var arabic = get("/ads", "x-forwarded-for", "192.0.2.1", "accept", "text/html", "accept-language", "ar");
        assertEquals(429, arabic.statusCode());
        assertEquals("1", arabic.headers().firstValue("retry-after").orElse(""));
        assertTrue(arabic.body().contains("<html lang=\"ar\""), arabic.body());
        var program = get("/ads", "x-forwarded-for", "192.0.2.1", "accept-language", "ar");
        assertEquals("ar", program.headers().firstValue("content-language").orElse(""));
        assertEquals(
                200,
                get("/ads", "x-forwarded-for", "192.0.2.1", "authorization", "Bearer " + KEY)
                        .statusCode());
        now.set(now.get().plusSeconds(1));
        assertEquals(200, get("/ads", "x-forwarded-for", "192.0.2.1").statusCode());
    }

    @Test
    void givenAPageOfAnotherOrigin_whenItLoadsTheSdk_thenEveryModuleAnswersAndOnlyThose() throws Exception {
        var left = new ArrayDeque<>(List.of("mizan.js", "element.js"));
        var seen = new TreeSet<String>();
        while (!left.isEmpty()) {
            var module = left.pop();
            if (seen.add(module)) {
                var answer = get("/sdk/" + module);
                assertEquals(200, answer.statusCode(), module);
                assertEquals(
                        "*",
                        answer.headers()
                                .firstValue("access-control-allow-origin")
                                .orElse(""),
                        module);
                var imports = Pattern.compile("from '\\./([a-z]+\\.js)'").matcher(answer.body());
                while (imports.find()) {
                    left.add(imports.group(1));
                }
            }
        }
        assertEquals(6, seen.size(), seen::toString);
        for (var other : new String[] {"", "package.json", "..%2fserver", "%2e%2e"}) {
            assertEquals(404, get("/sdk/" + other).statusCode(), other);
        }
    }

    @Test
    void givenRequestsOfKinds_whenFiguresAreRead_thenEachIsCountedAndOnlyOneWhoMayReadsThem() throws Exception {
        get("/ads");
        get("/v1/campaigns");
        get("/nothing/here");
        var figures = get("/metrics").body();
        for (var line : List.of(
                "mizan_http_requests_total{operation=\"repositoryPage\",status=\"2xx\"} 1.0",
                "mizan_http_requests_total{operation=\"listCampaigns\",status=\"4xx\"} 1.0",
                "mizan_http_requests_total{operation=\"unknown\",status=\"4xx\"} 1.0",
                "mizan_terms_broken_total{mode=\"live\"} 0.0",
                "mizan_overspend_micros{mode=\"live\"} 0.0")) {
            assertTrue(figures.contains(line), () -> line + " is not in\n" + figures);
        }
        var elsewhere = new String[] {"x-forwarded-for", "127.0.0.1, 198.51.100.7"};
        assertEquals(401, get("/metrics", elsewhere).statusCode());
        assertEquals(
                200,
                get("/metrics", elsewhere[0], elsewhere[1], "authorization", "Bearer " + KEY)
                        .statusCode());
    }

    @Test
    void givenALink_whenOpened_thenItLetsInOnceAndTheSessionReadsEveryPage() throws Exception {
        var link = links.link(owner);
        var entered = get(link + "?lang=ar");
        assertEquals(303, entered.statusCode());
        assertEquals("/desk?lang=ar", entered.headers().firstValue("location").orElse(""));
        assertTrue(
                cookie(entered).startsWith("__Host-")
                        && cookie(entered).contains("HttpOnly")
                        && cookie(entered).contains("Secure")
                        && cookie(entered).contains("SameSite=Lax"),
                cookie(entered));
        var session = cookie(entered).substring(0, cookie(entered).indexOf(';'));
        for (var page : new String[] {
            "/",
            "/desk",
            "/advertisers",
            "/campaigns",
            "/terms",
            "/notices",
            "/reviews",
            "/raters",
            "/signals",
            "/ledger",
            "/feed",
            "/people",
            "/keys",
            "/approvals",
            "/audit",
            "/account"
        }) {
            for (var lang : new String[] {"en", "ar"}) {
                var seen = get(page + "?lang=" + lang, "cookie", session);
                assertEquals(200, seen.statusCode(), page);
                assertTrue(seen.body().contains("<html lang=\"" + lang + "\""), page);
            }
        }
        assertEquals(403, get(link).statusCode());
    }

    @Test
    void givenALink_whenFifteenMinutesHavePassed_thenItIsRefused() throws Exception {
        var link = links.link(owner);
        now.updateAndGet(t -> t.plus(Duration.ofMinutes(15)));
        assertEquals(403, get(link).statusCode());
    }

    @Test
    void givenASession_whenItSleepsAnHourOrLivesTwelve_thenItHasEnded() throws Exception {
        for (var asleep : new int[] {60, 59}) {
            var entered = cookie(get(links.link(owner)));
            var session = entered.substring(0, entered.indexOf(';'));
            for (int minutes = 0; minutes + asleep < 720; minutes += asleep) {
                now.updateAndGet(t -> t.plus(Duration.ofMinutes(asleep)));
                assertEquals(
                        asleep == 60 ? 401 : 200,
                        get("/desk", "cookie", session).statusCode());
            }
            now.updateAndGet(t -> t.plus(Duration.ofMinutes(asleep)));
            assertEquals(401, get("/desk", "cookie", session).statusCode());
        }
    }

    @Test
    void givenGuesses_whenOpened_thenNoneLetsIn() throws Exception {
        links.link(owner);
        for (var guess : new String[] {"/in/", "/in/aaaa-aaaa-aaaa", "/in/%00", "/in/x"}) {
            var answer = get(guess);
            assertTrue(answer.statusCode() >= 400 && answer.statusCode() < 500, guess + " " + answer.statusCode());
            assertFalse(cookie(answer).contains("mizan"), guess);
        }
        assertEquals(401, get("/desk", "cookie", "__Host-mizan=aaaa").statusCode());
    }

    @Test
    void givenAnApiKey_whenItIsSent_thenTheConsoleAnswers() throws Exception {
        assertEquals(200, get("/ledger", "authorization", "Bearer " + KEY).statusCode());
    }

    @Test
    void givenALanguageChosenByLink_whenTheNextPageIsOpened_thenItStays() throws Exception {
        var chosen = cookie(get("/ads?lang=ar"));
        assertTrue(get("/ads", "cookie", chosen.substring(0, chosen.indexOf(';')))
                .body()
                .contains("<html lang=\"ar\" dir=\"rtl\""));
    }

    @Test
    void givenTheExports_whenAskedFor_thenTheyAreTables() throws Exception {
        var table = get("/ledger?format=csv", "authorization", "Bearer " + KEY);
        assertEquals(
                "text/csv; charset=utf-8",
                table.headers().firstValue("content-type").orElse(""));
        assertTrue(table.body().startsWith("number,at,from,to,currency,amount,state,about\r\n"), table.body());
    }
}
