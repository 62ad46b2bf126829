package mizan.server.console.words;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The messages of one language: ICU patterns by key, read once from `mizan/words/<lang>.properties`
/// (UTF-8).
final class Bundle {
    private static final Map<Lang, Bundle> LOADED = new ConcurrentHashMap<>();

    private final Lang lang;
    private final Map<String, String> patterns;
    private final Map<String, MessageFormat> parsed = new ConcurrentHashMap<>();

    private Bundle(Lang lang, Map<String, String> patterns) {
        this.lang = lang;
        this.patterns = patterns;
    }

    static Bundle of(Lang lang) {
        return LOADED.computeIfAbsent(lang, Bundle::load);
    }

    Set<String> keys() {
        return patterns.keySet();
    }

    boolean has(String key) {
        return patterns.containsKey(key);
    }

    /// The raw pattern. A key without words is a bug: it stops the page instead of showing a hole.
    String pattern(String key) {
        var pattern = patterns.get(key);
        if (pattern == null) {
            throw new MissingResourceException("no words for " + key + " in " + lang.tag(), "mizan/words", key);
        }
        return pattern;
    }

    /// Fills the pattern in. Each call uses its own copy: ICU's formats are not safe between threads.
    String format(String key, Digits digits, Object[] values) {
        var format = parsed.computeIfAbsent(
                key + '/' + digits,
                _ -> new MessageFormat(
                        pattern(key), ULocale.forLanguageTag(lang.tag() + "-u-nu-" + digits.numberingSystem())));
        return ((MessageFormat) format.clone()).format(values);
    }

    private static Bundle load(Lang lang) {
        var properties = new Properties();
        var name = "/mizan/words/" + lang.tag() + ".properties";
        try (var in = Objects.requireNonNull(Bundle.class.getResourceAsStream(name), name);
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Bundle(
                lang,
                properties.stringPropertyNames().stream()
                        .collect(Collectors.toUnmodifiableMap(key -> key, properties::getProperty)));
    }
}
