package mizan.server.picture.redraw;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/// A GIF. One that moves is unpacked and packed again frame by frame, with nothing beside its frames; one of a single
/// frame is a picture that stands still.
final class Moving {
    private static final String[] DISPOSAL = {"none", "doNotDispose", "restoreToBackgroundColor", "restoreToPrevious"};

    private Moving() {}

    static Redrawn of(byte[] sent) throws IOException {
        var blocks = GifBlocks.of(sent);
        if (blocks.isEmpty()) {
            return new Redrawn.Refused(Redrawn.Reason.UNREADABLE);
        }
        var gif = blocks.get();
        var refused = Still.size(gif.width(), gif.height());
        if (refused.isPresent()) {
            return refused.get();
        }
        if (gif.frames().size() == 1) {
            return still(sent, gif);
        }
        if (gif.height() > gif.width() * Limits.TALLEST || gif.width() > gif.height() * Limits.WIDEST) {
            return new Redrawn.Refused(Redrawn.Reason.SHAPE, gif.width(), gif.height());
        }
        boolean calm = gif.frames().size() <= Limits.FRAMES
                && gif.centis() <= Limits.MOTION_CENTIS
                && Math.max(gif.width(), gif.height()) <= Limits.MOVING_SIDE
                && gif.pixels() <= Limits.MOVING_PIXELS;
        return calm ? moving(sent, gif) : tooMuch(gif);
    }

    private static Redrawn tooMuch(GifBlocks gif) {
        return new Redrawn.Refused(
                Redrawn.Reason.MOTION, gif.frames().size(), gif.centis() / 100.0, gif.width(), gif.height());
    }

    private static Redrawn still(byte[] sent, GifBlocks gif) throws IOException {
        var frame = gif.frames().getFirst();
        var screen = new BufferedImage(gif.width(), gif.height(), BufferedImage.TYPE_INT_ARGB);
        var pen = screen.createGraphics();
        var reader = Still.reader(Format.GIF);
        try (var input = ImageIO.createImageInputStream(new ByteArrayInputStream(sent))) {
            reader.setInput(input);
            pen.drawImage(reader.read(0), frame.left(), frame.top(), null);
        } finally {
            reader.dispose();
            pen.dispose();
        }
        return Still.drawn(screen, sent, Format.GIF);
    }

    private static Redrawn moving(byte[] sent, GifBlocks gif) throws IOException {
        var out = new ByteArrayOutputStream();
        var reader = Still.reader(Format.GIF);
        var writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (var input = ImageIO.createImageInputStream(new ByteArrayInputStream(sent));
                var output = ImageIO.createImageOutputStream(out)) {
            reader.setInput(input);
            writer.setOutput(output);
            writer.prepareWriteSequence(screen(writer, gif));
            for (int i = 0; i < gif.frames().size(); i++) {
                var frame = reader.read(i);
                writer.writeToSequence(new IIOImage(frame, null, about(writer, frame, gif, i)), null);
            }
            writer.endWriteSequence();
        } finally {
            reader.dispose();
            writer.dispose();
        }
        return out.size() > Limits.MOVING_BYTES
                ? tooMuch(gif)
                : new Redrawn.Picture(
                        Format.GIF, gif.width(), gif.height(), gif.frames().size(), gif.centis(), out.toByteArray());
    }

    private static IIOMetadata screen(ImageWriter writer, GifBlocks gif) throws IOException {
        var screen = writer.getDefaultStreamMetadata(null);
        var root = new IIOMetadataNode("javax_imageio_gif_stream_1.0");
        var size = node(root, "LogicalScreenDescriptor");
        size.setAttribute("logicalScreenWidth", Integer.toString(gif.width()));
        size.setAttribute("logicalScreenHeight", Integer.toString(gif.height()));
        size.setAttribute("colorResolution", "8");
        size.setAttribute("pixelAspectRatio", "0");
        screen.mergeTree(root.getNodeName(), root);
        return screen;
    }

    private static IIOMetadata about(ImageWriter writer, BufferedImage image, GifBlocks gif, int index)
            throws IOException {
        var frame = gif.frames().get(index);
        var about = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
        var root = new IIOMetadataNode("javax_imageio_gif_image_1.0");
        var place = node(root, "ImageDescriptor");
        place.setAttribute("imageLeftPosition", Integer.toString(frame.left()));
        place.setAttribute("imageTopPosition", Integer.toString(frame.top()));
        place.setAttribute("imageWidth", Integer.toString(frame.width()));
        place.setAttribute("imageHeight", Integer.toString(frame.height()));
        place.setAttribute("interlaceFlag", "FALSE");
        var control = node(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", DISPOSAL[frame.disposal()]);
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", frame.transparent().isPresent() ? "TRUE" : "FALSE");
        control.setAttribute(
                "transparentColorIndex", Integer.toString(frame.transparent().orElse(0)));
        control.setAttribute("delayTime", Integer.toString(frame.centis()));
        int repetitions = Limits.MOTION_CENTIS / gif.centis() - 1;
        if (index == 0 && repetitions > 0) {
            var repeat = node(node(root, "ApplicationExtensions"), "ApplicationExtension");
            repeat.setAttribute("applicationID", "NETSCAPE");
            repeat.setAttribute("authenticationCode", "2.0");
            repeat.setUserObject(new byte[] {1, (byte) repetitions, (byte) (repetitions >> 8)});
        }
        about.mergeTree(root.getNodeName(), root);
        return about;
    }

    private static IIOMetadataNode node(IIOMetadataNode parent, String name) {
        var node = new IIOMetadataNode(name);
        parent.appendChild(node);
        return node;
    }
}
