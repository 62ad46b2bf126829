package mizan.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import mizan.server.http.Answer;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;

/// The feed SDK, as modules that a page of any origin may load.
public final class SdkRoutes {
    private static final String FOLDER = "/mizan/sdk/";
    private static final Set<String> MODULES =
            Set.of("mizan.js", "element.js", "beacons.js", "viewability.js", "draw.js", "words.js");

    public List<Route> routes() {
        return List.of(Route.get("/sdk/{file}", "sdk", call -> module(call.param("file")))
                .everybody());
    }

    private static Answer module(String name) {
        if (!MODULES.contains(name)) {
            throw Problem.of(ProblemCode.NOT_FOUND).refused();
        }
        try (var in = SdkRoutes.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the SDK's " + name + " is not in the program");
            }
            return Answer.bytes(200, "text/javascript; charset=utf-8", in.readAllBytes())
                    .with("access-control-allow-origin", "*")
                    .with("cross-origin-resource-policy", "cross-origin")
                    .with("cache-control", "public, max-age=3600");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
