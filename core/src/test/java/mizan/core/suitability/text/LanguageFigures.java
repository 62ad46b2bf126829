package mizan.core.suitability.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// Prints how often the language of a post is found: of the sets under `MIZAN_SHARED`/data, whose language is
/// known, and of the rows beside this program. A program, not a test.
final class LanguageFigures {
    private static final List<String> SETS =
            List.of("ar-osact4", "ar-lhsab", "ar-mpold", "ar-mlma", "en-agnews", "en-olid", "en-davidson", "en-mlma");

    private LanguageFigures() {}

    public static void main(String[] args) throws IOException {
        var folder = Path.of(System.getenv("MIZAN_SHARED"), "data");
        for (var set : SETS) {
            try (var lines = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(folder.resolve(set).resolve("train.tsv.gz"))),
                    StandardCharsets.UTF_8))) {
                var rows = new LanguageRows(lines.lines()
                        .skip(1)
                        .map(line -> new LanguageRows.Row(set.substring(0, 2), line.split("\t", 2)[0]))
                        .toList());
                print(set, rows);
            }
        }
        print("rows", LanguageRows.of("language-rows.tsv"));
        print("rows aside", LanguageRows.of("language-rows-aside.tsv"));
    }

    private static void print(String name, LanguageRows rows) {
        System.out.printf(
                "%-12s %6d posts: %.3f of Arabic and English found, %d of all taken for another language%n",
                name, rows.rows().size(), rows.shareRead(), rows.mistaken().size());
    }
}
