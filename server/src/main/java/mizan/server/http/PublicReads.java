package mizan.server.http;

import java.time.InstantSource;
import java.util.List;

/// Holds what anybody may read without a key or an account to a rate for each [Network]: pages to one, and files, of
/// which a page or a copy of the log needs many, to another.
///
/// Not what readers' apps load beside every feed, where thousands may stand behind one address of a phone company; not
/// what servers ask each other in an auction; and not `/v1/`, where the public API has a rate of its own and the rest
/// asks for a key.
public final class PublicReads {
    private static final List<String> UNLIMITED =
            List.of("/v1/", "/sdk/", "/pictures/", "/t/", "/c/", "/openrtb2/", "/health/", "/metrics");
    private static final List<String> FILES = List.of("/log/", "/assets/", "/docs/");
    private static final int PAGES_AT_ONCE = 120;
    private static final int PAGES_PER_SECOND = 10;
    /// A copy of a log of a million entries is about 8,000 files.
    private static final int FILES_AT_ONCE = 2_000;

    private static final int FILES_PER_SECOND = 200;

    private final PublicRate pages;
    private final PublicRate files;
    private final Reception reception;

    /// @param reception answers people with a page
    public PublicReads(InstantSource time, Reception reception) {
        this.pages = new PublicRate(time, PAGES_AT_ONCE, PAGES_PER_SECOND);
        this.files = new PublicRate(time, FILES_AT_ONCE, FILES_PER_SECOND);
        this.reception = reception;
    }

    /// The same routes, those held to a rate that are public reads.
    public List<Route> limited(List<Route> routes) {
        return routes.stream()
                .map(route -> isLimited(route) ? route.through(handler -> call -> limited(call, handler)) : route)
                .toList();
    }

    /// Whether this is a public read that is held to a rate here.
    public static boolean isLimited(Route route) {
        return route.method().equals("GET")
                && route.access() instanceof Access.Everybody
                && UNLIMITED.stream().noneMatch(route.path()::startsWith);
    }

    private Answer limited(Call call, Route.Handler handler) {
        if (call.caller().isPresent()) {
            return handler.handle(call);
        }
        boolean file = FILES.stream().anyMatch(call.route().path()::startsWith);
        try {
            (file ? files : pages).take(call);
        } catch (Refused refused) {
            if (file
                    || call.header("accept")
                            .filter(a -> a.contains("text/html"))
                            .isEmpty()) {
                throw refused;
            }
            return page(call, refused.problem());
        }
        return handler.handle(call);
    }

    /// In the language of the other pages, which a cookie may say.
    private Answer page(Call call, Problem problem) {
        var page = reception.refused(call, problem);
        for (var header : problem.headers().entrySet()) {
            page = page.with(header.getKey(), header.getValue());
        }
        return page;
    }
}
