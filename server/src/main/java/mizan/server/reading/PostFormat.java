package mizan.server.reading;

import java.util.Locale;
import java.util.Optional;

/// The forms in which posts come.
public enum PostFormat {
    /// Mizan's own, and whatever a JSON body shows itself to be.
    JSON,
    ACTIVITYSTREAMS,
    ATPROTO,
    /// RSS or Atom.
    FEED,
    JSONFEED;

    /// The form that a media type stands for; empty for one that is not read.
    public static Optional<PostFormat> ofMediaType(String type) {
        var bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (bare) {
            case "application/json", "text/json" -> Optional.of(JSON);
            case "application/activity+json", "application/ld+json" -> Optional.of(ACTIVITYSTREAMS);
            case "application/feed+json" -> Optional.of(JSONFEED);
            case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml" ->
                Optional.of(FEED);
            default -> Optional.empty();
        };
    }

    /// The form of this name, such as `atproto`.
    public static Optional<PostFormat> named(String name) {
        for (var format : values()) {
            if (format.name().equalsIgnoreCase(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
