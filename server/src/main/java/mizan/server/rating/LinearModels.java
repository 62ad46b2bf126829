package mizan.server.rating;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mizan.core.suitability.linear.LinearModel;
import mizan.core.suitability.text.LanguageGuess;

/// The models that come with Mizan; docs/science/rater-model-card.md tells of them.
public final class LinearModels {
    private static final List<String> LANGUAGES = List.of(LanguageGuess.ARABIC, LanguageGuess.ENGLISH);

    private LinearModels() {}

    /// By language. Read once: each takes two bytes for each of half a million places.
    public static Map<String, LinearModel> builtIn() {
        return BuiltIn.MODELS;
    }

    private static final class BuiltIn {
        static final Map<String, LinearModel> MODELS = read();

        private static Map<String, LinearModel> read() {
            var models = new HashMap<String, LinearModel>();
            LANGUAGES.forEach(language -> models.put(language, read(language)));
            return Map.copyOf(models);
        }

        private static LinearModel read(String language) {
            var name = "/mizan/rating/linear-" + language + ".bin";
            try (var file = LinearModels.class.getResourceAsStream(name)) {
                return LinearModel.of(Objects.requireNonNull(file, name).readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + name + " from the program itself", e);
            }
        }
    }
}
