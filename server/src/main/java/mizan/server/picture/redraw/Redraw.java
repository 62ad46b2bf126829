package mizan.server.picture.redraw;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import javax.imageio.ImageIO;

/// Reads something that was sent as a picture and draws it anew. As a program it reads from its input and writes to its
/// output, and touches nothing else.
public final class Redraw {
    private static final int MAX_FACTS = 4;

    private Redraw() {}

    /// Takes what was sent from the input to its end.
    public static void main(String[] arguments) throws IOException {
        var sent = System.in.readNBytes(Limits.SENT_BYTES + 1);
        write(of(sent), System.out);
    }

    /// @param sent at most [Limits#SENT_BYTES]
    public static Redrawn of(byte[] sent) {
        var format = Format.of(sent);
        if (format.isEmpty()) {
            return new Redrawn.Refused(Redrawn.Reason.NOT_A_PICTURE, Format.other(sent));
        }
        if (Format.holdsAProgram(sent)) {
            return new Redrawn.Refused(Redrawn.Reason.HOLDS_A_PROGRAM);
        }
        // What is kept in files would need a disk.
        ImageIO.setUseCache(false);
        try {
            return switch (format.get()) {
                case PNG ->
                    switch (PngChunks.of(sent)) {
                        case WHOLE -> Still.of(sent, Format.PNG);
                        case ANIMATED -> new Redrawn.Refused(Redrawn.Reason.NOT_A_PICTURE, "APNG");
                        case DAMAGED -> new Redrawn.Refused(Redrawn.Reason.UNREADABLE);
                    };
                case WEBP ->
                    isMovingWebp(sent)
                            ? new Redrawn.Refused(Redrawn.Reason.NOT_A_PICTURE, "WebP (animated)")
                            : Still.of(sent, Format.WEBP);
                case JPEG -> Still.of(sent, Format.JPEG);
                case GIF -> Moving.of(sent);
            };
        } catch (IOException | RuntimeException _) {
            // Readers of damaged pictures fail in any way there is.
            return new Redrawn.Refused(Redrawn.Reason.UNREADABLE);
        }
    }

    /// The animation flag of the extended form (RFC 9649, section 2.7).
    private static boolean isMovingWebp(byte[] webp) {
        return webp.length > 20 && webp[12] == 'V' && webp[15] == 'X' && (webp[20] & 2) != 0;
    }

    static void write(Redrawn redrawn, OutputStream to) throws IOException {
        var out = new DataOutputStream(to);
        switch (redrawn) {
            case Redrawn.Picture(var format, var width, var height, var frames, var centis, var bytes) -> {
                out.writeUTF(format.name());
                out.writeInt(width);
                out.writeInt(height);
                out.writeInt(frames);
                out.writeInt(centis);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            case Redrawn.Refused(var reason, var facts) -> {
                out.writeUTF("");
                out.writeUTF(reason.name());
                out.writeInt(facts.size());
                for (var fact : facts) {
                    out.writeUTF(fact);
                }
            }
        }
        out.flush();
    }

    /// What the program wrote. It may be in the hands of what it read, so nothing of it is believed.
    ///
    /// @throws IOException when it is cut short or says what cannot be
    public static Redrawn read(InputStream from) throws IOException {
        var in = new DataInputStream(from);
        var format = in.readUTF();
        try {
            return format.isEmpty() ? refused(in) : picture(Format.valueOf(format), in);
        } catch (IllegalArgumentException e) {
            throw new IOException("the helper said what it cannot mean", e);
        }
    }

    private static Redrawn.Refused refused(DataInputStream in) throws IOException {
        var reason = Redrawn.Reason.valueOf(in.readUTF());
        var facts = new ArrayList<String>();
        for (int left = Math.min(in.readInt(), MAX_FACTS); left > 0; left--) {
            facts.add(in.readUTF().replaceAll("[^A-Za-z0-9 ().?]", ""));
        }
        return new Redrawn.Refused(reason, facts);
    }

    private static Redrawn.Picture picture(Format format, DataInputStream in) throws IOException {
        int width = in.readInt();
        int height = in.readInt();
        int frames = in.readInt();
        int centis = in.readInt();
        int length = in.readInt();
        if (length < 1 || length > Limits.MOVING_BYTES) {
            throw new IllegalArgumentException("of " + length + " bytes");
        }
        var bytes = in.readNBytes(length);
        boolean sound = bytes.length == length
                && format != Format.WEBP
                && Format.of(bytes).filter(format::equals).isPresent()
                && !Format.holdsAProgram(bytes)
                && width >= 1
                && height >= 1
                && width <= Limits.KEPT_SIDE
                && height <= Limits.KEPT_SIDE
                && frames >= 1
                && frames <= Limits.FRAMES
                && centis >= 0
                && centis <= Limits.MOTION_CENTIS;
        if (!sound) {
            throw new IllegalArgumentException("not a clean picture");
        }
        return new Redrawn.Picture(format, width, height, frames, centis, bytes);
    }
}
