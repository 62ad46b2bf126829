package mizan.server.billing.print;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.TextDirection;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import mizan.server.console.words.Lang;
import org.jsoup.Jsoup;
import org.jsoup.helper.W3CDom;

/// HTML as a file for printers and archives, with the fonts that the product brings.
///
/// Its libraries are large; nothing of them is loaded before the first page is asked for.
public final class PrintedPage {
    private static final String FONT = "Plex";
    private static final int REGULAR = 400;
    private static final int SEMIBOLD = 600;

    /// Signs above letters, which the renderer puts beside them. Names read the same without.
    private static final Pattern SIGNS = Pattern.compile("[\u064B-\u0652]");

    /// Held, because a logger that nobody holds forgets its level.
    private static final Logger FONTS = Logger.getLogger("org.apache.pdfbox");

    static {
        // A page tells of every font of the machine that it passes over: none of them is used.
        FONTS.setLevel(Level.SEVERE);
        XRLog.listRegisteredLoggers().forEach(name -> XRLog.setLevel(name, Level.WARNING));
    }

    private PrintedPage() {}

    public static byte[] pdf(String html, Lang lang) {
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
                PrintedPage.class.getResourceAsStream("/mizan/print/ibm-plex-sans-arabic-" + weight + ".ttf"));
    }
}
