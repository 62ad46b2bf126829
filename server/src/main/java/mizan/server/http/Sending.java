package mizan.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// How an answer goes out: with what protects every answer, and long ones by pieces.
final class Sending {
    /// Bytes that come or go at once, of long bodies and answers: who moves less within the door's patience is cut.
    static final int PIECE = 32 << 10;

    /// What every answer carries.
    private static final List<Header> PROTECTION = List.of(
            HeaderValues.createCached("x-content-type-options", "nosniff"),
            HeaderValues.createCached("referrer-policy", "strict-origin-when-cross-origin"),
            HeaderValues.createCached("x-frame-options", "DENY"));
    /// What an answer carries unless it says otherwise.
    private static final Header NOTHING_MAY_LOAD =
            HeaderValues.createCached("content-security-policy", "default-src 'none'; frame-ancestors 'none'");

    private static final Header NO_STORE = HeaderValues.createCached("cache-control", "no-store");
    private static final Header JSON = HeaderValues.createCached("content-type", Answer.JSON);

    private Sending() {}

    static void send(ServerRequest request, ServerResponse response, Answer answer) throws IOException {
        response.status(Status.create(answer.status()));
        PROTECTION.forEach(response::header);
        if (!answer.headers().containsKey("content-security-policy")) {
            response.header(NOTHING_MAY_LOAD);
        }
        if (!answer.headers().containsKey("cache-control")) {
            response.header(NO_STORE);
        }
        answer.headers().forEach((name, value) -> response.header(name, value.split("\n")));
        if (answer.contentType().equals(Answer.JSON)) {
            response.header(JSON);
        } else if (!answer.contentType().isEmpty()) {
            response.header("content-type", answer.contentType());
        }
        if (request.prologue().method().text().equals("HEAD")) {
            response.header("content-length", Integer.toString(answer.body().length));
            response.send();
        } else if (answer.body().length <= PIECE) {
            response.send(answer.body());
        } else {
            sendByPieces(response, answer.body());
        }
    }

    /// A slow line is not cut as long as the pieces go.
    private static void sendByPieces(ServerResponse response, byte[] body) throws IOException {
        response.header("content-length", Integer.toString(body.length));
        try (var out = response.outputStream()) {
            for (int at = 0; at < body.length; at += PIECE) {
                // A copy, because Helidon 4.2 sends all that stands behind the piece too.
                out.write(Arrays.copyOfRange(body, at, Math.min(body.length, at + PIECE)));
                PatientConnections.moved();
            }
        }
    }
}
