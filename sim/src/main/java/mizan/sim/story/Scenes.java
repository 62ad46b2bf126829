package mizan.sim.story;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import mizan.core.campaign.Text;
import mizan.server.picture.redraw.Format;
import mizan.server.picture.redraw.Redrawn;

/// Pictures for invented brands, drawn by code: a sky, something in it, and land or water before it.
final class Scenes {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 450;

    /// The pictures, each with what it shows.
    static final List<Scene> ALL = List.of(
            new Scene(
                    Text.of("Hills under a full moon", "ar", "تلال تحت بدر"),
                    new Sky(0x0d1b3e, 0x3a5a8c, 600, 110, 46, 0xf4f1de, 90),
                    List.of(
                            new Ridge(300, 34, 210, 0x22406b),
                            new Ridge(345, 26, 140, 0x16304f),
                            new Ridge(395, 18, 90, 0x0b1d33))),
            new Scene(
                    Text.of("A city in the evening", "ar", "مدينة في المساء"),
                    new Sky(0x2b1b4d, 0xf08a5d, 210, 300, 60, 0xffd9a0, 30),
                    List.of(new Skyline(250, 46, 0x3d2a5c), new Skyline(310, 34, 0x1f1436))),
            new Scene(
                    Text.of("The sea at sunrise", "ar", "البحر عند الشروق"),
                    new Sky(0xf7b267, 0xfdf0c4, 400, 250, 70, 0xfff3d0, 0),
                    List.of(
                            new Ridge(258, 2, 60, 0x5fa8b8),
                            new Ridge(320, 4, 40, 0x3f8799),
                            new Ridge(390, 6, 30, 0x27697c))),
            new Scene(
                    Text.of("Dunes", "ar", "كثبان رملية"),
                    new Sky(0x6fb7d6, 0xf6e7c8, 640, 90, 38, 0xfffbe8, 0),
                    List.of(
                            new Ridge(270, 40, 320, 0xe0b573),
                            new Ridge(330, 46, 240, 0xc8934f),
                            new Ridge(400, 24, 180, 0x9c6a35))));

    private Scenes() {}

    /// What stands before the sky.
    private sealed interface Layer {
        /// The colour there; -1 where the layer lets the sky through.
        int at(int x, int y);
    }

    /// Hills, dunes or waves.
    ///
    /// @param top where they begin, in pixels from above
    /// @param rise how far they go up and down
    /// @param length from one to the next
    private record Ridge(int top, int rise, int length, int colour) implements Layer {
        @Override
        public int at(int x, int y) {
            double turn = 2 * Math.PI * x / length;
            double edge = top - rise * (0.7 * Math.sin(turn + top) + 0.3 * Math.sin(2.3 * turn));
            return y < edge ? -1 : shaded(colour, 1 - 0.25 * (y - edge) / HEIGHT);
        }
    }

    /// Houses with lit windows.
    ///
    /// @param top of the lowest house
    /// @param width of each
    private record Skyline(int top, int width, int colour) implements Layer {
        @Override
        public int at(int x, int y) {
            int house = x / width;
            var chance = new SplittableRandom(31L * house + top);
            int roof = top - chance.nextInt(120);
            if (y < roof || x % width >= width - 4) {
                return y < top + 60 ? -1 : colour;
            }
            boolean window = x % width % 10 > 4 && (y - roof) % 14 > 7;
            boolean lit = window
                    && new SplittableRandom(house * 7_919L + x % width / 10 * 104_729L + (y - roof) / 14).nextInt(3)
                            == 0;
            return lit ? 0xffd27a : colour;
        }
    }

    /// From above to below, with a sun or moon and stars.
    private record Sky(int above, int below, int x, int y, int radius, int light, int stars) {
        int at(int px, int py) {
            double away = Math.hypot(px - x, py - y);
            if (away < radius) {
                return light;
            }
            int sky = mixed(above, below, (double) py / HEIGHT);
            double glow = Math.max(0, 1 - (away - radius) / (3.0 * radius));
            return mixed(sky, light, 0.35 * glow * glow);
        }
    }

    private static int shaded(int colour, double by) {
        return mixed(0, colour, by);
    }

    /// From the first colour to the second, 0 to 1.
    private static int mixed(int from, int to, double part) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = from >> shift & 255;
            int b = to >> shift & 255;
            mixed |= (int) Math.round(a + (b - a) * Math.clamp(part, 0, 1)) << shift;
        }
        return mixed;
    }

    /// @param shows for readers who do not see it
    record Scene(Text shows, Sky sky, List<? extends Layer> layers) {
        Redrawn.Picture picture() {
            return new Redrawn.Picture(Format.PNG, WIDTH, HEIGHT, 1, 0, png(pixels()));
        }

        private int[] pixels() {
            var pixels = new int[WIDTH * HEIGHT];
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    pixels[y * WIDTH + x] = at(x, y);
                }
            }
            var chance = new SplittableRandom(sky.stars());
            for (int star = 0; star < sky.stars(); star++) {
                int place = chance.nextInt(HEIGHT / 2) * WIDTH + chance.nextInt(WIDTH);
                pixels[place] = mixed(pixels[place], 0xffffff, 0.4 + chance.nextDouble() / 2);
            }
            return pixels;
        }

        private int at(int x, int y) {
            int colour = sky.at(x, y);
            for (var layer : layers) {
                int before = layer.at(x, y);
                colour = before < 0 ? colour : before;
            }
            return colour;
        }
    }

    /// Each row as what differs from the one above it (filter 2 of the PNG specification): skies pack well so.
    private static byte[] png(int[] pixels) {
        int row = 1 + 3 * WIDTH;
        var rows = new byte[HEIGHT * row];
        for (int y = 0; y < HEIGHT; y++) {
            rows[y * row] = 2;
            for (int x = 0; x < 3 * WIDTH; x++) {
                int shift = 16 - 8 * (x % 3);
                int here = pixels[y * WIDTH + x / 3] >> shift;
                int above = y == 0 ? 0 : pixels[(y - 1) * WIDTH + x / 3] >> shift;
                rows[y * row + 1 + x] = (byte) (here - above);
            }
        }
        var png = new ByteArrayOutputStream();
        png.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(WIDTH)
                        .putInt(HEIGHT)
                        .put((byte) 8)
                        .put((byte) 2)
                        .array());
        chunk(png, "IDAT", packed(rows));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static byte[] packed(byte[] rows) {
        try (var deflater = new Deflater(Deflater.BEST_SPEED)) {
            deflater.setInput(rows);
            deflater.finish();
            var packed = new ByteArrayOutputStream();
            var part = new byte[65_536];
            while (!deflater.finished()) {
                packed.write(part, 0, deflater.deflate(part));
            }
            return packed.toByteArray();
        }
    }

    private static void chunk(ByteArrayOutputStream png, String name, byte[] content) {
        var named = ByteBuffer.allocate(4 + content.length)
                .put(name.getBytes(StandardCharsets.ISO_8859_1))
                .put(content)
                .array();
        var check = new CRC32();
        check.update(named);
        png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        png.writeBytes(named);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }
}
