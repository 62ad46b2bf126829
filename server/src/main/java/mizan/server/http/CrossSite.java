package mizan.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Keeps pages of others from acting for whoever is signed in. The browser has to say that the request comes
/// from a page of ours, and a form or script of a session has to carry its token; `SameSite` is a third wall.
final class CrossSite {
    private CrossSite() {}

    /// @throws Refused `forbidden`
    static void refuse(Call call, Reception reception) {
        if (!comesFromUs(call, reception) || !carriesToken(call)) {
            throw Problem.of(ProblemCode.FORBIDDEN, "cross-site").refused();
        }
    }

    /// `Origin` is sent with every request that changes something (Fetch, section 3.1); `Sec-Fetch-Site` by
    /// browsers of the last years. A browser that sends neither is refused.
    private static boolean comesFromUs(Call call, Reception reception) {
        var site = call.header("sec-fetch-site");
        var origin = call.header("origin");
        return site.filter(s -> !s.equals("same-origin")).isEmpty()
                && origin.filter(o -> !reception.isOurs(o)).isEmpty()
                && (site.isPresent() || origin.isPresent());
    }

    private static boolean carriesToken(Call call) {
        if (call.csrf().isEmpty()) {
            return true;
        }
        var sent = call.route().body() == Route.Body.FORM
                ? call.form().getOrDefault("csrf", "")
                : call.header("x-csrf-token").orElse("");
        return MessageDigest.isEqual(
                sent.getBytes(StandardCharsets.UTF_8), call.csrf().getBytes(StandardCharsets.UTF_8));
    }
}
