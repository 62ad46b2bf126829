package mizan.server.adcp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// One page of a list: the standard's `pagination`, both ways. A cursor names the last item of the page before it.
///
/// @param last whether nothing follows
record Pages<T>(List<T> items, int total, boolean last, String cursor) {
    private static final int MOST = 100;
    private static final int USUAL = 50;

    /// @param all in the list's order
    /// @param id of an item, which sorts as the list does
    static <T> Pages<T> of(Asked asked, List<T> all, Function<T, String> id) {
        var wanted = asked.object("pagination");
        int most = wanted.flatMap(w -> w.count("max_results", 1, MOST)).orElse(USUAL);
        var after = wanted.flatMap(w -> w.optional("cursor")).map(Pages::read).orElse("");
        var rest = all.stream().filter(i -> id.apply(i).compareTo(after) > 0).toList();
        var page = rest.stream().limit(most).toList();
        return new Pages<>(
                page, all.size(), rest.size() <= most, page.isEmpty() ? "" : written(id.apply(page.getLast())));
    }

    private static String written(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw AdcpError.invalid("pagination.cursor", "the cursor of an earlier page");
        }
    }

    void write(ObjectNode answer) {
        var json = answer.putObject("pagination").put("has_more", !last).put("total_count", total);
        Optional.of(cursor).filter(_ -> !last).ifPresent(c -> json.put("cursor", c));
    }
}
