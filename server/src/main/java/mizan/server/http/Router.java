package mizan.server.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the route of a request: fixed segments before `{parameters}`.
///
/// A template without parameters is found in one look-up, and is always the best match. The others are
/// compared segment by segment; the templates were cut once and the path is cut once.
final class Router {
    private final Map<String, Map<String, Found>> fixed = new HashMap<>();
    private final List<Template> templates = new ArrayList<>();

    Router(List<Route> routes) {
        for (var route : routes) {
            if (route.path().contains("{")) {
                templates.add(new Template(route, cut(route.path())));
            } else {
                fixed.computeIfAbsent(route.path(), _ -> new HashMap<>())
                        .putIfAbsent(route.method(), new Found(route, Map.of()));
            }
        }
    }

    record Found(Route route, Map<String, String> parameters) {}

    Optional<Found> find(String method, String path) {
        var exact = fixed.getOrDefault(path, Map.of()).get(method);
        if (exact != null) {
            return Optional.of(exact);
        }
        var given = cut(path);
        Optional<Template> best = Optional.empty();
        for (var template : templates) {
            if (template.route().method().equals(method)
                    && template.matches(given)
                    && (best.isEmpty() || template.parameters() < best.get().parameters())) {
                best = Optional.of(template);
            }
        }
        return best.map(template -> new Found(template.route(), template.read(given)));
    }

    /// Whether another method would be served at this path.
    boolean knows(String path) {
        var given = cut(path);
        return fixed.containsKey(path) || templates.stream().anyMatch(t -> t.matches(given));
    }

    private static List<String> cut(String path) {
        return List.of(path.split("/", -1));
    }

    private record Template(Route route, List<String> segments) {
        boolean matches(List<String> given) {
            if (given.size() != segments.size()) {
                return false;
            }
            for (int i = 0; i < given.size(); i++) {
                if (!isParameter(i) && !segments.get(i).equals(given.get(i))) {
                    return false;
                }
            }
            return true;
        }

        Map<String, String> read(List<String> given) {
            var parameters = new HashMap<String, String>();
            for (int i = 0; i < given.size(); i++) {
                if (isParameter(i)) {
                    var name = segments.get(i);
                    parameters.put(name.substring(1, name.length() - 1), decoded(given.get(i)));
                }
            }
            return parameters;
        }

        long parameters() {
            return segments.stream().filter(s -> s.startsWith("{")).count();
        }

        private boolean isParameter(int i) {
            return segments.get(i).startsWith("{");
        }
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
