package mizan.server.reading;

import java.util.Locale;
import java.util.Optional;
import mizan.core.suitability.text.LanguageGuess;

/// Which language a post is in: found in its words, never believed.
final class Language {
    private Language() {}

    static Optional<String> of(String text) {
        return LanguageGuess.of(text);
    }

    /// What a reader sees, with its language; a claim that the words belie is noted.
    static ReadPost.Words words(
            String text, Optional<String> warning, boolean sensitive, Optional<String> declared, Place noted) {
        var said = declared.map(Language::primary);
        var found = of(text);
        if (said.isPresent() && found.isPresent() && !said.equals(found)) {
            noted.tolerate("declared to be " + said.get() + ", reads as " + found.get());
        }
        return new ReadPost.Words(text, warning, sensitive, said, found);
    }

    /// `en` of `en-GB` or `en_US` (RFC 5646).
    static String primary(String tag) {
        return tag.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    }
}
