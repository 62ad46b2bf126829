package mizan.server.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import mizan.server.console.page.LinkProblem;
import mizan.server.http.ApiKeys;
import mizan.server.http.Call;

/// Lets the operator into the console: a link that works once and for 15 minutes, then a session of twelve
/// hours. Only hashes are kept, in memory, so a restart ends every session.
public final class SignIn {
    static final Duration LINK_LIFE = Duration.ofMinutes(15);
    static final Duration SESSION_LIFE = Duration.ofHours(12);
    private static final String COOKIE = "mizan_session";
    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
    private static final int LINK_DIGITS = 12;
    private static final int SESSION_DIGITS = 40;

    private final boolean required;
    private final InstantSource time;
    private final RandomGenerator random;
    private final Map<String, Link> links = new ConcurrentHashMap<>();
    private final Map<String, Instant> sessions = new ConcurrentHashMap<>();

    private record Link(Instant until, boolean used) {}

    private SignIn(boolean required, InstantSource time, RandomGenerator random) {
        this.required = required;
        this.time = time;
        this.random = random;
    }

    /// The console is for those who hold a session or an API key.
    ///
    /// @param random cryptographically strong outside of tests
    public static SignIn required(InstantSource time, RandomGenerator random) {
        return new SignIn(true, time, random);
    }

    /// The console is open to whoever reaches the port, as in the demo; links work all the same.
    public static SignIn optional(InstantSource time, RandomGenerator random) {
        return new SignIn(false, time, random);
    }

    /// A new link's path, such as `/in/7kq2-m9xd-p4wz`. Show it once.
    public String link() {
        forgetOld();
        var code = digits(LINK_DIGITS);
        links.put(ApiKeys.hash(code), new Link(time.instant().plus(LINK_LIFE), false));
        return "/in/" + String.join("-", code.substring(0, 4), code.substring(4, 8), code.substring(8));
    }

    /// What a link answers.
    sealed interface Entry {
        /// @param cookie for the `set-cookie` header
        record Admitted(String cookie) implements Entry {}

        record Refused(LinkProblem why) implements Entry {}
    }

    /// Uses a link. Two browsers that open it at once: one is let in.
    Entry enter(String code) {
        var now = time.instant();
        var hash = ApiKeys.hash(code.replace("-", ""));
        var before = new Link[1];
        links.computeIfPresent(hash, (_, link) -> {
            before[0] = link;
            return new Link(link.until(), true);
        });
        var link = before[0];
        if (link == null) {
            return new Entry.Refused(LinkProblem.UNKNOWN);
        }
        if (link.used()) {
            return new Entry.Refused(LinkProblem.USED);
        }
        if (!now.isBefore(link.until())) {
            return new Entry.Refused(LinkProblem.EXPIRED);
        }
        var session = digits(SESSION_DIGITS);
        sessions.put(ApiKeys.hash(session), now.plus(SESSION_LIFE));
        return new Entry.Admitted(
                COOKIE + "=" + session + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + SESSION_LIFE.toSeconds());
    }

    /// Whether a request may see the console.
    boolean admits(Call call) {
        return !required
                || call.caller().isPresent()
                || cookie(call, COOKIE)
                        .map(session -> sessions.get(ApiKeys.hash(session)))
                        .filter(until -> time.instant().isBefore(until))
                        .isPresent();
    }

    /// A cookie that the browser sent.
    static Optional<String> cookie(Call call, String name) {
        return call.header("cookie")
                .flatMap(all -> Arrays.stream(all.split(";"))
                        .map(String::strip)
                        .filter(one -> one.startsWith(name + "="))
                        .map(one -> one.substring(name.length() + 1))
                        .findFirst());
    }

    /// Used and expired links are remembered for a day, so that the page can say which of the two it was.
    private void forgetOld() {
        var now = time.instant();
        links.values().removeIf(link -> link.until().plus(Duration.ofDays(1)).isBefore(now));
        sessions.values().removeIf(until -> until.isBefore(now));
    }

    private String digits(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
