package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.server.http.Access;
import mizan.server.http.Mode;
import mizan.server.http.Route;
import mizan.server.people.People;
import mizan.server.people.Role;
import mizan.server.people.Totp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sign-in as a tester attacks it.
class SignInAttacksTest {
    private static final String LOGIN = "noor@marsa.example";
    private static final String PASSWORD = PeopledServer.PASSWORD;

    @TempDir
    private Path folder = Path.of("");

    private PeopledServer at;
    private PeopledServer.Browser noor;

    @BeforeEach
    void start() throws Exception {
        at = new PeopledServer(folder, true);
        at.owner();
        noor = at.browser();
        noor.signIn(LOGIN, PASSWORD, "");
    }

    @AfterEach
    void stop() {
        at.close();
    }

    private String invitation(String name) {
        return at.workspace
                .people()
                .invite(
                        name,
                        Role.FINANCE,
                        Optional.empty(),
                        at.workspace.store().people().getFirst().principal(Mode.LIVE));
    }

    private static Map<String, String> joining(String login) {
        return Map.of("name", "X", "login", login, "password", PASSWORD);
    }

    @Test
    void givenASessionThatWasPlanted_whenItsVictimSignsIn_thenItIsWorthNothing() throws Exception {
        var victim = at.browser();
        victim.cookies.put("__Host-mizan", "planted-by-somebody");
        victim.signIn(LOGIN, PASSWORD, "");
        assertNotEquals("planted-by-somebody", victim.session());
        var planter = at.browser();
        planter.cookies.put("__Host-mizan", "planted-by-somebody");
        assertEquals(401, planter.get("/account").status());

        var before = noor.session();
        noor.signIn(LOGIN, PASSWORD, "");
        assertNotEquals(before, noor.session(), "every sign-in has a secret of its own");
        planter.cookies.put("__Host-mizan", before);
        assertEquals(401, planter.get("/account").status(), "and ends the one before");
    }

    @Test
    void givenEveryFormOfTheConsole_whenAnotherSiteSendsItOrItsTokenIsNotTheSessions_thenItIsRefused()
            throws Exception {
        int forms = 0;
        for (var route : at.server.routes()) {
            if (route.body() != Route.Body.FORM || route.access() instanceof Access.Everybody) {
                continue;
            }
            forms++;
            var path = route.path().replaceAll("\\{\\w+}", "x");
            var where = route.operation();
            assertEquals(403, noor.post(path, Map.of("csrf", "")).status(), where + " without a token");
            assertEquals(403, noor.post(path, Map.of("csrf", "0".repeat(52))).status(), where + " with a guess");
            noor.origin = "https://evil.example";
            assertEquals(403, noor.post(path, Map.of()).status(), where + " from another origin");
            noor.origin = PeopledServer.ORIGIN;
            noor.site = "cross-site";
            assertEquals(403, noor.post(path, Map.of()).status(), where + " across sites");
            noor.site = "same-site";
            assertEquals(403, noor.post(path, Map.of()).status(), where + " from a subdomain");
            noor.site = "";
            noor.origin = "";
            assertEquals(403, noor.post(path, Map.of()).status(), where + " from nowhere");
            noor.origin = PeopledServer.ORIGIN;
            noor.site = "same-origin";
        }
        assertTrue(forms > 40, "only " + forms + " forms were tried");
        assertEquals(200, noor.get("/account").status(), "and the session still holds");
    }

    @Test
    void givenTheTokenOfAnotherSession_whenAFormCarriesIt_thenItIsRefused() throws Exception {
        var other = at.browser();
        other.signIn(LOGIN, PASSWORD, "");
        assertNotEquals(noor.csrf, other.csrf);
        assertEquals(
                403,
                noor.post("/account/sessions/end", Map.of("csrf", other.csrf)).status());
    }

    @Test
    void givenSignInAcrossSites_whenAPageOfOthersSendsIt_thenNobodyIsSignedInAsSomebodyElse() throws Exception {
        var victim = at.browser();
        victim.origin = "https://evil.example";
        victim.site = "cross-site";
        assertEquals(
                403,
                victim.post("/sign-in", Map.of("login", LOGIN, "password", PASSWORD))
                        .status());
        assertTrue(victim.session().isEmpty());
    }

    @Test
    void givenAPlaceToGoToAfterSigningIn_whenItIsNotOurs_thenNobodyIsSentThere() throws Exception {
        for (var next : List.of(
                "https://evil.example",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/%2f/evil.example",
                "/%0d%0alocation:%20https://evil.example",
                "/\r\nlocation: https://evil.example",
                "javascript:alert(1)",
                "/desk/..//evil.example",
                "/@evil.example",
                "http:evil.example")) {
            var seen = at.browser().post("/sign-in", Map.of("login", LOGIN, "password", PASSWORD, "next", next));
            assertEquals(303, seen.status(), next);
            var location = seen.location();
            assertTrue(location.startsWith("/") && !location.startsWith("//"), next + " leads to " + location);
            assertFalse(location.contains("evil"), next + " leads to " + location);
        }
        var ours = at.browser().post("/sign-in", Map.of("login", LOGIN, "password", PASSWORD, "next", "/approvals"));
        assertEquals("/approvals", ours.location());
    }

    @Test
    void givenLoginsThatAreKnownAndNot_whenEveryWayIsTried_thenNoAnswerTellsWhichIsWhich() throws Exception {
        var omar = at.workspace.people().join(invitation("Omar"), new People.Joining("Omar", "omar@marsa.example", ""));
        var secret = at.workspace.people().newSecret();
        var layla = at.workspace
                .people()
                .join(invitation("Layla"), new People.Joining("Layla", "layla@marsa.example", PASSWORD));
        at.workspace.people().confirm(layla, secret, Totp.code(secret, at.now()));
        var unknown = at.browser().post("/sign-in", Map.of("login", "nobody@marsa.example", "password", "x"));
        for (var login : List.of(LOGIN, omar.login(), layla.login())) {
            var known = at.browser().post("/sign-in", Map.of("login", login, "password", "x"));
            assertEquals(plain(unknown, "nobody@marsa.example"), plain(known, login), login);
        }
        var withoutCode = at.browser().post("/sign-in", Map.of("login", layla.login(), "password", PASSWORD));
        assertEquals(
                plain(unknown, "nobody@marsa.example"),
                plain(withoutCode, layla.login()),
                "the right password alone is not told from a wrong one");
    }

    private static String plain(PeopledServer.Seen seen, String login) {
        return seen.status()
                + seen.body().replace(login, "").replaceAll("(?:value|data-challenge)=\"[^\"]*\"|req_\\w+", "");
    }

    /// By what is computed, not by a clock: each try costs one Argon2id, whoever it is for.
    @Test
    void givenLoginsThatAreKnownAndNot_whenTriedOnOneThread_thenEachCostsTheSameWork() {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        var people = at.workspace.people();
        people.enter(LOGIN, "warm", "", "192.0.2.1");
        people.enter("nobody@marsa.example", "warm", "", "192.0.2.2");
        long known = 0;
        long unknown = 0;
        for (int i = 0; i < 6; i++) {
            known += cost(threads, LOGIN, "192.0.2." + (10 + i));
            unknown += cost(threads, "nobody" + i + "@marsa.example", "192.0.2." + (20 + i));
        }
        // Argon2id takes 19 MiB each time; a way that skipped it would take thousandths of that.
        assertTrue(known > 6L * (16 << 20) && unknown > 6L * (16 << 20), known + " and " + unknown + " bytes");
        assertTrue(Math.abs(known - unknown) < known / 100, known + " and " + unknown + " bytes");
    }

    private long cost(com.sun.management.ThreadMXBean threads, String login, String from) {
        long before = threads.getCurrentThreadAllocatedBytes();
        at.workspace.people().enter(login, "a guess of mine", "", from);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void givenACodeOfTheSecondFactor_whenItIsReplayedWithinItsWindow_thenItIsRefusedEverywhere() throws Exception {
        var person = at.workspace.store().people().getFirst();
        var secret = at.workspace.people().newSecret();
        at.workspace.people().confirm(person, secret, Totp.code(secret, at.now()));
        at.pass(Duration.ofSeconds(60));
        var code = Totp.code(secret, at.now());
        assertEquals(303, at.browser().signIn(LOGIN, PASSWORD, code).status());
        assertEquals(403, at.browser().signIn(LOGIN, PASSWORD, code).status());
        at.pass(Duration.ofSeconds(29));
        assertEquals(403, at.browser().signIn(LOGIN, PASSWORD, code).status(), "within its window");
        var earlier = Totp.code(secret, at.now().minusSeconds(60));
        assertEquals(403, at.browser().signIn(LOGIN, PASSWORD, earlier).status(), "an older one that nobody used");
        at.pass(Duration.ofMinutes(6));
        var again = noor.post("/account/recovery-codes", Map.of("confirm_code", code));
        assertEquals(403, again.status(), "nor does it show who sits there");
    }

    @Test
    void givenTheCookies_whenTheyAreGiven_thenNoScriptReadsThemAndNoOtherSiteSendsThem() throws Exception {
        var seen = at.browser().post("/sign-in", Map.of("login", LOGIN, "password", PASSWORD));
        for (var name : List.of("__Host-mizan", "__Host-mizan-device")) {
            var cookie = seen.cookie(name).orElseThrow();
            for (var flag : List.of("; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure", "; Max-Age=")) {
                assertTrue(cookie.contains(flag), name + " lacks " + flag);
            }
            assertFalse(cookie.contains("Domain"), name);
        }
        assertTrue(noor.post("/sign-out", Map.of())
                .cookie("__Host-mizan")
                .orElse("")
                .contains("Max-Age=0"));
    }

    @Test
    void givenEveryPage_whenItIsAnswered_thenNothingKeepsItFramesItOrLoadsForeignThingsIntoIt() throws Exception {
        for (var route : at.server.routes()) {
            if (!route.method().equals("GET")
                    || route.path().startsWith("/v1/")
                    || route.path().startsWith("/t/")) {
                continue;
            }
            var path = route.path().replaceAll("\\{\\w+}", "x");
            var seen = noor.get(path);
            var headers = seen.answer().headers();
            var html = headers.firstValue("content-type").orElse("").startsWith("text/html");
            assertEquals("nosniff", headers.firstValue("x-content-type-options").orElse(""), path);
            assertEquals("DENY", headers.firstValue("x-frame-options").orElse(""), path);
            if (html) {
                var policy = headers.firstValue("content-security-policy").orElse("");
                assertTrue(policy.contains("frame-ancestors 'none'"), path + ": " + policy);
                assertFalse(policy.contains("unsafe-eval"), path);
            }
            if (html && !(route.access() instanceof Access.Everybody)) {
                assertEquals("no-store", headers.firstValue("cache-control").orElse(""), path);
            }
        }
    }

    @Test
    void givenAMethodNamedInAHeaderOrAField_whenSent_thenTheMethodOfTheRequestCounts() throws Exception {
        for (var header : List.of("x-http-method-override", "x-http-method", "x-method-override")) {
            noor.more.put(header, "POST");
        }
        noor.get("/account/sessions/end-all?_method=POST&csrf=" + noor.csrf);
        assertEquals(200, noor.get("/account").status(), "nothing was signed out");
        assertEquals(405, noor.get("/sign-out").status());
    }

    @Test
    void givenAnotherHost_whenALetterIsAskedFor_thenItsLinkIsOursAllTheSame() throws Exception {
        var body = "login=" + LOGIN.replace("@", "%40");
        var raw = "POST /forgotten HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nOrigin: "
                + PeopledServer.ORIGIN + "\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), at.server.port())) {
            socket.getOutputStream().write(raw.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
            assertFalse(answer.contains("evil.example"), answer);
        }
        at.accountLetters.step();
        assertFalse(at.letters.isEmpty());
        at.letters.forEach(l -> assertFalse(l.body().contains("evil"), l.body()));
        assertTrue(at.letters.getFirst().body().contains(PeopledServer.ORIGIN + "/back/"));
    }

    @Test
    void givenALinkThatMakesAnAccount_whenItIsUsedTwiceLateOrBySomebodyElse_thenItMakesNone() throws Exception {
        var code = invitation("Omar");
        assertEquals(
                303,
                at.browser()
                        .post("/join/" + code, joining("omar@marsa.example"))
                        .status());
        for (var browser : List.of(at.browser(), noor)) {
            assertEquals(403, browser.get("/join/" + code).status(), "it was used");
            assertNotEquals(
                    303,
                    browser.post("/join/" + code, joining("evil@marsa.example")).status());
        }
        var late = invitation("Late");
        at.pass(People.INVITATION_LIFE);
        assertEquals(403, at.browser().get("/join/" + late).status());
        assertNotEquals(
                303,
                at.browser()
                        .post("/join/" + late, joining("late@marsa.example"))
                        .status());

        var setUp = at.workspace.people().setUp();
        at.pass(People.SETUP_LIFE);
        assertNotEquals(
                303,
                at.browser()
                        .post("/join/" + setUp, joining("owner@marsa.example"))
                        .status());

        var taken = invitation("Taken");
        assertEquals(
                400, at.browser().post("/join/" + taken, joining(LOGIN)).status(), "under a login that somebody has");
        var stronger = at.browser()
                .post(
                        "/join/" + taken,
                        Map.of(
                                "name",
                                "X",
                                "login",
                                "x@marsa.example",
                                "password",
                                PASSWORD,
                                "role",
                                "OWNER",
                                "advertiser",
                                "a"));
        assertEquals(303, stronger.status());
        assertEquals(
                Role.FINANCE,
                at.workspace.store().people().getLast().role(),
                "who joins does not choose their own role");
        assertTrue(at.workspace.store().people().stream()
                .noneMatch(p -> p.login().startsWith("evil") || p.login().startsWith("late")));
    }

    @Test
    void givenALinkForOnePersonsPassword_whenAnotherUsesIt_thenItIsStillThatPersonsAndOnce() throws Exception {
        var omar = at.workspace
                .people()
                .join(invitation("Omar"), new People.Joining("Omar", "omar@marsa.example", PASSWORD));
        var by = at.workspace.store().people().getFirst().principal(Mode.LIVE);
        var link = "/back/" + at.workspace.waysIn().help(omar.id(), by);
        assertEquals(
                303,
                noor.post(link, Map.of("password", "seven lamps over a quiet canal"))
                        .status());
        assertEquals(303, at.browser().signIn(LOGIN, PASSWORD, "").status(), "her own password is what it was");
        assertNotEquals(
                303,
                noor.post(link, Map.of("password", "another sentence by the sea"))
                        .status());
        at.workspace.people().remove(omar.id(), by);
        assertEquals(
                403,
                at.browser()
                        .signIn("omar@marsa.example", "seven lamps over a quiet canal", "")
                        .status());
    }

    @Test
    void givenALinkOfSomebodyWhoWasRemoved_whenItIsUsed_thenItLetsNobodyBack() throws Exception {
        var omar = at.workspace
                .people()
                .join(invitation("Omar"), new People.Joining("Omar", "omar@marsa.example", PASSWORD));
        var by = at.workspace.store().people().getFirst().principal(Mode.LIVE);
        var link = "/back/" + at.workspace.waysIn().help(omar.id(), by);
        at.workspace.people().remove(omar.id(), by);
        assertNotEquals(
                303,
                at.browser()
                        .post(link, Map.of("password", "seven lamps over a quiet canal"))
                        .status());
    }

    @Test
    void givenAnAnswerOfAPasskeyThatIsNone_whenSent_thenItIsRefusedAsEveryOther() throws Exception {
        var invented = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);
        for (var passkey : List.of("{}", "[]", "x", "{\"id\":\"" + invented + "\"}", "{\"response\":{}}")) {
            var seen = at.browser()
                    .post("/sign-in", Map.of("passkey", passkey, "passkey_id", invented, "challenge", invented));
            assertEquals(403, seen.status(), passkey);
        }
    }

    @Test
    void givenSomebodyWhoIsSignedOut_whenTheyGoBack_thenTheBrowserHasNothingToShow() throws Exception {
        noor.post("/sign-out", Map.of());
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.server.port() + "/account"))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(401, answer.statusCode());
        assertEquals("no-store", answer.headers().firstValue("cache-control").orElse(""));
    }
}
