package mizan.server.landing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;

/// What a landing page showed at one time: where it ended, and which words it says, as a sketch of fixed size.
///
/// @param host where it ended, after redirects, lower case without `www.`
/// @param sketch the smallest hashes of its words (Broder 1997, bottom-k), in order
public record Look(Instant at, String host, List<Long> sketch) {
    /// The error of a resemblance of 0.3 is then 0.04 (its standard deviation).
    static final int SKETCH = 128;

    private static final int MAX_WORDS = 20_000;
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{M}]+");
    private static final String UNSEEN = "script, style, template, noscript, svg, iframe";

    public Look {
        sketch = List.copyOf(sketch);
    }

    static Look of(Instant at, URI ended, String type, byte[] body) {
        return new Look(at, host(ended), sketch(words(type, body)));
    }

    static String host(URI address) {
        var host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
        return host.startsWith("www.") ? host.substring(4) : host;
    }

    /// Words without numbers: prices, dates and counters change all the time.
    private static Set<String> words(String type, byte[] body) {
        try {
            if (!type.isEmpty() && !type.toLowerCase(Locale.ROOT).contains("html")) {
                return Set.of(type.toLowerCase(Locale.ROOT));
            }
            var page = Jsoup.parse(new ByteArrayInputStream(body), null, "");
            page.select(UNSEEN).remove();
            return BETWEEN.splitAsStream((page.title() + ' ' + page.body().text()).toLowerCase(Locale.ROOT))
                    .filter(word -> word.length() > 1)
                    .limit(MAX_WORDS)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    static List<Long> sketch(Set<String> words) {
        return words.stream().map(Look::hash).sorted().limit(SKETCH).toList();
    }

    /// FNV-1a over its characters, and MurmurHash3's last step: the same in every run and on every machine.
    private static long hash(String word) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }

    /// Which part of all their words both say, 0 to 1, about; two pages without a word say the same.
    public double resembles(Look other) {
        var union =
                Stream.concat(sketch.stream(), other.sketch.stream())
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .limit(SKETCH)
                        .toList();
        long both = union.stream()
                .filter(h -> sketch.contains(h) && other.sketch.contains(h))
                .count();
        return union.isEmpty() ? 1 : (double) both / union.size();
    }
}
