package mizan.server.picture;

import java.time.Instant;
import java.util.Optional;
import mizan.server.picture.redraw.Format;

/// A picture that is kept.
///
/// @param name SHA-256 of its bytes in hex, a dot and the suffix of its format
/// @param source SHA-256 of what was sent, so that sending it again costs nothing
/// @param frames more than one when it moves
/// @param centis how long one pass of its motion takes, in hundredths of a second
/// @param size in bytes
/// @param tenant the advertiser who sent it first; empty for the platform
public record StoredPicture(
        String name,
        String source,
        int width,
        int height,
        int frames,
        int centis,
        int size,
        Instant addedAt,
        Optional<String> tenant) {
    public boolean moving() {
        return frames > 1;
    }

    public String mediaType() {
        return mediaType(name);
    }

    /// What a name says; empty for one that is not ours.
    public static String mediaType(String name) {
        return Format.ofName(name).map(Format::mediaType).orElse("");
    }

    /// Where it is served.
    public String path() {
        return path(name);
    }

    public static String path(String name) {
        return "/pictures/" + name;
    }
}
