package mizan.server.reading.pull;

import mizan.server.http.Refused;
import mizan.server.http.StrictJson;
import mizan.server.reading.pull.Outbound.Fetched;
import mizan.server.reading.pull.Outbound.Unreachable;
import tools.jackson.databind.node.ObjectNode;

/// What is asked of every answer before it is read.
final class Answers {
    private Answers() {}

    static void requireOk(Fetched fetched) throws Unreachable {
        if (fetched.status() != 200) {
            var later = fetched.retryAfter().map(r -> ", try again after " + r).orElse("");
            throw new Unreachable(fetched.from().getHost() + ": status " + fetched.status() + later);
        }
    }

    static ObjectNode object(Fetched fetched) throws Unreachable {
        requireOk(fetched);
        try {
            return StrictJson.object(fetched.body());
        } catch (Refused refused) {
            throw new Unreachable(fetched.from().getHost() + ": "
                    + refused.problem().code().text() + " "
                    + String.join(" ", refused.problem().args()));
        }
    }
}
