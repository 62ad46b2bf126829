package mizan.server.http;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// One request, authorised and within its limits.
///
/// @param path the template's parameters
/// @param query each parameter's only value; a repeated one was refused
/// @param body raw bytes, empty when none
/// @param csrf what forms of the caller's session carry; empty without one
/// @param language `ar` or `en`
/// @param from the address at the other end of the connection; what a proxy on this machine says of it is believed
/// @param headers a request header's first value by name
@SuppressWarnings("ArrayRecordComponent") // Read once by its handler; nobody compares calls.
public record Call(
        Route route,
        String address,
        Map<String, String> path,
        Map<String, String> query,
        byte[] body,
        Optional<Principal> caller,
        String csrf,
        String language,
        String requestId,
        String from,
        Function<String, Optional<String>> headers) {

    Call with(byte[] sent) {
        return new Call(route, address, path, query, sent, caller, csrf, language, requestId, from, headers);
    }

    /// The caller of a route that needs a scope.
    public Principal principal() {
        return caller.orElseThrow(() -> Problem.of(ProblemCode.UNAUTHENTICATED).refused());
    }

    public Mode mode() {
        return principal().mode();
    }

    public ObjectNode json() {
        return StrictJson.object(body);
    }

    /// The JSON body as fields that collect their errors; call [Fields#done] when all are read.
    public Fields fields() {
        return Fields.of(json());
    }

    /// The fields of an HTML form; each once, without its token.
    public Map<String, String> form() {
        return FormBody.read(header("content-type").orElse(""), body);
    }

    /// What an HTML form sent as a file; empty when there is none, or it is an empty one.
    public Optional<byte[]> file(String name) {
        var type = header("content-type").orElse("");
        return type.startsWith(MultipartBody.MEDIA_TYPE)
                ? Optional.ofNullable(MultipartBody.parts(type, body).get(name)).filter(file -> file.length > 0)
                : Optional.empty();
    }

    public String param(String name) {
        var value = path.get(name);
        if (value == null) {
            throw new IllegalStateException(route.path() + " has no {" + name + "}");
        }
        return value;
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    public Optional<String> header(String name) {
        return headers.apply(name);
    }
}
