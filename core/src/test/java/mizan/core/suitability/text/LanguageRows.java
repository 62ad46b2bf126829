package mizan.core.suitability.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Short posts in many languages, written for these tests: language, text.
record LanguageRows(List<Row> rows) {
    record Row(String language, String text) {
        /// Whether the raters read this language.
        boolean readable() {
            return language.equals(LanguageGuess.ARABIC) || language.equals(LanguageGuess.ENGLISH);
        }

        boolean right() {
            return LanguageGuess.of(text).filter(language::equals).isPresent();
        }

        /// Taken for a language that it is not: the error that lets an unread post pass.
        boolean mistaken() {
            return LanguageGuess.of(text).filter(said -> !said.equals(language)).isPresent();
        }
    }

    static LanguageRows of(String name) {
        try (var in = LanguageRows.class.getResourceAsStream(name)) {
            var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return new LanguageRows(text.lines()
                    .skip(1)
                    .map(line -> line.split("\t", 2))
                    .map(cells -> new Row(cells[0], cells[1]))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Row> mistaken() {
        return rows.stream().filter(Row::mistaken).toList();
    }

    double shareRead() {
        var readable = rows.stream().filter(Row::readable).toList();
        return (double) readable.stream().filter(Row::right).count() / readable.size();
    }
}
