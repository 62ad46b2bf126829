package mizan.server.picture.redraw;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/// Pictures made by code, each left half red and right half blue unless it says otherwise.
public final class SamplePictures {
    public static final int RED = 0xffc81e28;
    public static final int BLUE = 0xff143cdc;

    /// Of 80 by 64 pixels, made by a browser's canvas: lossy, and without its left half.
    static final byte[] WEBP = Base64.getDecoder()
            .decode(
                    "UklGRkgCAABXRUJQVlA4WAoAAAAgAAAATwAAPwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggWgAAAPAEAJ0BKlAAQAA+tVamTqcko6IoEzgA4BaJZQDV8EA0AAAGnBhyTnB7FkrcPWgwAAD+694v1xc2Rhr++n+f3n92D59dZzj/JoP8gl/mN3+XqNH7t6ywAAAAAA==");
    static final byte[] HALF_WEBP = Base64.getDecoder()
            .decode(
                    "UklGRgoCAABXRUJQVlA4WAoAAAAwAAAATwAAPwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDhMHAAAAC9PwA8QDzA8QzHc8x/wEAsm+UvPoSui/1EVmA4=");

    private SamplePictures() {}

    public static byte[] png(int width, int height) {
        return write(halves(width, height, BufferedImage.TYPE_INT_RGB), "png", false);
    }

    /// One that was drawn anew, of 800 by 450 pixels.
    public static Redrawn.Picture kept() {
        return (Redrawn.Picture) Redraw.of(png(800, 450));
    }

    static byte[] interlacedPng(int width, int height) {
        return write(halves(width, height, BufferedImage.TYPE_INT_RGB), "png", true);
    }

    static byte[] palettePng(int width, int height) {
        byte[] reds = {(byte) (RED >> 16), (byte) (BLUE >> 16)};
        byte[] greens = {(byte) (RED >> 8), (byte) (BLUE >> 8)};
        byte[] blues = {(byte) RED, (byte) BLUE};
        var image = new BufferedImage(
                width, height, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(1, 2, reds, greens, blues));
        halves(image);
        return write(image, "png", false);
    }

    public static byte[] jpeg(int width, int height) {
        return write(halves(width, height, BufferedImage.TYPE_INT_RGB), "jpeg", false);
    }

    static byte[] progressiveJpeg(int width, int height) {
        return write(halves(width, height, BufferedImage.TYPE_INT_RGB), "jpeg", true);
    }

    /// Noise, which packs badly.
    static BufferedImage noise(int width, int height, long seed) {
        var random = new SplittableRandom(seed);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }

    /// Four colours, without Adobe's marker, as print shops send: all of one ink, half of it.
    static byte[] fourColourJpeg(int width, int height) {
        var raster = java.awt.image.Raster.createInterleavedRaster(
                java.awt.image.DataBuffer.TYPE_BYTE, width, height, 4, null);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                raster.setSample(x, y, 0, 128);
            }
        }
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var out = new ByteArrayOutputStream();
        try (var output = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(raster, null, null), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /// A JPEG whose camera was held like that.
    static byte[] held(byte[] jpeg, int orientation) {
        var exif = ByteBuffer.allocate(36);
        exif.putShort((short) 0xffe1).putShort((short) 34);
        exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(8)
                .putShort((short) 1);
        exif.putShort((short) 0x0112).putShort((short) 3).putInt(1);
        exif.putShort((short) orientation).putShort((short) 0).putInt(0);
        return ByteBuffer.allocate(jpeg.length + 36)
                .put(jpeg, 0, 2)
                .put(exif.array())
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /// A PNG of chunks that are what they say, whatever is in them.
    ///
    /// @param depth bits of a sample
    /// @param colour 0 grey, 2 red, green and blue, 4 grey with alpha, 6 all
    /// @param rows unpacked data, each row with its filter in front
    static byte[] png(int width, int height, int depth, int colour, byte[] rows) {
        var header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) depth).put((byte) colour).put((byte) 0).put((byte) 0).put((byte) 0);
        var deflater = new Deflater();
        deflater.setInput(rows);
        deflater.finish();
        var packed = new ByteArrayOutputStream();
        var part = new byte[65_536];
        while (!deflater.finished()) {
            packed.write(part, 0, deflater.deflate(part));
        }
        var out = new ByteArrayOutputStream();
        out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        chunk(out, "IHDR", header.array());
        chunk(out, "IDAT", packed.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    static void chunk(ByteArrayOutputStream out, String name, byte[] content) {
        var named = ByteBuffer.allocate(4 + content.length)
                .put(name.getBytes(StandardCharsets.ISO_8859_1))
                .put(content)
                .array();
        var check = new CRC32();
        check.update(named);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(named);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }

    /// A GIF that moves: each frame one colour more.
    ///
    /// @param centis of each frame
    public static byte[] gif(int width, int height, int frames, int centis) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("GIF89a".getBytes(StandardCharsets.ISO_8859_1));
        word(out, width);
        word(out, height);
        // A table of 128 colours.
        out.writeBytes(new byte[] {(byte) 0xf6, 0, 0});
        for (int i = 0; i < 128; i++) {
            out.writeBytes(new byte[] {(byte) (2 * i), (byte) (255 - 2 * i), 100});
        }
        out.writeBytes(new byte[] {0x21, (byte) 0xfe, 7});
        out.writeBytes("private".getBytes(StandardCharsets.ISO_8859_1));
        out.write(0);
        for (int i = 0; i < frames; i++) {
            out.writeBytes(new byte[] {0x21, (byte) 0xf9, 4, 4});
            word(out, centis);
            out.writeBytes(new byte[] {0, 0, 0x2c, 0, 0, 0, 0});
            word(out, width);
            word(out, height);
            out.writeBytes(new byte[] {0, 7});
            pixels(out, width * height, i % 128);
            out.write(0);
        }
        out.write(0x3b);
        return out.toByteArray();
    }

    /// LZW that never packs: with codes of eight bits and a clear code before they would grow, each pixel is a byte.
    private static void pixels(ByteArrayOutputStream out, int count, int colour) {
        var codes = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            if (i % 120 == 0) {
                codes.write(0x80);
            }
            codes.write(colour);
        }
        codes.write(0x81);
        var bytes = codes.toByteArray();
        for (int at = 0; at < bytes.length; at += 255) {
            int length = Math.min(255, bytes.length - at);
            out.write(length);
            out.write(bytes, at, length);
        }
    }

    private static void word(ByteArrayOutputStream out, int number) {
        out.write(number);
        out.write(number >> 8);
    }

    static BufferedImage halves(int width, int height, int type) {
        var image = new BufferedImage(width, height, type);
        halves(image);
        return image;
    }

    private static void halves(BufferedImage image) {
        var pen = image.createGraphics();
        pen.setColor(new Color(RED));
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        pen.setColor(new Color(BLUE));
        pen.fillRect(image.getWidth() / 2, 0, image.getWidth(), image.getHeight());
        pen.dispose();
    }

    static byte[] write(BufferedImage image, String format, boolean progressive) {
        var writer = ImageIO.getImageWritersByFormatName(format).next();
        var out = new ByteArrayOutputStream();
        try (var output = ImageIO.createImageOutputStream(out)) {
            var how = writer.getDefaultWriteParam();
            if (progressive) {
                how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    static BufferedImage read(byte[] picture) {
        try {
            return ImageIO.read(new ByteArrayInputStream(picture));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
