package mizan.server.billing.print;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;
import mizan.server.billing.Document;
import mizan.server.console.words.Words;

/// An invoice as a page for printers and archives, in the reader's language, with a QR code to the verify page.
public final class InvoicePdf {
    /// Pixels a module of the code, so that printers draw it sharp.
    private static final int MODULE = 4;

    private InvoicePdf() {}

    /// @param origin of the console's pages, such as `https://ads.example`
    public static byte[] write(Document document, Words words, String origin) {
        var html = new StringOutput();
        var verify = origin + "/verify";
        TemplateEngine.createPrecompiled(ContentType.Html)
                .render(
                        "print/invoice.jte",
                        Map.<String, Object>of(
                                "w", words, "document", document, "origin", origin, "code", code(verify)),
                        html);
        return PrintedPage.pdf(html.toString(), words.lang());
    }

    /// A QR code as a picture in an address.
    private static String code(String text) {
        try {
            var hints = Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M, EncodeHintType.MARGIN, 4);
            var modules = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints);
            int side = modules.getWidth();
            var picture = new BufferedImage(side * MODULE, side * MODULE, BufferedImage.TYPE_BYTE_BINARY);
            for (int y = 0; y < side * MODULE; y++) {
                for (int x = 0; x < side * MODULE; x++) {
                    picture.setRGB(x, y, modules.get(x / MODULE, y / MODULE) ? 0x000000 : 0xffffff);
                }
            }
            var png = new ByteArrayOutputStream();
            ImageIO.write(picture, "png", png);
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
        } catch (WriterException e) {
            throw new IllegalStateException("an address fits into a code", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
