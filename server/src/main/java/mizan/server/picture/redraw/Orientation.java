package mizan.server.picture.redraw;

import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// How a camera was held (Exif 2.32, tag 0x0112). What is written anew says nothing of it, so it is turned first.
final class Orientation {
    private static final int UPRIGHT = 1;
    private static final String EXIF = "Exif\0\0";

    private Orientation() {}

    /// 1 to 8; 1, which is upright, where a JPEG does not say or says nonsense.
    static int of(byte[] jpeg) {
        try {
            var bytes = ByteBuffer.wrap(jpeg);
            int at = 2;
            while ((bytes.getShort(at) & 0xff00) == 0xff00) {
                int marker = bytes.getShort(at) & 0xff;
                int length = bytes.getShort(at + 2) & 0xffff;
                if (marker == 0xda) {
                    return UPRIGHT;
                }
                if (marker == 0xe1 && text(jpeg, at + 4).equals(EXIF)) {
                    return tag(bytes.slice(at + 4 + EXIF.length(), length - 2 - EXIF.length()));
                }
                at += 2 + length;
            }
        } catch (IndexOutOfBoundsException _) {
            // It lies about its lengths.
        }
        return UPRIGHT;
    }

    private static String text(byte[] jpeg, int at) {
        return at + EXIF.length() > jpeg.length ? "" : new String(jpeg, at, EXIF.length(), StandardCharsets.ISO_8859_1);
    }

    private static int tag(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if (tiff.getShort(entry) == 0x0112) {
                int value = tiff.getShort(entry + 8);
                return value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /// Whether width and height change places.
    static boolean lies(int orientation) {
        return orientation >= 5;
    }

    /// What turns a picture of this width and height upright.
    static AffineTransform upright(int orientation, int width, int height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
