package mizan.server.picture.redraw;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Walks the chunks of a PNG (W3C PNG, section 5): readers take what is cut short and draw it half, which nobody
/// approved.
final class PngChunks {
    private static final int SIGNATURE = 8;
    /// Length, name and check value.
    private static final int FRAME = 12;

    private PngChunks() {}

    enum State {
        WHOLE,
        /// Has frames (APNG), of which Java reads the first alone.
        ANIMATED,
        DAMAGED
    }

    static State of(byte[] png) {
        var bytes = ByteBuffer.wrap(png);
        boolean animated = false;
        for (int at = SIGNATURE; at <= png.length - FRAME; ) {
            int length = bytes.getInt(at);
            if (length < 0 || length > png.length - at - FRAME) {
                return State.DAMAGED;
            }
            var check = new CRC32();
            check.update(png, at + 4, length + 4);
            if ((int) check.getValue() != bytes.getInt(at + 8 + length)) {
                return State.DAMAGED;
            }
            var name = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (name.equals("IEND")) {
                return animated ? State.ANIMATED : State.WHOLE;
            }
            animated |= name.equals("acTL");
            at += FRAME + length;
        }
        return State.DAMAGED;
    }
}
