package mizan.server.reading;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Whom an ActivityStreams object is for. Public is whoever has the public collection in `to` or `cc`
/// (https://www.w3.org/TR/activitypub/#public-addressing), in any of the spellings that are sent.
record Recipients(Audience audience, String pointer) {
    private static final Set<String> EVERYBODY = Set.of(
            "https://www.w3.org/ns/activitystreams#Public",
            "http://www.w3.org/ns/activitystreams#Public",
            "as:Public",
            "Public");

    static boolean isEverybody(String id) {
        return EVERYBODY.contains(id);
    }

    static Recipients of(Place object, Envelope around) {
        var own = Stream.of("to", "cc").map(object::at).filter(Place::given).toList();
        var fields = own.isEmpty() ? around.recipients() : own;
        if (object.at("directMessage").isTrue()) { // Friendica, which may leave the followers in `cc`
            return new Recipients(Audience.NAMED, object.at("directMessage").pointer());
        }
        var ids = fields.stream().flatMap(Place::ids).toList();
        var at =
                fields.isEmpty() ? object.at("to").pointer() : fields.getFirst().pointer();
        return new Recipients(audience(ids), at);
    }

    private static Audience audience(List<String> ids) {
        if (ids.stream().anyMatch(EVERYBODY::contains)) {
            return Audience.EVERYBODY;
        }
        if (ids.isEmpty()) {
            return Audience.NOBODY;
        }
        return ids.stream().anyMatch(id -> id.endsWith("/followers") || id.contains("/followers?"))
                ? Audience.FOLLOWERS
                : Audience.NAMED;
    }
}
