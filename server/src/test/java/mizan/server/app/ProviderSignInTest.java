package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import mizan.server.http.Mode;
import mizan.server.oidc.SmallProvider;
import mizan.server.people.Role;
import mizan.server.people.Session;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who comes in by way of a provider, and who does not although it vouches for them.
class ProviderSignInTest {
    private static final String LOGIN = "noor@marsa.example";
    private final AtomicReference<PeopledServer> running = new AtomicReference<>();

    @TempDir
    private Path folder = Path.of("");

    private SmallProvider marsa;
    private PeopledServer at;
    private int codes;

    @BeforeEach
    void start() throws Exception {
        marsa = new SmallProvider(
                () -> Optional.ofNullable(running.get()).map(PeopledServer::now).orElse(Instant.EPOCH));
        at = new PeopledServer(folder, true, marsa.provider("marsa", Set.of()));
        running.set(at);
        at.owner();
    }

    @AfterEach
    void stop() {
        at.close();
        marsa.close();
    }

    private PeopledServer.Seen comesBack(PeopledServer.Browser browser, String begin, String subject, String email)
            throws Exception {
        return comesBack(browser, browser.get(begin).location(), subject, email, _ -> {});
    }

    /// Somebody goes to the provider, which says who they are, and comes back.
    private PeopledServer.Seen comesBack(
            PeopledServer.Browser browser, String there, String subject, String email, Consumer<JwtClaims> more)
            throws Exception {
        var asked = SmallProvider.parameters(URI.create(there).getRawQuery());
        var claims = marsa.claims(subject, email, asked.getOrDefault("nonce", ""));
        more.accept(claims);
        var code = "code-" + codes++;
        marsa.grant(code, asked, marsa.signed(claims));
        return browser.get("/sign-in/with/marsa/back?code=" + code + "&state=" + asked.get("state"));
    }

    private void invite(String email) {
        var by = at.workspace.store().people().getFirst().principal(Mode.LIVE);
        at.workspace.people().invite("Amal", Role.FINANCE, Optional.empty(), email, by);
    }

    @Test
    void givenSomebodyWhoWasInvited_whenTheProviderVouchesForTheirAddress_thenTheyJoinOnceAndComeInBySubjectAfterwards()
            throws Exception {
        invite("Amal@Marsa.example");
        var amal = at.browser();
        var joined = comesBack(amal, "/sign-in/with/marsa", "sub-7", "amal@marsa.example");
        assertEquals("/account?said=joined", joined.location());
        assertTrue(amal.get("/account").body().contains("Amal Haddad"));
        var again = at.browser();
        var next = comesBack(again, "/sign-in/with/marsa?next=/people", "sub-7", "another@address.example");
        assertEquals("/people", next.location(), "the subject counts, whatever the address is now");
        assertEquals(200, again.get("/account").status());
    }

    @Test
    void givenSomebodyWhomNobodyInvited_whenTheProviderVouchesForThem_thenTheyStayOutside() throws Exception {
        var stranger = at.browser();
        assertEquals(
                403,
                comesBack(stranger, "/sign-in/with/marsa", "sub-9", "x@marsa.example")
                        .status());
        assertEquals(
                403,
                comesBack(stranger, "/sign-in/with/marsa", "sub-9", LOGIN).status(),
                "an account is not found by its address");
        assertEquals(401, stranger.get("/account").status());
        invite("later@marsa.example");
        assertEquals(
                403,
                comesBack(
                                stranger,
                                stranger.get("/sign-in/with/marsa").location(),
                                "sub-9",
                                "later@marsa.example",
                                c -> c.setClaim("email_verified", false))
                        .status(),
                "an address that nobody verified");
    }

    @Test
    void givenAnInvitationsLink_whenItIsFollowedByWayOfTheProvider_thenItWorksOnce() throws Exception {
        var code = at.workspace
                .people()
                .invite(
                        "Omar",
                        Role.FINANCE,
                        Optional.empty(),
                        at.workspace.store().people().getFirst().principal(Mode.LIVE));
        var begin = "/sign-in/with/marsa?join=" + code;
        assertEquals(
                "/account?said=joined",
                comesBack(at.browser(), begin, "sub-1", "omar@marsa.example").location());
        assertEquals(
                403,
                comesBack(at.browser(), begin, "sub-2", "evil@marsa.example").status());
    }

    @Test
    void givenAnAccount_whenItsOwnerLinksTheProvider_thenItLetsThemInAndNobodyElseAndTheyAreTold() throws Exception {
        var noor = at.browser();
        noor.signIn(LOGIN, PeopledServer.PASSWORD, "");
        var page = noor.post("/account/providers", Map.of("provider", "marsa"));
        var there = page.body()
                .replaceAll("(?s).*href=\"(http://127[^\"]+)\".*", "$1")
                .replace("&amp;", "&");
        var stolen = at.browser();
        stolen.cookies.put("__Host-mizan-way", noor.cookies.get("__Host-mizan-way"));
        var elsewhere = comesBack(stolen, there, "sub-evil", "evil@x.example", _ -> {});
        assertEquals(403, elsewhere.status(), "only who began may end it");
        page = noor.post("/account/providers", Map.of("provider", "marsa"));
        there = page.body()
                .replaceAll("(?s).*href=\"(http://127[^\"]+)\".*", "$1")
                .replace("&amp;", "&");
        var linked = comesBack(noor, there, "sub-noor", LOGIN, _ -> {});
        assertEquals("/account?said=provider_linked", linked.location());
        assertEquals(
                "/desk",
                comesBack(at.browser(), "/sign-in/with/marsa?next=/desk", "sub-noor", LOGIN)
                        .location());
        at.accountLetters.step();
        assertTrue(at.letters.stream().anyMatch(l -> l.subject().contains("provider of sign-ins was added")));

        noor.post("/account/providers/remove", Map.of("issuer", marsa.issuer()));
        assertEquals(
                403,
                comesBack(at.browser(), "/sign-in/with/marsa", "sub-noor", LOGIN)
                        .status());
    }

    @Test
    void givenSomebodyWhoComesInByTheProviderAlone_whenAWayInIsMade_thenTheProviderIsAskedAgain() throws Exception {
        invite("amal@marsa.example");
        var amal = at.browser();
        comesBack(amal, "/sign-in/with/marsa", "sub-7", "amal@marsa.example");
        amal.get("/account");
        at.pass(Session.CONFIRMED);
        var asked = amal.post("/account/password", Map.of("password", "seven lamps over a quiet canal"));
        assertEquals(403, asked.status());
        assertTrue(asked.body().contains("/sign-in/with/marsa?confirm=1"), asked.body());
        var there = amal.get("/sign-in/with/marsa?confirm=1").location();
        assertTrue(there.contains("prompt=login"), there);
        var other = comesBack(amal, there, "sub-8", "b@marsa.example", _ -> {});
        assertEquals(403, other.status(), "somebody else showed who they are");
        var shown = comesBack(amal, "/sign-in/with/marsa?confirm=1", "sub-7", "amal@marsa.example");
        assertEquals("/account?said=confirmed", shown.location());
        assertEquals(
                303,
                amal.post("/account/password", Map.of("password", "seven lamps over a quiet canal"))
                        .status());
    }

    @Test
    void givenWhoeverWasRemoved_whenTheProviderVouchesForThem_thenTheyStayOutEvenWithAnInvitation() throws Exception {
        invite("amal@marsa.example");
        comesBack(at.browser(), "/sign-in/with/marsa", "sub-7", "amal@marsa.example");
        var noor = at.workspace.store().people().getFirst().principal(Mode.LIVE);
        var amal = at.workspace.store().people().getLast();
        at.workspace.people().remove(amal.id(), noor);
        assertEquals(
                403,
                comesBack(at.browser(), "/sign-in/with/marsa", "sub-7", "amal@marsa.example")
                        .status());
        invite("amal.h@marsa.example");
        assertEquals(
                403,
                comesBack(at.browser(), "/sign-in/with/marsa", "sub-7", "amal.h@marsa.example")
                        .status());
    }

    @Test
    void givenAPlaceToGoTo_whenItIsNotOurs_thenNobodyIsSentThere() throws Exception {
        invite("amal@marsa.example");
        comesBack(at.browser(), "/sign-in/with/marsa", "sub-7", "amal@marsa.example");
        for (var next : new String[] {"//evil.example", "https://evil.example", "/\\evil.example", "javascript:1"}) {
            var seen = comesBack(
                    at.browser(),
                    "/sign-in/with/marsa?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8),
                    "sub-7",
                    "amal@marsa.example");
            assertEquals("/", seen.location(), next);
        }
    }

    @Test
    void givenAPersonWhoSaysNo_whenTheyComeBack_thenNothingHappensAndTheWayIsUsedUp() throws Exception {
        var browser = at.browser();
        var state = SmallProvider.parameters(
                        URI.create(browser.get("/sign-in/with/marsa").location())
                                .getRawQuery())
                .get("state");
        var no = browser.get("/sign-in/with/marsa/back?error=access_denied&state=" + state);
        assertEquals(403, no.status());
        assertTrue(no.cookie("__Host-mizan-way").orElse("").contains("Max-Age=0"));
        assertFalse(no.cookie("__Host-mizan").isPresent());
        assertEquals(404, browser.get("/sign-in/with/nobody").status());
        at.pass(Duration.ofMinutes(1));
    }
}
