package mizan.server.billing.print;

import java.math.BigDecimal;
import java.util.List;
import mizan.server.billing.Document;
import mizan.server.console.Csv;

/// An invoice for programs.
public final class InvoiceCsv {
    private InvoiceCsv() {}

    public static String write(Document document) {
        var lines = new StringBuilder(Csv.line(InvoiceTable.HEAD));
        InvoiceTable.rows(document).forEach(row -> lines.append(Csv.line(texts(row))));
        return lines.toString();
    }

    private static List<String> texts(List<Object> row) {
        return row.stream()
                .map(cell -> cell instanceof BigDecimal amount
                        ? amount.stripTrailingZeros().toPlainString()
                        : cell.toString())
                .toList();
    }
}
