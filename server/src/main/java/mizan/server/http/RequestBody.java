package mizan.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The body of a request as its route takes it: of that kind, and no larger.
final class RequestBody {
    private RequestBody() {}

    static byte[] read(ServerRequest request, Route route) {
        if (!route.packed() && request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
            throw Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "content-encoding")
                    .refused();
        }
        if (route.body() == Route.Body.JSON
                && request.headers()
                        .first(HeaderNames.CONTENT_TYPE)
                        .map(t -> t.toLowerCase(Locale.ROOT))
                        .filter(t -> t.startsWith("application/json")
                                || t.startsWith("application/activity+json")
                                || t.startsWith("application/ld+json")
                                || t.startsWith("application/merge-patch+json")
                                || route.moreTypes().stream().anyMatch(t::startsWith))
                        .isEmpty()) {
            var types = Stream.concat(Stream.of("application/json"), route.moreTypes().stream());
            throw Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, types.collect(Collectors.joining(", ")))
                    .refused();
        }
        if (route.body() == Route.Body.FORM
                && request.headers()
                        .first(HeaderNames.CONTENT_TYPE)
                        .filter(t -> t.startsWith(FormBody.MEDIA_TYPE) || t.startsWith(MultipartBody.MEDIA_TYPE))
                        .isEmpty()) {
            throw Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, FormBody.MEDIA_TYPE)
                    .refused();
        }
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        var bytes = pieces(request, mostOf(request, route));
        if (bytes.length > route.maxBody()) {
            throw Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, String.valueOf(route.maxBody()))
                    .refused();
        }
        return bytes;
    }

    /// How large a body can be: as large as it says, which HTTP holds it to, or as the route takes.
    static int mostOf(ServerRequest request, Route route) {
        if (!request.content().hasEntity()) {
            return 0;
        }
        int most = route.maxBody() + 1;
        try {
            long told = request.headers().contentLength().orElse(most);
            if (told >= 0) {
                return (int) Math.min(most, told);
            }
        } catch (RuntimeException _) {
            // The length is no number.
        }
        throw Problem.of(ProblemCode.MALFORMED_REQUEST, "content-length").refused();
    }

    private static byte[] pieces(ServerRequest request, int most) {
        try (InputStream in = request.content().inputStream()) {
            var first = in.readNBytes(Math.min(most, Sending.PIECE));
            if (first.length < Sending.PIECE) {
                return first;
            }
            var all = new ByteArrayOutputStream(2 * Sending.PIECE);
            for (var piece = first;
                    piece.length > 0;
                    piece = in.readNBytes(Math.min(most - all.size(), Sending.PIECE))) {
                all.writeBytes(piece);
                PatientConnections.moved();
            }
            return all.toByteArray();
        } catch (IOException | UncheckedIOException _) {
            throw Problem.of(ProblemCode.REQUEST_TIMEOUT).refused();
        } catch (RuntimeException _) {
            // The server's way to say that chunks are malformed or that the body ends before its length.
            throw Problem.of(ProblemCode.MALFORMED_REQUEST).refused();
        }
    }
}
