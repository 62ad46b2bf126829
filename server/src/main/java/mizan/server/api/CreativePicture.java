package mizan.server.api;

import java.util.List;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.picture.Pictures;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The pictures that a creative names: such as are kept, and what is known of them. A sender says names and words;
/// sizes are ours to say, because decisions rest on it.
final class CreativePicture {
    private CreativePicture() {}

    /// @param sent fields of a wish for a creative, which get the size and the motion of the picture they name
    /// @throws mizan.server.http.Refused when it is not kept, or its size was sent
    static void describe(Pictures pictures, ObjectNode sent) {
        if (sent.get("picture") instanceof ObjectNode picture) {
            describe(pictures, picture, "/picture");
        }
        if (sent.get("cards") instanceof ArrayNode cards) {
            for (int i = 0; i < cards.size(); i++) {
                if (cards.get(i).get("picture") instanceof ObjectNode picture) {
                    describe(pictures, picture, "/cards/" + i + "/picture");
                }
            }
        }
    }

    private static void describe(Pictures pictures, ObjectNode picture, String at) {
        for (var ours : List.of("width", "height", "moving")) {
            if (picture.has(ours)) {
                throw Problem.of(ProblemCode.READ_ONLY_FIELD)
                        .at(at + "/" + ours)
                        .refused();
            }
        }
        var name = picture.get("name");
        if (name == null || !name.isString()) {
            return;
        }
        var stored = pictures.find(name.stringValue())
                .orElseThrow(() -> Problem.of(ProblemCode.UNKNOWN_REFERENCE, "picture")
                        .at(at + "/name")
                        .refused());
        picture.put("width", stored.width()).put("height", stored.height()).put("moving", stored.moving());
    }
}
