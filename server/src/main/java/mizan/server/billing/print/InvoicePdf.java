package mizan.server.billing.print;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.TextDirection;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import mizan.server.billing.Document;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import org.jsoup.Jsoup;
import org.jsoup.helper.W3CDom;

/// An invoice as a page for printers and archives, in the reader's language, with a QR code to the verify page.
///
/// Its libraries are large; nothing of them is loaded before the first page is asked for.
public final class InvoicePdf {
    private static final String FONT = "Plex";
    private static final int REGULAR = 400;
    private static final int SEMIBOLD = 600;
    /// Pixels a module of the code, so that printers draw it sharp.
    private static final int MODULE = 4;

    /// Signs above letters, which the renderer puts beside them. Names read the same without.
    private static final Pattern SIGNS = Pattern.compile("[\u064B-\u0652]");

    /// Held, because a logger that nobody holds forgets its level.
    private static final Logger FONTS = Logger.getLogger("org.apache.pdfbox");

    static {
        // A page tells of every font of the machine that it passes over: none of them is used.
        FONTS.setLevel(Level.SEVERE);
        XRLog.listRegisteredLoggers().forEach(name -> XRLog.setLevel(name, Level.WARNING));
    }

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
        return pdf(html.toString(), words.lang());
    }

    private static byte[] pdf(String html, Lang lang) {
        var out = new ByteArrayOutputStream();
        try {
            var builder = new PdfRendererBuilder();
            builder.useFont(() -> font("regular"), FONT, REGULAR, FontStyle.NORMAL, true);
            builder.useFont(() -> font("semibold"), FONT, SEMIBOLD, FontStyle.NORMAL, true);
            builder.useUnicodeBidiSplitter(new ICUBidiSplitter.ICUBidiSplitterFactory());
            builder.useUnicodeBidiReorderer(new ICUBidiReorderer());
            builder.defaultTextDirection(lang == Lang.AR ? TextDirection.RTL : TextDirection.LTR);
            builder.withW3cDocument(
                    new W3CDom().fromJsoup(Jsoup.parse(SIGNS.matcher(html).replaceAll(""))), null);
            builder.toStream(out);
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static InputStream font(String weight) {
        return Objects.requireNonNull(
                InvoicePdf.class.getResourceAsStream("/mizan/print/ibm-plex-sans-arabic-" + weight + ".ttf"));
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
