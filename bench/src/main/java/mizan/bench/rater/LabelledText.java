package mizan.bench.rater;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import mizan.core.suitability.linear.TextFeatures;
import mizan.core.suitability.text.Folding;

/// One text of a labelled set, reduced to its features. The words are not kept: they are abuse.
///
/// @param offensive what people said of it
/// @param fold 0 to 4, by a hash of the text, so that a repeated text is never on both sides of a split
record LabelledText(TextFeatures features, boolean offensive, int fold) {
    static final int FOLDS = 5;

    private static final String LABELLED = "text\tlabel";
    /// A set of news by topic: nobody called it offensive, so it stands for a clean stream.
    private static final String NEWS = "text\ttopic";

    /// Takes the words of one row, and whether people called them offensive.
    interface Row {
        void take(String words, boolean offensive);
    }

    static List<LabelledText> read(Path file) throws IOException {
        var rows = new ArrayList<LabelledText>();
        each(
                file,
                (words, offensive) -> rows.add(new LabelledText(
                        TextFeatures.of(Folding.fold(words)),
                        offensive,
                        Math.floorMod((words.hashCode() * 0x9E3779B9) >>> 8, FOLDS))));
        return rows;
    }

    /// Reads a set: tab-separated with a header, columns `text` and `label`, the label OFF or NOT, or `text`
    /// and `topic`; gzip or plain.
    static void each(Path file, Row taker) throws IOException {
        try (var raw = Files.newInputStream(file);
                var in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            var header = lines.readLine();
            boolean news = header != null && header.startsWith(NEWS);
            if (header == null || !(news || header.startsWith(LABELLED))) {
                throw new IOException(file + " does not begin with the columns text and label, or text and topic");
            }
            int row = 0;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                row++;
                var cells = line.split("\t", -1);
                if (cells.length < 2 || !(news || cells[1].equals("OFF") || cells[1].equals("NOT"))) {
                    throw new IOException(file + ", row " + row + ": its label is neither OFF nor NOT");
                }
                taker.take(cells[0], !news && cells[1].equals("OFF"));
            }
        }
    }
}
