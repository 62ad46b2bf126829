package mizan.server.console;

import mizan.server.console.page.Frame;
import mizan.server.console.words.Words;

/// What every template is given: the frame, the reader's words and the addresses of the static files.
public record Page(Frame frame, Words words, Assets assets) {
    /// One of six tints for a name, the same on every page, so that a logo-less advertiser can be told
    /// apart.
    public static String tint(String name) {
        return "tint-" + Math.floorMod(name.hashCode(), 6);
    }

    /// The first letter of a name, for its tile.
    public static String initial(String name) {
        var trimmed = name.strip();
        return trimmed.isEmpty() ? "?" : trimmed.substring(0, trimmed.offsetByCodePoints(0, 1));
    }
}
