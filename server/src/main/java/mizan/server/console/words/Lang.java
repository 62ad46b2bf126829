package mizan.server.console.words;

import java.text.Bidi;
import java.util.Locale;
import java.util.Optional;

/// A language the console speaks. A third one is a bundle beside the two and a constant here.
public enum Lang {
    EN("en", "ltr"),
    AR("ar", "rtl");

    private final String tag;
    private final String dir;

    Lang(String tag, String dir) {
        this.tag = tag;
        this.dir = dir;
    }

    /// The BCP 47 tag for the `lang` attribute and the `?lang=` parameter.
    public String tag() {
        return tag;
    }

    /// The direction for the `dir` attribute: `ltr` or `rtl`.
    public String dir() {
        return dir;
    }

    /// The language of a tag such as `ar`, `ar-SA` or `EN`; empty if the console does not speak it.
    public static Optional<Lang> of(String tag) {
        var primary = tag.toLowerCase(Locale.ROOT).replaceFirst("[-_].*$", "");
        for (var lang : values()) {
            if (lang.tag.equals(primary)) {
                return Optional.of(lang);
            }
        }
        return Optional.empty();
    }

    /// The direction of a text that somebody typed, by its first letter: `ltr` or `rtl`.
    public static String directionOf(String text) {
        return new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight() ? "ltr" : "rtl";
    }
}
