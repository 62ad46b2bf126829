package mizan.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import mizan.server.http.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// The shapes of bodies, written by hand in `mizan/api/schemas.json`; a test compares them with what the
/// server answers.
final class Schemas {
    private Schemas() {}

    static ObjectNode load() {
        try (var in = Schemas.class.getResourceAsStream("/mizan/api/schemas.json")) {
            if (in == null) {
                throw new IllegalStateException("schemas.json is not in the program");
            }
            return StrictJson.own(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
