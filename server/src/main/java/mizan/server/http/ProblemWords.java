package mizan.server.http;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/// Titles and details of problems in one language.
final class ProblemWords {
    private static final ProblemWords ENGLISH = new ProblemWords("en");
    private static final ProblemWords ARABIC = new ProblemWords("ar");
    private final Properties words = new Properties();

    private ProblemWords(String language) {
        var name = "/mizan/problems/" + language + ".properties";
        try (var in = ProblemWords.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing " + name);
            }
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param language `ar`; anything else is answered in English
    static ProblemWords in(String language) {
        return language.equals("ar") ? ARABIC : ENGLISH;
    }

    String title(ProblemCode code) {
        return word(code.text() + ".title");
    }

    String detail(ProblemCode code, List<String> args) {
        var text = word(code.text() + ".detail");
        for (int i = 0; i < args.size(); i++) {
            text = text.replace("{" + i + "}", args.get(i));
        }
        return text.replaceAll(" *\\{\\d}", "");
    }

    private String word(String key) {
        var found = words.getProperty(key);
        if (found == null) {
            throw new IllegalStateException("no words for " + key);
        }
        return found;
    }
}
