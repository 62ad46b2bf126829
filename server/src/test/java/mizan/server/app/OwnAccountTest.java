package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mizan.server.http.Mode;
import mizan.server.mail.AccountLetters;
import mizan.server.mail.Letter;
import mizan.server.people.People;
import mizan.server.people.Role;
import mizan.server.people.Session;
import mizan.server.people.Totp;
import mizan.server.people.WaysIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people change of their own account, and how they find back, through the pages and by letter.
class OwnAccountTest {
    private static final String PASSWORD = PeopledServer.PASSWORD;
    private static final String NEW = "seven lamps over a quiet canal";
    private static final String LOGIN = "noor@marsa.example";

    @TempDir
    private Path folder = Path.of("");

    private PeopledServer at;
    private PeopledServer.Browser noor;

    @BeforeEach
    void start() throws Exception {
        at = new PeopledServer(folder, true);
        at.owner();
        noor = at.browser();
        assertEquals(303, noor.signIn(LOGIN, PASSWORD, "").status());
    }

    @AfterEach
    void stop() {
        at.close();
    }

    private List<String> subjects() {
        at.accountLetters.step();
        return at.letters.stream().map(Letter::subject).toList();
    }

    private boolean told(String what) {
        return subjects().stream().anyMatch(s -> s.contains(what));
    }

    private static Map<String, String> passwords(String old, String fresh) {
        return Map.of("old", old, "password", fresh);
    }

    /// The secret of a second factor that was turned on.
    private String secondFactor() throws Exception {
        var secret = hidden(noor.get("/account").body(), "secret");
        var on = noor.post("/account/second-factor", Map.of("secret", secret, "code", Totp.code(secret, at.now())));
        assertEquals(200, on.status(), on.body());
        return secret;
    }

    private static String hidden(String page, String name) {
        var found = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
        assertTrue(found.find(), "there is no field " + name);
        return found.group(1);
    }

    @Test
    void givenTheOldPassword_whenANewOneIsChosen_thenItCountsAndAllOtherSessionsEnd() throws Exception {
        var phone = at.browser();
        phone.signIn(LOGIN, PASSWORD, "");
        assertEquals(
                303, noor.post("/account/password", passwords(PASSWORD, NEW)).status());
        assertEquals(200, noor.get("/account").status(), "the browser that changed it goes on");
        assertEquals(401, phone.get("/account").status(), "the other one has to sign in again");
        assertEquals(403, phone.signIn(LOGIN, PASSWORD, "").status());
        assertEquals(303, phone.signIn(LOGIN, NEW, "").status());
        assertTrue(told("Your password was changed"));
    }

    @Test
    void givenAWrongOldPasswordOrABadNewOne_whenSent_thenNothingChangesAndNobodyIsToldSo() throws Exception {
        for (var fresh : List.of("short", "passwordpassword", "123456789012345", "noor@marsa.example noor")) {
            assertEquals(
                    400,
                    noor.post("/account/password", passwords(PASSWORD, fresh)).status(),
                    fresh);
        }
        assertEquals(
                400,
                noor.post("/account/password", passwords("a guess of mine", NEW))
                        .status());
        assertEquals(303, at.browser().signIn(LOGIN, PASSWORD, "").status());
        assertFalse(told("Your password was changed"));
    }

    @Test
    void givenWhoeverSitsAtAnOpenBrowser_whenTheyGuessTheOldPassword_thenTheyWaitAsAtTheDoor() throws Exception {
        for (int i = 0; i < 10; i++) {
            noor.post("/account/password", passwords("guess number " + i, NEW));
        }
        var after = noor.post("/account/password", passwords(PASSWORD, NEW));
        assertEquals(400, after.status());
        assertTrue(after.body().contains("Wait a quarter of an hour"), after.body());
    }

    @Test
    void givenASessionThatIsNoLongerFresh_whenItWouldMakeAWayIn_thenItShowsAgainWhoItIsAndLosesNothing()
            throws Exception {
        at.pass(Session.CONFIRMED);
        var asked = noor.post("/keys", Map.of("name", "feed", "role", "AUDITOR"));
        assertEquals(403, asked.status());
        assertEquals("feed", hidden(asked.body(), "name"), "what was entered is carried along");
        assertEquals("AUDITOR", hidden(asked.body(), "role"));
        var wrong = noor.post("/keys", Map.of("name", "feed", "role", "AUDITOR", "confirm_password", "not this one"));
        assertEquals(403, wrong.status());
        var right = noor.post("/keys", Map.of("name", "feed", "role", "AUDITOR", "confirm_password", PASSWORD));
        assertEquals(200, right.status());
        assertTrue(right.body().contains("mz_live_"), "the key was made");
        assertEquals(
                200,
                noor.post("/keys", Map.of("name", "next", "role", "AUDITOR")).status(),
                "and for a while");
    }

    @Test
    void givenEveryFormThatMakesOrTakesAWayIn_whenTheSessionIsOld_thenNoneIsCarriedOutUnasked() throws Exception {
        at.pass(Session.CONFIRMED);
        var asks = new TreeSet<String>();
        for (var route : at.server.routes()) {
            if (route.confirmed() && !route.path().startsWith("/v1/")) {
                var answer = noor.post(route.path().replace("{id}", "x"), Map.of());
                assertEquals(403, answer.status(), route.operation());
                assertTrue(answer.body().contains("confirm_password"), route.operation());
                asks.add(route.operation());
            }
        }
        assertTrue(
                asks.containsAll(List.of(
                        "addPasskey",
                        "removePasskey",
                        "setSecondFactor",
                        "removeSecondFactor",
                        "makeRecoveryCodes",
                        "invite",
                        "helpPerson",
                        "removePerson",
                        "makeKey",
                        "revokeKey",
                        "setRulesOnPage",
                        "makeWebhook",
                        "rotateWebhook",
                        "removeWebhook")),
                asks::toString);
    }

    @Test
    void givenAScriptInAnOldSession_whenItCallsTheApiForAKey_thenItIsRefusedByName() throws Exception {
        at.pass(Session.CONFIRMED);
        noor.more.put("x-csrf-token", noor.csrf);
        var body = "{\"name\":\"k\",\"mode\":\"LIVE\",\"role\":\"AUDITOR\"}";
        var refused = noor.send("POST", "/v1/api-keys", body);
        assertEquals(403, refused.status(), refused.body());
        assertTrue(refused.body().contains("confirmation_required"), refused.body());
        noor.post("/account/recovery-codes", Map.of("confirm_password", PASSWORD));
        assertEquals(201, noor.send("POST", "/v1/api-keys", body).status(), "it has shown who it is");
    }

    @Test
    void givenASecondFactor_whenASessionIsAskedAgain_thenACodeIsEnough() throws Exception {
        var secret = secondFactor();
        at.pass(Session.CONFIRMED);
        var right =
                noor.post("/keys", Map.of("name", "k", "role", "AUDITOR", "confirm_code", Totp.code(secret, at.now())));
        assertEquals(200, right.status(), right.body());
        assertTrue(told("The second factor of your account was turned on"));
    }

    @Test
    void givenALostDevice_whenARecoveryCodeIsEntered_thenItLetsInOnceAndNewOnesReplaceTheRest() throws Exception {
        secondFactor();
        var page = noor.post("/account/recovery-codes", Map.of()).body();
        var codes = codes(page);
        assertEquals(8, codes.size(), page);
        var elsewhere = at.browser();
        assertEquals(403, elsewhere.signIn(LOGIN, PASSWORD, "").status());
        assertEquals(
                403,
                elsewhere
                        .signIn(LOGIN, "a wrong password here", codes.getFirst())
                        .status());
        assertEquals(303, elsewhere.signIn(LOGIN, PASSWORD, codes.getFirst()).status());
        assertEquals(403, at.browser().signIn(LOGIN, PASSWORD, codes.getFirst()).status(), "it works once");
        assertEquals(
                303,
                at.browser()
                        .signIn(LOGIN, PASSWORD, codes.get(1).replace("-", "").toUpperCase(Locale.ROOT))
                        .status(),
                "as people write it");
        noor.post("/account/recovery-codes", Map.of());
        assertEquals(403, at.browser().signIn(LOGIN, PASSWORD, codes.get(2)).status(), "older ones are worth nothing");
        noor.post("/account/second-factor/remove", Map.of());
        assertEquals(303, at.browser().signIn(LOGIN, PASSWORD, "").status(), "the password alone is enough again");
        assertTrue(told("New recovery codes") && told("was turned off"));
    }

    private static List<String> codes(String page) {
        return Pattern.compile("[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}")
                .matcher(page)
                .results()
                .map(r -> r.group())
                .distinct()
                .toList();
    }

    @Test
    void givenAForgottenPassword_whenTheLetterComes_thenItsLinkWorksOnceAndNotForLong() throws Exception {
        var stranger = at.browser();
        assertEquals(200, stranger.post("/forgotten", Map.of("login", LOGIN)).status());
        at.accountLetters.step();
        var link = link(LOGIN);
        assertTrue(link.startsWith("/back/"), "our own address, whatever the request named");
        assertEquals(200, stranger.get(link).status());
        assertEquals(400, stranger.post(link, Map.of("password", "short")).status());
        assertEquals(303, stranger.post(link, Map.of("password", NEW)).status());
        assertEquals(403, stranger.get(link).status(), "it was used");
        assertEquals(401, noor.get("/account").status(), "every session has ended");
        assertEquals(303, stranger.signIn(LOGIN, NEW, "").status());
        assertTrue(told("Your password was replaced by a link"));

        at.pass(Duration.ofMinutes(6));
        stranger.post("/forgotten", Map.of("login", LOGIN));
        at.accountLetters.step();
        var late = link(LOGIN);
        at.pass(WaysIn.LETTER_LIFE);
        assertEquals(403, stranger.post(late, Map.of("password", PASSWORD)).status());
    }

    /// The link of the last letter to somebody.
    private String link(String to) {
        var body = at.letters.stream()
                .filter(l -> l.to().equals(to))
                .reduce((_, last) -> last)
                .orElseThrow()
                .body();
        var found = Pattern.compile(Pattern.quote(PeopledServer.ORIGIN) + "(/back/\\S+)")
                .matcher(body);
        assertTrue(found.find(), body);
        return found.group(1);
    }

    @Test
    void givenASecondFactor_whenAForgottenPasswordIsReplaced_thenTheCodeIsStillNeeded() throws Exception {
        secondFactor();
        noor.post("/forgotten", Map.of("login", LOGIN));
        at.accountLetters.step();
        assertEquals(
                303, at.browser().post(link(LOGIN), Map.of("password", NEW)).status());
        assertEquals(403, at.browser().signIn(LOGIN, NEW, "").status());
    }

    @Test
    void givenAnyAddress_whenItsPasswordIsForgotten_thenTheAnswerIsTheSameAndOneLetterAtMostGoesOut() throws Exception {
        var known = at.browser().post("/forgotten", Map.of("login", LOGIN));
        var unknown = at.browser().post("/forgotten", Map.of("login", "nobody@marsa.example"));
        assertEquals(plain(known), plain(unknown));
        for (int i = 0; i < 20; i++) {
            at.browser().post("/forgotten", Map.of("login", LOGIN));
        }
        at.accountLetters.step();
        assertEquals(1, at.letters.size());
    }

    private static String plain(PeopledServer.Seen seen) {
        return seen.status() + seen.body().replaceAll("value=\"[^\"]*\"|req_\\w+|challenge=\"[^\"]*\"", "");
    }

    @Test
    void givenNoMail_whenAPasswordIsForgotten_thenThePageSaysWhoHelpsAndAnOwnerDoes() throws Exception {
        try (var quiet = new PeopledServer(folder.resolve("quiet"), false)) {
            quiet.owner();
            var owner = quiet.browser();
            owner.signIn(LOGIN, PASSWORD, "");
            var people = quiet.workspace.people();
            var by = quiet.workspace.store().people().getFirst().principal(Mode.LIVE);
            var omar = people.join(
                    people.invite("Omar", Role.FINANCE, Optional.empty(), by),
                    new People.Joining("Omar", "omar@marsa.example", PASSWORD));
            assertTrue(quiet.browser().get("/forgotten").body().contains("--recover"));
            var help = owner.post("/people/" + omar.id() + "/help", Map.of()).body();
            var found = Pattern.compile("(/back/\\w+)").matcher(help);
            assertTrue(found.find(), help);
            assertEquals(
                    303,
                    quiet.browser()
                            .post(found.group(1), Map.of("password", NEW))
                            .status());
            assertEquals(
                    303, quiet.browser().signIn("omar@marsa.example", NEW, "").status());
        }
    }

    @Test
    void givenAnotherBrowser_whenItSignsIn_thenItsOwnerIsToldOnceAndNotOfTheirOwn() throws Exception {
        noor.signIn(LOGIN, PASSWORD, "");
        assertFalse(told("new browser"), "it is known");
        var stranger = at.browser();
        stranger.signIn(LOGIN, PASSWORD, "");
        stranger.signIn(LOGIN, PASSWORD, "");
        assertEquals(
                1, subjects().stream().filter(s -> s.contains("new browser")).count());
    }

    @Test
    void givenSessions_whenTheyAreEndedEverywhere_thenNoneIsLeft() throws Exception {
        var phone = at.browser();
        phone.signIn(LOGIN, PASSWORD, "");
        assertEquals(303, noor.post("/account/sessions/end-all", Map.of()).status());
        assertTrue(Stream.of(noor, phone).allMatch(b -> status(b) == 401));
    }

    private static int status(PeopledServer.Browser browser) {
        try {
            return browser.get("/account").status();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void givenALetterThatNobodyTakes_whenItIsTriedAgain_thenNoneIsLostAndNoneIsSentTwice() throws Exception {
        noor.post("/account/password", passwords(PASSWORD, NEW));
        assertTrue(told("Your password was changed"));
        int sent = at.letters.size();
        at.accountLetters.step();
        new AccountLetters(at.workspace, at.letters::add, at::now).step();
        assertEquals(sent, at.letters.size(), "after a restart too");
    }
}
