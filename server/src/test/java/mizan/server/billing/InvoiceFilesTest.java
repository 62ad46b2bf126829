package mizan.server.billing;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import mizan.core.billing.TaxRate;
import mizan.core.billing.Totals;
import mizan.core.campaign.Text;
import mizan.server.billing.print.InvoicePdf;
import mizan.server.billing.print.InvoiceSheet;
import mizan.server.console.words.Digits;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One invoice as the files that people open, read back by programs that are not ours.
class InvoiceFilesTest {
    private static final int DPI = 150;
    private static final String ORIGIN = "https://ads.marsa.example";
    private static final Currency USD = Currency.getInstance("USD");

    @TempDir
    private Path folder = Path.of("");

    private static Document invoice() {
        var line = new Document.Line(
                Document.What.BILLED,
                YearMonth.of(2026, 10),
                "cmp_1",
                Text.of("Winter", "ar", "حملة الشتاء"),
                "agr_1",
                Text.of("=1+1 & <All>", "ar", "كل المدن"),
                12_345,
                1_234_567_891);
        var back = new Document.Line(
                Document.What.CREDITED,
                YearMonth.of(2026, 10),
                "cmp_1",
                line.campaignName(),
                "agr_1",
                line.adGroupName(),
                2,
                4_567_000);
        var rate = new TaxRate(1_500);
        return new Document(
                Document.Kind.INVOICE,
                42,
                Optional.empty(),
                "adv_1",
                YearMonth.of(2026, 10),
                USD,
                Instant.parse("2026-11-02T08:00:00Z"),
                new Party("شركة مرسى للإعلام", "طريق الملك 12\nجدة 23521", "300012345600003", Optional.of(rate), ""),
                new Party("Nordlys Gulf FZ-LLC", "Office 7\nDubai", "100200300", Optional.empty(), ""),
                List.of(line, back),
                rate,
                "",
                Totals.of(1_230_000_891, rate, USD),
                99);
    }

    private static Words words(Lang lang) {
        return Words.of(lang, Digits.LATIN, ZoneOffset.UTC);
    }

    /// By the zip's directory, as spreadsheets read it: its stream tells no sizes.
    private String member(byte[] bytes, String name) throws IOException {
        var file = Files.write(folder.resolve("invoice.xlsx"), bytes);
        try (var zip = new ZipFile(file.toFile())) {
            var entry = requireNonNull(zip.getEntry(name), name);
            return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void givenAnInvoice_whenItIsWrittenAsXlsx_thenAmountsAreNumbersAndNoNameIsAFormula() throws Exception {
        var sheet = member(InvoiceSheet.write(invoice()), "xl/worksheets/sheet1.xml");
        for (var amount : List.of("1234.567891", "-4.567000", "1230.000000", "184.500000", "1414.500000")) {
            assertTrue(sheet.contains("<v>" + amount + "</v>"), amount + " in " + sheet);
        }
        assertFalse(sheet.contains("<f>"), sheet);
    }

    /// Set `-Dshots=DIR` to look at the pages.
    @Test
    void givenAnInvoiceInEitherLanguage_whenItIsPrinted_thenItsTextIsThereAndItsCodeLeadsToTheVerifyPage()
            throws Exception {
        for (var lang : Lang.values()) {
            try (var pdf = Loader.loadPDF(InvoicePdf.write(invoice(), words(lang), ORIGIN))) {
                var text = Normalizer.normalize(new PDFTextStripper().getText(pdf), Normalizer.Form.NFKC);
                for (var said : List.of("INV-000042", "USD 1,414.50", "1,234.567891", "300012345600003", "Nordlys")) {
                    assertTrue(text.contains(said), said + " in " + lang + ": " + text);
                }
                assertTrue(text.contains(lang == Lang.AR ? "حملة الشتاء" : "Winter"), lang + ": " + text);
                var page = new PDFRenderer(pdf).renderImageWithDPI(0, DPI);
                if (System.getProperty("shots") != null) {
                    Files.createDirectories(Path.of(System.getProperty("shots")));
                    ImageIO.write(
                            page,
                            "png",
                            Path.of(System.getProperty("shots"), "invoice-" + lang.tag() + ".png")
                                    .toFile());
                }
                int width = page.getWidth();
                int height = page.getHeight();
                var pixels = page.getRGB(0, 0, width, height, null, 0, width);
                var bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
                assertEquals(
                        ORIGIN + "/verify",
                        new QRCodeReader()
                                .decode(bitmap, Map.of(DecodeHintType.TRY_HARDER, true))
                                .getText(),
                        lang.tag());
            }
        }
    }
}
