package mizan.server.picture.redraw;

import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/// Work on pixels: eight bits a channel, sRGB.
final class Pixels {
    private Pixels() {}

    /// The same colours in eight bits a channel.
    static BufferedImage plain(BufferedImage image) {
        boolean alpha = image.getColorModel().hasAlpha();
        var plain = new BufferedImage(
                image.getWidth(), image.getHeight(), alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        if (grey && image.getType() == BufferedImage.TYPE_CUSTOM) {
            grey(image, plain, alpha);
        } else {
            draw(image, plain, new AffineTransform());
        }
        return plain;
    }

    /// Java takes the grey of such pictures for linear light and would draw them too light; files mean sRGB.
    private static void grey(BufferedImage image, BufferedImage plain, boolean alpha) {
        var raster = image.getRaster();
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        int most = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int sample = raster.getSample(x, y, 0);
                int light = shift > 0 ? sample >> shift : sample * 255 / most;
                int opaque = alpha ? raster.getSample(x, y, 1) * 255 / most : 255;
                plain.setRGB(x, y, opaque << 24 | light << 16 | light << 8 | light);
            }
        }
    }

    /// Turned upright.
    static BufferedImage turned(BufferedImage plain, int orientation) {
        if (orientation == 1) {
            return plain;
        }
        boolean lies = Orientation.lies(orientation);
        int width = plain.getWidth();
        int height = plain.getHeight();
        var turned = new BufferedImage(lies ? height : width, lies ? width : height, plain.getType());
        draw(plain, turned, Orientation.upright(orientation, width, height));
        return turned;
    }

    /// No side longer than this; never larger than it was.
    static BufferedImage within(BufferedImage plain, int side) {
        var image = plain;
        // By halves, each the mean of four pixels, and the rest in one step: a single step would skip pixels.
        while (longest(image) >= 2 * side) {
            image = scaled(image, image.getWidth() / 2, image.getHeight() / 2);
        }
        if (longest(image) <= side) {
            return image;
        }
        double factor = (double) side / longest(image);
        return scaled(image, (int) Math.round(image.getWidth() * factor), (int) Math.round(image.getHeight() * factor));
    }

    private static int longest(BufferedImage image) {
        return Math.max(image.getWidth(), image.getHeight());
    }

    private static BufferedImage scaled(BufferedImage image, int width, int height) {
        var scaled = new BufferedImage(Math.max(1, width), Math.max(1, height), image.getType());
        draw(
                image,
                scaled,
                AffineTransform.getScaleInstance(
                        (double) scaled.getWidth() / image.getWidth(),
                        (double) scaled.getHeight() / image.getHeight()));
        return scaled;
    }

    private static void draw(BufferedImage from, BufferedImage onto, AffineTransform how) {
        Graphics2D pen = onto.createGraphics();
        try {
            pen.setComposite(AlphaComposite.Src);
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            pen.drawImage(from, how, null);
        } finally {
            pen.dispose();
        }
    }

    static boolean seenThrough(BufferedImage plain) {
        if (!plain.getColorModel().hasAlpha()) {
            return false;
        }
        var row = new int[plain.getWidth()];
        for (int y = 0; y < plain.getHeight(); y++) {
            plain.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int pixel : row) {
                if (pixel >>> 24 != 255) {
                    return true;
                }
            }
        }
        return false;
    }

    static BufferedImage opaque(BufferedImage plain) {
        var opaque = new BufferedImage(plain.getWidth(), plain.getHeight(), BufferedImage.TYPE_INT_RGB);
        draw(plain, opaque, new AffineTransform());
        return opaque;
    }
}
