package mizan.server.openrtb;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.core.feed.Viewer;

/// Who looks at a slot that somebody else sells, as the seller tells it.
final class SoldReader {
    private static final Map<String, String> ALPHA_2 = Stream.of(Locale.getISOCountries())
            .collect(Collectors.toUnmodifiableMap(
                    c -> Locale.of("", c).getISO3Country(), Function.identity(), (first, _) -> first));

    /// Before a seller's id: no platform's own key is like it.
    private static final String PREFIX = "openrtb:";

    private SoldReader() {}

    /// As far as the reader's consent lets anybody know.
    static Viewer of(BidRequest request, Caller caller, Supply operator) {
        var device = request.sent().object("device");
        var user = request.sent().object("user");
        var geo = device.object("geo");
        var country =
                geo.text("country").or(() -> user.object("geo").text("country")).flatMap(SoldReader::country);
        var privacy = Privacy.of(request, country, caller.globalControl(), operator.vendor());
        var key = user.text("id").or(() -> user.text("buyeruid")).or(() -> device.text("ifa"));
        return new Viewer(
                key.filter(_ -> privacy.mayKeepKey()).map(id -> PREFIX + id),
                country,
                geo.text("region")
                        .flatMap(r -> r.contains("-") ? Optional.of(r) : country.map(c -> c + "-" + r))
                        .filter(r -> r.length() <= 6),
                device.language(),
                device(device),
                Optional.empty(),
                Set.of(),
                Set.of());
    }

    /// Of two or three letters, as both are sent. What is no country of ISO 3166-1 counts as not sent: the repository
    /// publishes countries and keeps a sketch of the audience for each, so a caller may not make them up.
    static Optional<String> country(String code) {
        var known = code.toUpperCase(Locale.ROOT);
        return ALPHA_2.containsValue(known) ? Optional.of(known) : Optional.ofNullable(ALPHA_2.get(known));
    }

    /// AdCOM list "Device Types".
    private static Optional<String> device(Sent device) {
        return switch (device.number("devicetype").orElse(0)) {
            case 1, 4 -> Optional.of("phone");
            case 2 -> Optional.of("desktop");
            case 3, 7 -> Optional.of("tv");
            case 5 -> Optional.of("tablet");
            default -> Optional.empty();
        };
    }
}
