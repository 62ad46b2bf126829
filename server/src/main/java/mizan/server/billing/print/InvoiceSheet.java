package mizan.server.billing.print;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import mizan.server.billing.Document;
import org.dhatim.fastexcel.Workbook;

/// An invoice for spreadsheets: Office Open XML, amounts as numbers. Texts stay texts, so no name becomes a formula.
public final class InvoiceSheet {
    public static final String MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final String EXACT = "0.00####";

    private InvoiceSheet() {}

    public static byte[] write(Document document) {
        var out = new ByteArrayOutputStream();
        try (var book = new Workbook(out, "Mizan", "1.0")) {
            var sheet = book.newWorksheet(document.name());
            for (int column = 0; column < InvoiceTable.HEAD.size(); column++) {
                sheet.value(0, column, InvoiceTable.HEAD.get(column));
                sheet.style(0, column).bold().set();
            }
            int at = 1;
            for (var row : InvoiceTable.rows(document)) {
                for (int column = 0; column < row.size(); column++) {
                    if (row.get(column) instanceof Number number) {
                        sheet.value(at, column, number);
                    } else {
                        sheet.value(at, column, row.get(column).toString());
                    }
                }
                sheet.style(at, InvoiceTable.AMOUNT).format(EXACT).set();
                at++;
            }
            sheet.freezePane(0, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
