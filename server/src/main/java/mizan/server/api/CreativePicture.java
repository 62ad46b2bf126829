package mizan.server.api;

import java.util.List;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.picture.Pictures;
import tools.jackson.databind.node.ObjectNode;

/// The picture that a creative names: one that is kept, and what is known of it. A sender says its name and its words;
/// its size is ours to say, because decisions rest on it.
final class CreativePicture {
    private CreativePicture() {}

    /// @param sent fields of a wish for a creative, which get the size and the motion of the picture they name
    /// @throws mizan.server.http.Refused when it is not kept, or its size was sent
    static void describe(Pictures pictures, ObjectNode sent) {
        if (!(sent.get("picture") instanceof ObjectNode picture)) {
            return;
        }
        for (var ours : List.of("width", "height", "moving")) {
            if (picture.has(ours)) {
                throw Problem.of(ProblemCode.READ_ONLY_FIELD)
                        .at("/picture/" + ours)
                        .refused();
            }
        }
        var name = picture.get("name");
        if (name == null || !name.isString()) {
            return;
        }
        var stored = pictures.find(name.stringValue())
                .orElseThrow(() -> Problem.of(ProblemCode.UNKNOWN_REFERENCE, "picture")
                        .at("/picture/name")
                        .refused());
        picture.put("width", stored.width()).put("height", stored.height()).put("moving", stored.moving());
    }
}
