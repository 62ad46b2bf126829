package mizan.core.signal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import mizan.core.campaign.AdvertiserId;

/// Sentences with what must be read in them: `expected TAB sentence`.
///
/// Expected is a list of `name act` with `by-platform`, `planned`, `some` and `from/to` where they hold; `~name
/// act why` is set aside; `-` is nothing.
final class SignalRows {
    static final LocalDate PUBLISHED = LocalDate.of(2025, 2, 1);
    private static final NewsReader READER = NewsReader.builtIn();
    private static final Map<AdvertiserId, String> BRANDS = new LinkedHashMap<>();

    static final Names NAMES = names(Map.of(
            "nordlys", List.of("Nordlys", "نوردليس"),
            "nisan", List.of("Nisan", "نيسان"),
            "lumen", List.of("Lumen", "لومن"),
            "cbq", List.of("CBQ", "سي بي كيو"),
            "juno", List.of("Juno", "جونو"),
            "target", List.of("Target", "أطلس")));

    record Row(String expected, String sentence) {}

    private SignalRows() {}

    private static Names names(Map<String, List<String>> brands) {
        var advertisers = new LinkedHashMap<AdvertiserId, List<String>>();
        var digits = "0123456789";
        brands.keySet().stream().sorted().forEach(brand -> {
            var id = new AdvertiserId(
                    "adv_" + digits.substring(BRANDS.size(), BRANDS.size() + 1).repeat(26));
            BRANDS.put(id, brand);
            advertisers.put(id, brands.get(brand));
        });
        return new Names(List.of("Marsa", "مرسى"), advertisers);
    }

    static List<Row> parse(Stream<String> lines) {
        return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\t", 2))
                .map(cells -> new Row(cells[0], cells[1]))
                .toList();
    }

    static String read(String text) {
        var reading = READER.read(text, NAMES, PUBLISHED);
        var found = new ArrayList<String>();
        reading.signals().forEach(s -> found.add(written(s)));
        reading.setAside()
                .forEach(s -> found.add("~" + BRANDS.get(s.advertiser()) + " "
                        + s.act().code() + " " + s.why().code()));
        return found.isEmpty() ? "-" : String.join("; ", found);
    }

    private static String written(Signal s) {
        var text = new StringBuilder(BRANDS.get(s.advertiser()) + " " + s.act().code());
        if (s.by() == Signal.By.PLATFORM) {
            text.append(" by-platform");
        }
        if (s.stance() == Signal.Stance.PLANNED) {
            text.append(" ").append(s.stance().name().toLowerCase(Locale.ROOT));
        }
        if (s.some()) {
            text.append(" some");
        }
        if (s.when().stated()) {
            text.append(" ").append(s.when().from()).append("/").append(s.when().to());
        }
        return text.toString();
    }
}
