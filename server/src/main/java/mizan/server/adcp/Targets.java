package mizan.server.adcp;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// A package's `targeting_overlay` in the words of the book. What the feed cannot keep to is refused, never ignored.
final class Targets {
    /// Lists that somebody else keeps.
    private static final List<String> LISTS = List.of("property_list", "collection_list", "collection_list_exclude");

    private static final Set<String> KNOWN = known();

    private static Set<String> known() {
        var known = new LinkedHashSet<>(LISTS);
        known.addAll(List.of("geo_countries", "geo_countries_exclude", "language", "frequency_cap"));
        return Set.copyOf(known);
    }

    private Targets() {}

    /// Whether it names a list that nobody here can read. Such a package is kept and never served: what its list
    /// allows is not known, and what is not known counts as excluded.
    static boolean isHeld(Asked packageAsked) {
        return packageAsked.object("targeting_overlay").stream()
                .anyMatch(overlay -> LISTS.stream().anyMatch(overlay::has));
    }

    /// Adds the fields `targeting` and `frequency_caps` of an ad group.
    static void write(ObjectNode group, Asked packageAsked, Products.Product product) {
        var targeting = group.putObject("targeting");
        product.placement().ifPresent(code -> targeting.putArray("placements").add(code));
        var overlay = packageAsked.object("targeting_overlay");
        if (overlay.isEmpty()) {
            return;
        }
        for (var name : overlay.get().json().propertyNames()) {
            if (!KNOWN.contains(name)) {
                throw AdcpError.unsupported(overlay.get().where() + name, "the feed does not know this");
            }
        }
        list(targeting, "countries", overlay.get().texts("geo_countries"));
        list(targeting, "excluded_countries", overlay.get().texts("geo_countries_exclude"));
        list(targeting, "languages", overlay.get().texts("language"));
        overlay.get().object("frequency_cap").ifPresent(cap -> cap(group, cap));
    }

    private static void list(ObjectNode targeting, String name, List<String> values) {
        if (!values.isEmpty()) {
            var list = targeting.putArray(name);
            values.forEach(list::add);
        }
    }

    private static void cap(ObjectNode group, Asked cap) {
        int most = cap.count("max_impressions", 1, 1_000)
                .orElseThrow(() -> AdcpError.unsupported(cap.where() + "suppress", "use max_impressions and window"));
        var window = cap.object("window").map(Targets::duration).orElse(Duration.ofDays(1));
        group.putArray("frequency_caps").addObject().put("max", most).put("window", window.toString());
    }

    private static Duration duration(Asked window) {
        int interval = window.count("interval", 1, 100_000)
                .orElseThrow(() -> AdcpError.invalid(window.where() + "interval", "is required"));
        return switch (window.text("unit")) {
            case "seconds" -> Duration.ofSeconds(interval);
            case "minutes" -> Duration.ofMinutes(interval);
            case "hours" -> Duration.ofHours(interval);
            case "days" -> Duration.ofDays(interval);
            default -> throw AdcpError.unsupported(window.where() + "unit", "seconds, minutes, hours or days");
        };
    }
}
