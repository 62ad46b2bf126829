package mizan.app;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import java.util.ResourceBundle;
import java.util.Set;

/// The demo's words in the language of `--lang`, with Latin digits, as the console has them.
final class DemoWords {
    static final Set<String> LANGUAGES = Set.of("en", "ar");
    private final ResourceBundle patterns;
    private final ULocale locale;

    DemoWords(String language) {
        patterns = ResourceBundle.getBundle(
                "mizan.app.demo_" + language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        locale = ULocale.forLanguageTag(language + "-u-nu-latn");
    }

    /// A message, filled in.
    String of(String key, Object... values) {
        return new MessageFormat(patterns.getString(key), locale).format(values);
    }
}
