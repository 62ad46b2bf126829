package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;
import mizan.server.http.Route;
import mizan.server.mail.AccountLetters;
import mizan.server.mail.MailSettings;
import mizan.server.mail.SmtpPost;
import mizan.server.oidc.Provider;
import mizan.server.people.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets are marked, sent to every route in every place, and then searched for in all that is written down or told.
class SecretsTest {
    private static final String MARK = "q7x2mark";
    private static final String PASSWORD = "grey herons stand " + MARK + " password";
    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            var text = new StringWriter();
            text.write(new SimpleFormatter().formatMessage(entry));
            if (entry.getThrown() != null) {
                entry.getThrown().printStackTrace(new PrintWriter(text));
            }
            logged.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    private Path folder = Path.of("");

    private PeopledServer at;

    @BeforeEach
    void start() {
        Logger.getLogger("").addHandler(listener);
        at = new PeopledServer(
                folder,
                true,
                new Provider(
                        "away",
                        "Away",
                        URI.create("http://127.0.0.1:1"),
                        "client",
                        Optional.of(MARK + "-client-secret"),
                        true,
                        Set.of()));
    }

    @AfterEach
    void stop() {
        at.close();
        Logger.getLogger("").removeHandler(listener);
    }

    @Test
    void givenSecretsInEveryPlaceOfEveryRequest_whenAllOutputIsSearched_thenNoneIsFound() throws Exception {
        var setUp = at.workspace.people().setUp();
        at.workspace.people().join(setUp, new People.Joining("Noor", "noor@marsa.example", PASSWORD));
        var noor = at.browser();
        noor.signIn("noor@marsa.example", PASSWORD, "");
        var secrets = new LinkedHashMap<String, String>();
        secrets.put("what is marked", MARK);
        secrets.put("the session", noor.session());
        secrets.put("the token of its forms", noor.csrf);
        secrets.put("the browser's own cookie", noor.cookies.getOrDefault("__Host-mizan-device", ""));
        secrets.put("the link of the first start", setUp);
        var keyPage =
                noor.post("/keys", Map.of("name", "feed", "role", "OWNER")).body();
        secrets.put("an API key", found(keyPage, "mz_live_[0-9a-z]{52}"));
        secrets.put("a secret of a second factor", found(noor.get("/account").body(), "[A-Z2-7]{32}"));
        var hook = noor.post("/webhooks", Map.of("url", "https://hook.invalid/x", "type.campaign.paused", "on"));
        secrets.put("a webhook's secret", found(hook.body(), "whsec_[A-Za-z0-9+/=_-]{20,}"));
        noor.post("/forgotten", Map.of("login", "noor@marsa.example"));
        at.accountLetters.step();
        secrets.put("a link for a new password", found(at.letters.getFirst().body(), "(?<=/back/)[0-9a-z]{26}"));
        secrets.forEach((what, secret) -> assertTrue(secret.length() > 7, what));

        var told = new ArrayList<String>();
        int requests = 0;
        for (var route : at.server.routes()) {
            for (var browser : List.of(at.browser(), noor, keyed(secrets.getOrDefault("an API key", "")))) {
                var seen = send(browser, route);
                requests++;
                if (seen.status() >= 400 && !isPage(seen)) {
                    told.add(route.operation() + " " + seen.body());
                }
            }
        }
        noor.get("/sign-in/with/away");
        letterThatNobodyTakes();
        assertTrue(requests > 500, "only " + requests + " requests");
        assertTrue(logged.stream().anyMatch(l -> l.contains("a sign-in by a provider failed")), "the log is heard");

        var leaks = new ArrayList<String>();
        var acts = at.workspace.store().acts(Long.MAX_VALUE, 100_000, Optional.empty());
        assertTrue(acts.size() > 5, "the audit log is empty");
        for (var secret : secrets.entrySet()) {
            logged.stream()
                    .filter(l -> l.contains(secret.getValue()))
                    .forEach(l -> leaks.add(secret.getKey() + " in the log: " + l));
            told.stream()
                    .filter(l -> l.contains(secret.getValue()))
                    .forEach(l -> leaks.add(secret.getKey() + " in a problem: " + l));
            acts.stream()
                    .filter(a -> a.toString().contains(secret.getValue()))
                    .forEach(a -> leaks.add(secret.getKey() + " in the audit log: " + a));
        }
        assertEquals(List.of(), leaks);
    }

    private static boolean isPage(PeopledServer.Seen seen) {
        return seen.answer().headers().firstValue("content-type").orElse("").startsWith("text/html");
    }

    private static String found(String page, String pattern) {
        var found = Pattern.compile(pattern).matcher(page);
        assertTrue(found.find(), pattern + " in " + page);
        return found.group();
    }

    private PeopledServer.Browser keyed(String key) {
        var browser = at.browser();
        browser.more.put("authorization", "Bearer " + key);
        browser.more.put("idempotency-key", MARK + "-idempotency");
        return browser;
    }

    /// With marked values in every field that may hold one, and in the query.
    private PeopledServer.Seen send(PeopledServer.Browser browser, Route route) throws Exception {
        // Whoever is signed in stays so: what ends sessions is not asked for.
        var path = route.path().contains("sign-out") || route.path().contains("sessions/end")
                ? "/sign-in"
                : route.path().replaceAll("\\{\\w+}", "x");
        if (route.method().equals("GET") || route.method().equals("OPTIONS")) {
            return browser.send(route.method(), path + "?token=" + MARK + "&viewer=" + MARK + "&code=" + MARK, "");
        }
        if (route.body() == Route.Body.FORM) {
            var form = new LinkedHashMap<String, String>();
            for (var field : List.of(
                    "password",
                    "old",
                    "code",
                    "secret",
                    "passkey",
                    "challenge",
                    "confirm_password",
                    "confirm_code",
                    "login")) {
                form.put(field, MARK + "-" + field);
            }
            return browser.post(path, form);
        }
        browser.more.put("x-csrf-token", browser.csrf);
        var kind = path.startsWith("/v1/") ? path.split("/")[2] : "";
        var body = ValidBodies.of(route.requestSchema().orElse("form"), kind)
                .replace("v1", MARK + "-viewer")
                .replaceFirst("^\\{", "{\"secret\":\"" + MARK + "\",\"password\":\"" + MARK + "\",");
        return browser.send(route.method(), path, body.replace(",}", "}"));
    }

    private void letterThatNobodyTakes() {
        var settings = new MailSettings(
                "127.0.0.1",
                1,
                MailSettings.Security.NONE,
                "m@marsa.example",
                Optional.of("mizan"),
                MARK + "-smtp-password");
        var letters = new AccountLetters(at.workspace, new SmtpPost(settings), at::now);
        letters.wantBack("noor@marsa.example");
        letters.step();
    }
}
