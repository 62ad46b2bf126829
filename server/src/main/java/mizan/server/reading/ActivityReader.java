package mizan.server.reading;

import java.util.List;
import java.util.Set;
import mizan.server.http.ProblemCode;
import tools.jackson.databind.JsonNode;

/// Reads ActivityStreams 2.0 as servers send it (https://www.w3.org/TR/activitystreams-vocabulary/): an object
/// by itself, or inside the activity that brought it.
///
/// A plain reader of JSON, not of JSON-LD: the servers of the fediverse write one compact form, and a remote
/// context is one more address that a stranger could make this server fetch.
final class ActivityReader {
    private static final Set<String> OBJECTS =
            Set.of("Note", "Article", "Page", "Question", "Video", "Audio", "Image", "Document", "Event");
    /// A community passes on an activity that brings an object: three levels, and one to be generous.
    private static final int MAX_NESTED = 4;

    private ActivityReader() {}

    /// Whether this looks like an ActivityStreams object.
    static boolean knows(JsonNode json) {
        return json.has("@context") || json.has("@type") || json.has("attributedTo");
    }

    /// Pointers into a body with long names name the short ones.
    static Reading read(JsonNode json, String pointer) {
        return read(new Place(CompactForm.of(json), pointer, new Findings()), Envelope.NONE, 1);
    }

    private static Reading read(Place thing, Envelope around, int nested) {
        if (!thing.node().isObject()) {
            thing.refuse(thing.given() ? ProblemCode.WRONG_TYPE : ProblemCode.REQUIRED, "an object");
            return thing.findings().broken();
        }
        var types = thing.at("type").each().stream()
                .flatMap(t -> t.text().stream())
                .map(ActivityReader::bare)
                .toList();
        if (types.isEmpty()) {
            thing.at("type").refuse(ProblemCode.REQUIRED);
            return thing.findings().broken();
        }
        var object = types.stream().filter(OBJECTS::contains).findFirst();
        if (object.isPresent()) {
            return ActivityObject.read(thing, object.get(), around);
        }
        return switch (types.getFirst()) {
            case "Create", "Update" -> inner(thing, around, nested);
            case "Announce" -> announced(thing, around, nested);
            case "Delete" -> gone(thing, thing.at("object"));
            case "Tombstone" -> gone(thing, thing);
            case "Undo" -> undone(thing);
            default -> new Reading.NoPost(types.getFirst(), thing.at("type").pointer());
        };
    }

    /// Some servers write `as:Note` or the whole address.
    private static String bare(String type) {
        return type.substring(Math.max(type.lastIndexOf(':'), type.lastIndexOf('#')) + 1);
    }

    private static Reading inner(Place activity, Envelope around, int nested) {
        var object = activity.at("object").each();
        if (object.size() != 1 || !object.getFirst().node().isObject() || nested == MAX_NESTED) {
            activity.at("object")
                    .refuse(
                            activity.at("object").given() ? ProblemCode.WRONG_TYPE : ProblemCode.REQUIRED,
                            "one object, not its address");
            return activity.findings().broken();
        }
        return read(object.getFirst(), Envelope.of(activity, around), nested + 1);
    }

    /// A person passes on a post, or a community an activity of a member.
    private static Reading announced(Place activity, Envelope around, int nested) {
        var object = activity.at("object").each().stream().findFirst();
        if (object.isPresent()
                && object.get().node().isObject()
                && object.get().at("object").given()) {
            return inner(activity, Envelope.ofCommunity(activity, around), nested);
        }
        var repost = Repost.of(activity);
        if (object.isEmpty() || !object.get().node().isObject() || nested == MAX_NESTED || !repost.sound()) {
            return repost.alone();
        }
        return read(object.get(), Envelope.of(activity, around), nested + 1) instanceof Reading.Post(var original)
                ? repost.of(original)
                : repost.alone();
    }

    private static Reading gone(Place activity, Place what) {
        var id = what.each().stream().flatMap(p -> p.id().stream()).findFirst();
        if (id.isEmpty()) {
            what.refuse(what.given() ? ProblemCode.INVALID_VALUE : ProblemCode.REQUIRED, "the id of what is deleted");
            return activity.findings().broken();
        }
        var by = activity.at("actor").id();
        var at = what.at("deleted").time().or(() -> activity.at("published").time());
        return new Reading.Gone(id.get(), by, at);
    }

    /// Taking back a like says nothing about a post; taking back a repost ends the repost.
    private static Reading undone(Place activity) {
        var object = activity.at("object");
        var type = object.at("type").text().orElse("");
        return List.of("Announce", "Create").contains(type)
                ? gone(activity, object)
                : new Reading.NoPost("Undo", activity.at("type").pointer());
    }
}
