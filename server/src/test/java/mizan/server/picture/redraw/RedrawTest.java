package mizan.server.picture.redraw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever is sent, it is a clean picture or a refusal that says why.
class RedrawTest {
    private static final long SEED = Long.getLong("mizan.seed", 2026);
    private static final int ROUNDS = Integer.getInteger("mizan.rounds", 4_000);

    private static Redrawn.Picture picture(byte[] sent) {
        return assertInstanceOf(Redrawn.Picture.class, Redraw.of(sent));
    }

    private static Redrawn.Reason refused(byte[] sent) {
        return assertInstanceOf(Redrawn.Refused.class, Redraw.of(sent)).reason();
    }

    private static void near(int expected, int actual, String what) {
        for (int shift = 0; shift <= 24; shift += 8) {
            int off = Math.abs((expected >> shift & 255) - (actual >> shift & 255));
            assertTrue(
                    off <= 12,
                    what + ": expected " + Integer.toHexString(expected) + ", was " + Integer.toHexString(actual));
        }
    }

    @Test
    void givenEveryKindOfPicture_whenDrawnAnew_thenItShowsTheSame() {
        for (var sent : List.of(
                SamplePictures.png(300, 200),
                SamplePictures.interlacedPng(300, 200),
                SamplePictures.palettePng(300, 200),
                SamplePictures.jpeg(300, 200),
                SamplePictures.progressiveJpeg(300, 200),
                SamplePictures.WEBP)) {
            var drawn = picture(sent);
            var image = SamplePictures.read(drawn.bytes());
            assertEquals(drawn.width(), image.getWidth());
            near(SamplePictures.RED, image.getRGB(8, 20), drawn.format() + " left");
            near(SamplePictures.BLUE, image.getRGB(drawn.width() - 8, 20), drawn.format() + " right");
        }
    }

    @Test
    void givenAPictureOfFourColours_whenDrawnAnew_thenItIsOneOfThree() {
        var drawn = picture(SamplePictures.fourColourJpeg(300, 200));
        assertEquals(Format.JPEG, drawn.format());
        assertEquals(3, SamplePictures.read(drawn.bytes()).getColorModel().getNumComponents());
    }

    @Test
    void givenSixteenBitsOfGreyWithAlpha_whenDrawnAnew_thenItIsNoLighterAndStillSeenThrough() {
        var rows = ByteBuffer.allocate(80 * (1 + 100 * 4));
        for (int y = 0; y < 80; y++) {
            rows.put((byte) 0);
            for (int x = 0; x < 100; x++) {
                rows.putShort((short) 0x8000).putShort((short) (x < 50 ? 0xffff : 0));
            }
        }
        var drawn = picture(SamplePictures.png(100, 80, 16, 4, rows.array()));
        assertEquals(Format.PNG, drawn.format());
        var image = SamplePictures.read(drawn.bytes());
        near(0xff808080, image.getRGB(10, 10), "grey");
        assertEquals(0, image.getRGB(90, 10) >>> 24);
    }

    @Test
    void givenAPictureThatIsSeenThrough_whenDrawnAnew_thenItStillIs() {
        var image = SamplePictures.read(picture(SamplePictures.HALF_WEBP).bytes());
        assertEquals(0, image.getRGB(5, 20) >>> 24);
        near(SamplePictures.BLUE, image.getRGB(70, 20), "right");
    }

    @Test
    void givenACameraHeldInAnyWay_whenDrawnAnew_thenThePictureIsUpright() {
        // What a viewer that knows Exif shows at the middle of the left, right, upper and lower edge.
        var expected = List.of("RB", "BR", "BR", "RB", "rb", "rb", "br", "br");
        for (int orientation = 1; orientation <= 8; orientation++) {
            var drawn = picture(SamplePictures.held(SamplePictures.jpeg(240, 200), orientation));
            var image = SamplePictures.read(drawn.bytes());
            boolean lies = orientation >= 5;
            assertEquals(lies ? 200 : 240, drawn.width(), "orientation " + orientation);
            var shows = expected.get(orientation - 1);
            boolean redFirst = Character.toLowerCase(shows.charAt(0)) == 'r';
            int first = lies ? image.getRGB(100, 8) : image.getRGB(8, 100);
            int last = lies ? image.getRGB(100, 230) : image.getRGB(230, 100);
            near(redFirst ? SamplePictures.RED : SamplePictures.BLUE, first, "orientation " + orientation);
            near(redFirst ? SamplePictures.BLUE : SamplePictures.RED, last, "orientation " + orientation);
        }
    }

    @Test
    void givenWhereItWasTaken_whenDrawnAnew_thenNothingSaysItAnyMore() {
        var out = new ByteArrayOutputStream();
        var png = SamplePictures.png(100, 100);
        out.write(png, 0, 33);
        SamplePictures.chunk(out, "tEXt", "Comment\0home: 24.71 N 46.67 E".getBytes(StandardCharsets.ISO_8859_1));
        out.write(png, 33, png.length - 33);
        assertFalse(text(picture(out.toByteArray()).bytes()).contains("24.71"));
        var jpeg =
                picture(SamplePictures.held(SamplePictures.jpeg(100, 100), 1)).bytes();
        assertFalse(text(jpeg).contains("Exif"));
        assertFalse(text(picture(SamplePictures.gif(100, 100, 3, 10)).bytes()).contains("private"));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void givenAMovingPicture_whenDrawnAnew_thenItMovesAsBeforeAndStopsAfterFiveSeconds() {
        var drawn = picture(SamplePictures.gif(120, 100, 4, 50));
        assertEquals(Format.GIF, drawn.format());
        assertEquals(4, drawn.frames());
        assertEquals(200, drawn.centis());
        var again = GifBlocks.of(drawn.bytes()).orElseThrow();
        assertEquals(GifBlocks.of(SamplePictures.gif(120, 100, 4, 50)).orElseThrow(), again);
        // Two seconds, once more, and then still.
        assertTrue(text(drawn.bytes()).contains("NETSCAPE2.0\u0003\u0001\u0001\0"));
        near(0xff00ff64, SamplePictures.read(drawn.bytes()).getRGB(5, 5), "first frame");
    }

    @Test
    void givenALargePicture_whenDrawnAnew_thenItIsMadeSmallEnoughForAFeed() {
        var drawn = picture(SamplePictures.jpeg(4_000, 3_000));
        assertEquals(1_600, drawn.width());
        assertEquals(1_200, drawn.height());
        var noise = picture(SamplePictures.write(SamplePictures.noise(900, 900, SEED), "png", false));
        assertTrue(noise.bytes().length <= Limits.KEPT_BYTES, noise.bytes().length + " bytes");
    }

    @Test
    void givenOtherThings_whenSentAsPictures_thenTheRefusalNamesThem() {
        assertEquals(List.of("SVG"), other("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"));
        assertEquals(List.of("HTML"), other("<!DOCTYPE html><p>hello"));
        assertEquals(List.of("PDF"), other("%PDF-1.7"));
        assertEquals(List.of("ZIP"), other("PK\u0003\u0004"));
        assertEquals(List.of("AVIF"), other("\0\0\0\u001cftypavif"));
        assertEquals(List.of("HEIC"), other("\0\0\0\u001cftypheic"));
        assertEquals(List.of("?"), other(""));
        assertEquals(List.of("?"), other("GIF"));
    }

    private static List<String> other(String sent) {
        var refused = assertInstanceOf(Redrawn.Refused.class, Redraw.of(sent.getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals(Redrawn.Reason.NOT_A_PICTURE, refused.reason());
        return refused.facts();
    }

    @Test
    void givenAPictureThatIsAProgramToo_whenSent_thenItIsRefused() {
        for (var program :
                List.of("<script>alert(1)</script>", "<?php system($_GET[0]);", "<HTML>", "<svg onload=x>")) {
            var png = SamplePictures.png(100, 100);
            var both = Arrays.copyOf(png, png.length + program.length());
            System.arraycopy(program.getBytes(StandardCharsets.ISO_8859_1), 0, both, png.length, program.length());
            assertEquals(Redrawn.Reason.HOLDS_A_PROGRAM, refused(both), program);
        }
        var archive = new ByteArrayOutputStream();
        archive.writeBytes(SamplePictures.gif(100, 100, 1, 10));
        archive.writeBytes("PK\u0003\u0004 more".getBytes(StandardCharsets.ISO_8859_1));
        assertFalse(text(picture(archive.toByteArray()).bytes()).contains("PK\u0003\u0004"));
    }

    @Test
    void givenASmallFileThatUnfoldsToMuch_whenSent_thenItIsRefusedBeforeItDoes() {
        assertEquals(Redrawn.Reason.SIZE, refused(SamplePictures.png(50_000, 50_000, 8, 6, new byte[1_000])));
        assertEquals(Redrawn.Reason.SIZE, refused(SamplePictures.png(8_192, 8_192, 8, 6, new byte[1_000])));
        assertEquals(Redrawn.Reason.SIZE, refused(SamplePictures.png(0x7fffffff, 0x7fffffff, 16, 6, new byte[10])));
        var gif = SamplePictures.gif(70, 70, 1, 10);
        ByteBuffer.wrap(gif).putShort(6, (short) 0x50c3).putShort(8, (short) 0x50c3);
        assertEquals(Redrawn.Reason.SIZE, refused(gif));
        var jpeg = SamplePictures.jpeg(100, 100);
        int frame = text(jpeg).indexOf("\u00ff\u00c0");
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 50_000).putShort(frame + 7, (short) 50_000);
        assertEquals(Redrawn.Reason.SIZE, refused(jpeg));
    }

    @Test
    void givenPicturesThatMoveTooMuch_whenSent_thenTheyAreRefusedWithTheirNumbers() {
        var many = assertInstanceOf(Redrawn.Refused.class, Redraw.of(SamplePictures.gif(64, 64, 1_000, 2)));
        assertEquals(List.of("1000", "20.0", "64", "64"), many.facts());
        assertEquals(Redrawn.Reason.MOTION, refused(tenThousandFrames()));
        assertEquals(Redrawn.Reason.MOTION, refused(SamplePictures.gif(64, 64, 2, 251)));
        assertEquals(Redrawn.Reason.MOTION, refused(SamplePictures.gif(1_201, 900, 2, 10)));
    }

    /// Each of one pixel, in 200 KB.
    private static byte[] tenThousandFrames() {
        var one = SamplePictures.gif(64, 64, 1, 2);
        var out = new ByteArrayOutputStream();
        out.write(one, 0, 13 + 3 * 128);
        var frame = new byte[] {0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 7, 3, (byte) 0x80, 5, (byte) 0x81, 0};
        for (int i = 0; i < 10_000; i++) {
            out.writeBytes(frame);
        }
        out.write(0x3b);
        return out.toByteArray();
    }

    @Test
    void givenPicturesOfNoSizeOrOddShape_whenSent_thenTheyAreRefused() {
        assertEquals(Redrawn.Reason.UNREADABLE, refused(SamplePictures.png(0, 100, 8, 2, new byte[100])));
        assertEquals(Redrawn.Reason.SIZE, refused(SamplePictures.png(63, 64)));
        assertEquals(Redrawn.Reason.SHAPE, refused(SamplePictures.png(100, 151)));
        assertEquals(Redrawn.Reason.SHAPE, refused(SamplePictures.png(401, 100)));
        // Wide enough as it lies, too tall as it was meant.
        assertEquals(Redrawn.Reason.SHAPE, refused(SamplePictures.held(SamplePictures.jpeg(300, 100), 6)));
    }

    @Test
    void givenAPictureCutShortAnywhere_whenSent_thenItIsRefused() {
        for (var whole : List.of(
                SamplePictures.png(100, 80),
                SamplePictures.interlacedPng(100, 80),
                SamplePictures.gif(100, 80, 2, 10),
                SamplePictures.WEBP)) {
            for (int length = 0; length < whole.length - 2; length++) {
                var cut = Arrays.copyOf(whole, length);
                int cutAt = length;
                assertInstanceOf(Redrawn.Refused.class, Redraw.of(cut), () -> Format.of(whole) + " cut at " + cutAt);
            }
        }
        var jpeg = SamplePictures.jpeg(100, 80);
        for (int length = 0; length < jpeg.length - 2; length += 7) {
            int cutAt = length;
            assertInstanceOf(
                    Redrawn.Refused.class, Redraw.of(Arrays.copyOf(jpeg, length)), () -> "JPEG cut at " + cutAt);
        }
    }

    @Test
    void givenBitsFlippedAnywhere_whenSent_thenItIsACleanPictureOrARefusalAndNothingElse() throws IOException {
        var random = new SplittableRandom(SEED);
        var whole = List.of(
                SamplePictures.png(100, 80),
                SamplePictures.palettePng(100, 80),
                SamplePictures.jpeg(100, 80),
                SamplePictures.progressiveJpeg(100, 80),
                SamplePictures.held(SamplePictures.jpeg(100, 80), 6),
                SamplePictures.fourColourJpeg(100, 80),
                SamplePictures.gif(80, 70, 1, 10),
                SamplePictures.gif(80, 70, 3, 10),
                SamplePictures.WEBP,
                SamplePictures.HALF_WEBP);
        var taken = new EnumMap<Format, Integer>(Format.class);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var sent = whole.get(round % whole.size()).clone();
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                sent[random.nextInt(random.nextBoolean() ? sent.length : Math.min(sent.length, 64))] ^=
                        (byte) (1 << random.nextInt(8));
            }
            var out = new ByteArrayOutputStream();
            Redraw.write(Redraw.of(sent), out);
            var believed = Redraw.read(new ByteArrayInputStream(out.toByteArray()));
            switch (believed) {
                case Redrawn.Picture picture -> taken.merge(picture.format(), 1, Integer::sum);
                case Redrawn.Refused _ -> refused++;
            }
        }
        System.out.println(
                "seed " + SEED + ": " + ROUNDS + " damaged pictures, taken " + taken + ", refused " + refused);
        assertTrue(refused > ROUNDS / 3, "only " + refused + " of " + ROUNDS + " refused, seed " + SEED);
    }
}
