package mizan.server.picture.redraw;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;

/// One picture that stands still.
final class Still {
    private static final float QUALITY = 0.85f;
    /// A photograph as PNG takes ten times what it takes as JPEG, and nobody sees the difference.
    private static final int LARGE_PNG = 256 << 10;

    private Still() {}

    static Redrawn of(byte[] sent, Format format) throws IOException {
        var reader = reader(format);
        try (var input = ImageIO.createImageInputStream(new ByteArrayInputStream(sent))) {
            reader.setInput(input, true, true);
            var refused = size(reader.getWidth(0), reader.getHeight(0));
            if (refused.isPresent()) {
                return refused.get();
            }
            var damaged = new AtomicBoolean();
            reader.addIIOReadWarningListener((_, warning) -> damaged.compareAndSet(false, tellsDamage(warning)));
            var read = reader.read(0);
            return damaged.get() ? new Redrawn.Refused(Redrawn.Reason.UNREADABLE) : drawn(read, sent, format);
        } finally {
            reader.dispose();
        }
    }

    static ImageReader reader(Format format) {
        return ImageIO.getImageReadersByFormatName(format.name().toLowerCase(Locale.ROOT))
                .next();
    }

    /// Before anything is unpacked, so that a small file that unfolds to gigabytes costs nothing.
    static Optional<Redrawn.Refused> size(int width, int height) {
        if (width < Limits.LEAST_SIDE
                || height < Limits.LEAST_SIDE
                || width > Limits.MOST_SIDE
                || height > Limits.MOST_SIDE
                || (long) width * height > Limits.MOST_PIXELS) {
            return Optional.of(new Redrawn.Refused(Redrawn.Reason.SIZE, width, height));
        }
        return Optional.empty();
    }

    private static boolean tellsDamage(String warning) {
        var text = warning.toLowerCase(Locale.ROOT);
        return text.contains("premature") || text.contains("corrupt") || text.contains("truncated");
    }

    static Redrawn drawn(BufferedImage read, byte[] sent, Format format) throws IOException {
        var plain = Pixels.plain(read);
        var upright = Pixels.turned(plain, format == Format.JPEG ? Orientation.of(sent) : 1);
        int width = upright.getWidth();
        int height = upright.getHeight();
        if (height > width * Limits.TALLEST || width > height * Limits.WIDEST) {
            return new Redrawn.Refused(Redrawn.Reason.SHAPE, width, height);
        }
        return kept(Pixels.within(upright, Limits.KEPT_SIDE), format == Format.JPEG);
    }

    private static Redrawn kept(BufferedImage picture, boolean photograph) throws IOException {
        boolean through = Pixels.seenThrough(picture);
        var image = picture;
        while (true) {
            var png = photograph ? new byte[0] : png(image);
            boolean asJpeg = photograph || (!through && png.length > LARGE_PNG);
            var bytes = asJpeg ? jpeg(image) : png;
            if (bytes.length <= Limits.KEPT_BYTES) {
                var format = asJpeg ? Format.JPEG : Format.PNG;
                return new Redrawn.Picture(format, image.getWidth(), image.getHeight(), 1, 0, bytes);
            }
            image = Pixels.within(image, Math.max(image.getWidth(), image.getHeight()) * 3 / 4);
        }
    }

    private static byte[] png(BufferedImage image) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var out = new ByteArrayOutputStream();
        try (var output = ImageIO.createImageOutputStream(out)) {
            var how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(output);
            writer.write(null, new IIOImage(Pixels.opaque(image), null, null), how);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
