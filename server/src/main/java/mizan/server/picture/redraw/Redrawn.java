package mizan.server.picture.redraw;

import java.util.List;

/// What became of something that was sent as a picture.
public sealed interface Redrawn {
    /// A clean picture.
    ///
    /// @param format PNG, JPEG or GIF
    /// @param frames more than one when it moves
    /// @param centis how long one pass of its motion takes, in hundredths of a second; 0 when it stands still
    @SuppressWarnings("ArrayRecordComponent") // Handed on once; nobody compares pictures.
    record Picture(Format format, int width, int height, int frames, int centis, byte[] bytes) implements Redrawn {}

    /// It is not taken.
    ///
    /// @param facts what the reason is about, such as its size; never its content
    record Refused(Reason reason, List<String> facts) implements Redrawn {
        Refused(Reason reason, Object... facts) {
            this(reason, List.of(facts).stream().map(Object::toString).toList());
        }

        public Refused {
            facts = List.copyOf(facts);
        }
    }

    /// Why.
    enum Reason {
        /// Something else; the fact is what.
        NOT_A_PICTURE,
        /// Holds a page or a program beside the picture.
        HOLDS_A_PROGRAM,
        /// Cut short, damaged or empty.
        UNREADABLE,
        /// Too small or too large; the facts are its width and height.
        SIZE,
        /// Too tall or too wide; the facts are its width and height.
        SHAPE,
        /// Moves for too long or in too many or too large frames; the facts are frames, seconds, width, height.
        MOTION,
        /// Took more time or memory than a picture needs.
        TOO_MUCH_WORK
    }
}
