package mizan.server.reading;

import java.util.Locale;
import java.util.Optional;

/// A picture, sound or film that comes with a post.
///
/// @param type the media type, where it is known
/// @param address where it is, where that is known
/// @param description what it shows, for those who cannot see it: the alternative text or caption
public record Media(Kind kind, Optional<String> type, Optional<String> address, Optional<String> description) {
    /// Most media that are read of one post; servers allow 4 to 32.
    public static final int MAX = 64;

    /// What it is to a reader.
    public enum Kind {
        PICTURE,
        /// A picture that moves by itself, such as a GIF.
        ANIMATION,
        FILM,
        SOUND,
        OTHER;

        /// By media type first, then by what the sender calls it (`Image`, `Video`, ...).
        static Kind of(Optional<String> type, String said) {
            var t = type.orElse("").toLowerCase(Locale.ROOT);
            if (t.equals("image/gif") || t.equals("image/apng")) {
                return ANIMATION;
            }
            if (t.startsWith("image/") || (t.isEmpty() && said.equals("Image"))) {
                return PICTURE;
            }
            if (t.startsWith("video/") || t.equals("application/x-mpegurl") || (t.isEmpty() && said.equals("Video"))) {
                return FILM;
            }
            return t.startsWith("audio/") || (t.isEmpty() && said.equals("Audio")) ? SOUND : OTHER;
        }
    }
}
