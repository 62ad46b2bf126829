package mizan.server.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the route of a request: fixed segments before `{parameters}`.
final class Router {
    private final List<Route> routes;

    Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    record Found(Route route, Map<String, String> parameters) {}

    Optional<Found> find(String method, String path) {
        Optional<Found> best = Optional.empty();
        for (var route : routes) {
            if (route.method().equals(method)) {
                var parameters = match(route.path(), path);
                if (parameters.isPresent()
                        && (best.isEmpty()
                                || parameters.get().size()
                                        < best.get().parameters().size())) {
                    best = Optional.of(new Found(route, parameters.get()));
                }
            }
        }
        return best;
    }

    /// Whether another method would be served at this path.
    boolean knows(String path) {
        return routes.stream().anyMatch(r -> match(r.path(), path).isPresent());
    }

    private static Optional<Map<String, String>> match(String template, String path) {
        var wanted = template.split("/", -1);
        var given = path.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                parameters.put(wanted[i].substring(1, wanted[i].length() - 1), decoded(given[i]));
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw Problem.of(ProblemCode.MALFORMED_REQUEST, "a % is not followed by two hex digits")
                    .refused();
        }
    }
}
