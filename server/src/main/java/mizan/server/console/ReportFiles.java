package mizan.server.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mizan.server.console.page.Report;
import org.dhatim.fastexcel.Workbook;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A report as files of exactly what its page shows: the same rows in the same order. Heads are in English and stable,
/// digits are Latin, and no text is ever run as a formula.
public final class ReportFiles {
    public static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final int MICROS = 6;

    private ReportFiles() {}

    /// RFC 4180, amounts in whole units of the currency.
    public static String csv(Report report) {
        var text = new StringBuilder();
        lines(
                report,
                line -> text.append(Csv.line(line.stream()
                        .map(cell -> cell instanceof BigDecimal n ? n.toPlainString() : cell.toString())
                        .toList())));
        return text.toString();
    }

    /// Office Open XML: figures are numbers, and texts stay texts.
    public static byte[] xlsx(Report report) {
        var out = new ByteArrayOutputStream();
        try (var book = new Workbook(out, "Mizan", "1.0")) {
            var sheet = book.newWorksheet(report.by().code());
            var at = new int[1];
            lines(report, line -> {
                for (int column = 0; column < line.size(); column++) {
                    if (line.get(column) instanceof Number number) {
                        sheet.value(at[0], column, number);
                    } else {
                        sheet.value(at[0], column, line.get(column).toString());
                    }
                }
                at[0]++;
            });
            sheet.freezePane(0, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// Amounts in micros, as in the API; what there is no figure of is left out.
    public static ObjectNode json(Report report) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("by", report.by().code());
        json.put("from", report.from().toString());
        json.put("to", report.to().toString());
        report.compared()
                .ifPresent(span -> json.putObject("compared")
                        .put("from", span.from().toString())
                        .put("to", span.to().toString()));
        json.put("time_zone", report.zone());
        json.put("currency", report.currency());
        json.put("as_of", report.asOf().toString());
        json.put("found", report.found());
        var rows = json.putArray("rows");
        report.rows().forEach(row -> fill(rows.addObject(), report, row));
        fill(json.putObject("total"), report, report.total());
        return json;
    }

    private static void fill(ObjectNode json, Report report, Report.Row row) {
        if (!row.id().isEmpty()) {
            json.put("id", row.id());
        }
        if (!row.name().isEmpty()) {
            json.put("name", row.name());
        }
        for (int i = 0; i < report.columns().size(); i++) {
            var column = report.columns().get(i);
            var name = column.shape() == Report.Shape.AMOUNT ? column.code() + "_micros" : column.code();
            row.figures().get(i).ifPresent(n -> {
                if (n instanceof Long whole) {
                    json.put(name, whole);
                } else {
                    json.put(name, n.doubleValue());
                }
            });
        }
    }

    /// The head, each row and the total: texts and numbers.
    private static void lines(Report report, Consumer<List<Object>> to) {
        var head = new ArrayList<Object>(List.of(report.by().code(), "name", "currency"));
        report.columns().forEach(column -> head.add(column.code()));
        to.accept(head);
        report.rows().forEach(row -> to.accept(line(report, row, row.id())));
        to.accept(line(report, report.total(), "total"));
    }

    private static List<Object> line(Report report, Report.Row row, String id) {
        var line = new ArrayList<Object>(List.of(id, row.name(), report.currency()));
        for (int i = 0; i < report.columns().size(); i++) {
            line.add(cell(report.columns().get(i), row.figures().get(i)));
        }
        return line;
    }

    private static Object cell(Report.Column column, Optional<Number> figure) {
        if (figure.isEmpty()) {
            return "";
        }
        return switch (column.shape()) {
            case COUNT -> BigDecimal.valueOf(figure.get().longValue());
            case AMOUNT -> BigDecimal.valueOf(figure.get().longValue(), MICROS).stripTrailingZeros();
            case SHARE, CHANGE ->
                BigDecimal.valueOf(figure.get().doubleValue())
                        .setScale(MICROS, java.math.RoundingMode.HALF_EVEN)
                        .stripTrailingZeros();
        };
    }
}
