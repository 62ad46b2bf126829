package mizan.bench.rater;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The folders of labelled texts. The first two letters of a folder's name are the language.
final class LabelledSets {
    private static final String FILE = "train.tsv.gz";

    private LabelledSets() {}

    static List<String> of(Path data, String language) throws IOException {
        try (var folders = Files.list(data)) {
            return folders.filter(folder -> Files.exists(folder.resolve(FILE)))
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> name.startsWith(language + "-"))
                    .sorted()
                    .toList();
        }
    }

    static List<LabelledText> read(Path data, List<String> names) throws IOException {
        var rows = new ArrayList<LabelledText>();
        for (var name : names) {
            rows.addAll(LabelledText.read(data.resolve(name).resolve(FILE)));
        }
        return rows;
    }

    static void each(Path data, String name, LabelledText.Row taker) throws IOException {
        LabelledText.each(data.resolve(name).resolve(FILE), taker);
    }
}
