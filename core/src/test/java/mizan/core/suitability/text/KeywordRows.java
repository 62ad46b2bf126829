package mizan.core.suitability.text;

import java.util.List;

/// Rows that say whether a keyword matches a text: keyword, text (`\n` is a newline), 1 or 0, must or
/// should, kind.
record KeywordRows(List<Row> rows) {
    record Row(String keyword, String text, boolean expected, boolean must, String kind) {
        boolean holds() {
            var list = new KeywordList<>("list", List.of(keyword));
            var found = KeywordAutomaton.compile(List.of(list)).match(Folding.fold(text));
            return found.byList().containsKey("list") == expected;
        }
    }

    static KeywordRows parse(List<String> lines) {
        return new KeywordRows(lines.stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(KeywordRows::row)
                .toList());
    }

    private static Row row(String line) {
        var cells = line.split("\t", -1);
        return new Row(
                cells[0], cells[1].replace("\\n", "\n"), cells[2].equals("1"), cells[3].equals("must"), cells[4]);
    }

    List<Row> brokenPromises() {
        return rows.stream().filter(row -> row.must() && !row.holds()).toList();
    }

    List<Row> missedWishes() {
        return rows.stream().filter(row -> !row.must() && !row.holds()).toList();
    }

    double shareOfWishesMet() {
        long wishes = rows.stream().filter(row -> !row.must()).count();
        return wishes == 0 ? 1 : 1 - (double) missedWishes().size() / wishes;
    }
}
