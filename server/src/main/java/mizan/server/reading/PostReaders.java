package mizan.server.reading;

import java.util.List;
import java.util.Optional;
import mizan.server.http.StrictJson;
import tools.jackson.databind.JsonNode;

/// Reads what servers send, by its form.
public final class PostReaders {
    /// Items of one feed that are read.
    public static final int MAX_ITEMS = 1_000;

    private PostReaders() {}

    /// The readings of a body in their order; a broken one does not keep others from being read.
    ///
    /// @throws mizan.server.http.Refused where the body is not JSON, or beyond its limits
    public static List<Reading> read(PostFormat format, byte[] body) {
        return format == PostFormat.FEED ? FeedReader.read(body) : read(format, StrictJson.value(body), "");
    }

    /// @param pointer where this value stands in what was sent
    public static List<Reading> read(PostFormat format, JsonNode json, String pointer) {
        return switch (format) {
            case JSON -> recognised(json).map(f -> read(f, json, pointer)).orElse(List.of());
            case ACTIVITYSTREAMS -> List.of(ActivityReader.read(json, pointer));
            case ATPROTO -> List.of(AtprotoReader.read(json, pointer));
            case JSONFEED -> JsonFeedReader.read(json);
            case FEED -> throw new IllegalArgumentException("a feed in XML is no JSON");
        };
    }

    /// The form that this JSON shows itself to be in; empty when it is none of those that others define.
    public static Optional<PostFormat> recognised(JsonNode json) {
        if (!json.isObject()) {
            return Optional.empty();
        }
        if (ActivityReader.knows(json)) {
            return Optional.of(PostFormat.ACTIVITYSTREAMS);
        }
        if (JsonFeedReader.knows(json)) {
            return Optional.of(PostFormat.JSONFEED);
        }
        return AtprotoReader.knows(json) ? Optional.of(PostFormat.ATPROTO) : Optional.empty();
    }
}
