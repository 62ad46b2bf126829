package mizan.core.campaign;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Words in one or more languages, such as a headline in Arabic and English.
///
/// @param byLanguage language tag ("ar", "en") to words; at least one entry, each of 1 to 2,000 characters
public record Text(Map<String, String> byLanguage) {
    public Text {
        if (byLanguage.isEmpty()) {
            throw new IllegalArgumentException("a text needs words in at least one language");
        }
        // Most have one language, and a tree is eight times as large as what is in it.
        byLanguage = byLanguage.size() == 1
                ? Map.copyOf(byLanguage)
                : Collections.unmodifiableMap(new TreeMap<>(byLanguage));
    }

    public static Text of(String language, String words) {
        return new Text(Map.of(language, words));
    }

    public static Text of(String english, String language, String words) {
        return new Text(Map.of("en", english, language, words));
    }

    /// The words in this language, else in English, else in the first language there is: never nothing.
    public String in(String language) {
        var exact = byLanguage.get(language);
        if (exact != null) {
            return exact;
        }
        var english = byLanguage.get("en");
        return english != null ? english : byLanguage.values().iterator().next();
    }

    /// The language that [#in] answers in, for the `lang` attribute.
    public String languageFor(String language) {
        if (byLanguage.containsKey(language)) {
            return language;
        }
        return byLanguage.containsKey("en")
                ? "en"
                : byLanguage.keySet().iterator().next();
    }
}
