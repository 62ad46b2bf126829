package mizan.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/// Refusals of requests that never reach a route, because they are not HTTP that can be read. They look like
/// all others: a client has one form of refusal to understand, and hears nothing of the parser's insides.
final class BrokenHttp implements DirectHandler {
    private final Ids ids;

    private BrokenHttp(Ids ids) {
        this.ids = ids;
    }

    static DirectHandlers handlers(Ids ids) {
        var handlers = DirectHandlers.builder();
        for (var kind : EventType.values()) {
            handlers.addHandler(kind, new BrokenHttp(ids));
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType kind,
            Status status,
            ServerResponseHeaders responseHeaders,
            String message) {
        var language = Edge.language(request.headers().first(HeaderNames.ACCEPT_LANGUAGE));
        var code = code(status.code());
        var requestId = ids.next("req");
        var json = StrictJson.bytes(Problem.of(code).json(language, request.path(), requestId));
        return TransportResponse.builder()
                .status(Status.create(code.status()))
                .headers(responseHeaders)
                .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .header(HeaderNames.CONTENT_LANGUAGE, language)
                .header(HeaderNames.create("request-id"), requestId)
                .header(HeaderNames.create("x-content-type-options"), "nosniff")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .keepAlive(kind.keepAlive())
                .entity(json)
                .build();
    }

    /// A status that has no code of its own is answered as the nearest one: the client's fault stays its
    /// fault.
    private static ProblemCode code(int status) {
        return switch (status) {
            case 404 -> ProblemCode.NOT_FOUND;
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 408 -> ProblemCode.REQUEST_TIMEOUT;
            case 413 -> ProblemCode.PAYLOAD_TOO_LARGE;
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
            case 414, 431 -> ProblemCode.HEADERS_TOO_LARGE;
            // 505 says "not this version of HTTP", which the client chose.
            default -> status >= 500 && status != 505 ? ProblemCode.INTERNAL : ProblemCode.MALFORMED_REQUEST;
        };
    }
}
