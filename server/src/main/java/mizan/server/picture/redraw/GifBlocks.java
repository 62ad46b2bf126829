package mizan.server.picture.redraw;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The blocks of a GIF (GIF89a specification): how large it is and how it moves, before any of it is unpacked.
///
/// @param width of the screen that frames are drawn onto
record GifBlocks(int width, int height, List<Frame> frames) {
    /// One drawing onto the screen.
    ///
    /// @param centis until the next one. Browsers take 0 and 1 for 10
    /// @param disposal what becomes of it before the next one, 0 to 3
    /// @param transparent the colour that leaves what is there
    record Frame(int left, int top, int width, int height, int centis, int disposal, OptionalInt transparent) {}

    int centis() {
        return frames.stream().mapToInt(Frame::centis).sum();
    }

    long pixels() {
        return frames.stream().mapToLong(f -> (long) f.width * f.height).sum();
    }

    /// Empty when it is damaged or cut short.
    static Optional<GifBlocks> of(byte[] gif) {
        try {
            return new Walk(gif).walk();
        } catch (ArrayIndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    private static final class Walk {
        private final byte[] gif;
        private int at = 6;
        private int centis = 10;
        private int disposal;
        private OptionalInt transparent = OptionalInt.empty();

        Walk(byte[] gif) {
            this.gif = gif;
        }

        Optional<GifBlocks> walk() {
            int width = word();
            int height = word();
            int flags = octet();
            at += 2 + table(flags);
            var frames = new ArrayList<Frame>();
            while (true) {
                switch (octet()) {
                    case 0x21 -> extension();
                    case 0x2c -> {
                        var frame = frame();
                        if (outside(frame, width, height)) {
                            return Optional.empty();
                        }
                        frames.add(frame);
                    }
                    case 0x3b -> {
                        return frames.isEmpty() ? Optional.empty() : Optional.of(new GifBlocks(width, height, frames));
                    }
                    default -> {
                        return Optional.empty();
                    }
                }
            }
        }

        private static boolean outside(Frame frame, int width, int height) {
            return frame.width == 0
                    || frame.height == 0
                    || frame.left + frame.width > width
                    || frame.top + frame.height > height;
        }

        private void extension() {
            if (octet() == 0xf9 && gif[at] == 4) {
                int flags = gif[at + 1];
                disposal = Math.min(3, (flags >> 2) & 7);
                int delay = (gif[at + 2] & 0xff) | (gif[at + 3] & 0xff) << 8;
                centis = delay < 2 ? 10 : delay;
                transparent = (flags & 1) == 0 ? OptionalInt.empty() : OptionalInt.of(gif[at + 4] & 0xff);
            }
            skipBlocks();
        }

        private Frame frame() {
            int left = word();
            int top = word();
            int width = word();
            int height = word();
            int flags = octet();
            at += table(flags) + 1;
            skipBlocks();
            var frame = new Frame(left, top, width, height, centis, disposal, transparent);
            centis = 10;
            disposal = 0;
            transparent = OptionalInt.empty();
            return frame;
        }

        private void skipBlocks() {
            for (int length = octet(); length > 0; length = octet()) {
                at += length;
            }
        }

        /// Bytes of a colour table, if there is one.
        private static int table(int flags) {
            return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
        }

        private int word() {
            return octet() | octet() << 8;
        }

        private int octet() {
            return gif[at++] & 0xff;
        }
    }
}
