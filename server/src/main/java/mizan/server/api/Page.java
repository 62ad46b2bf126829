package mizan.server.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Which part of a list is asked for, and how the next part is asked for.
///
/// Cursors are opaque, so that what a list is ordered by can change without breaking anybody.
///
/// @param limit 1 to 200
/// @param after the place behind which the page begins, as the list's own order writes it
record Page(int limit, Optional<String> after) {
    private static final int MAX = 200;
    private static final String MARK = "c1:";

    /// Refuses a parameter that the route does not know: a filter with a slip in its name must not answer
    /// everything.
    static Page of(Call call) {
        for (var name : call.query().keySet()) {
            if (!call.route().queryParameters().contains(name)) {
                throw Problem.of(ProblemCode.UNKNOWN_FIELD).at(name).refused();
            }
        }
        return new Page(
                limit(call.query("limit").orElse("50")), call.query("after").map(Page::place));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // Refused below, as any other value outside the range.
        }
        throw Problem.of(ProblemCode.OUT_OF_RANGE, "1 to " + MAX).at("limit").refused();
    }

    private static String place(String cursor) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (text.startsWith(MARK)) {
                return text.substring(MARK.length());
            }
        } catch (IllegalArgumentException _) {
            // Refused below.
        }
        throw badCursor();
    }

    static mizan.server.http.Refused badCursor() {
        return Problem.of(ProblemCode.INVALID_VALUE, "the `next` of an earlier page")
                .at("after")
                .refused();
    }

    /// @param next the place of the last item, when there are more behind it
    static ObjectNode json(ArrayNode data, Optional<String> next) {
        var json = JsonNodeFactory.instance.objectNode();
        json.set("data", data);
        json.put("has_more", next.isPresent());
        next.ifPresent(place -> json.put(
                "next",
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString((MARK + place).getBytes(StandardCharsets.UTF_8))));
        return json;
    }
}
