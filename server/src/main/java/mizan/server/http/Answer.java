package mizan.server.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// What a route answers.
///
/// @param contentType empty when there is no body
/// @param headers lower-case names; one value each, only cookies may be several, a line each
/// @param repeated what a repetition with the same `Idempotency-Key` is answered, where this answer holds a
///     secret that must not be kept
/// @param traces what was changed, for the audit log
@SuppressWarnings("ArrayRecordComponent") // Written once to a socket; nobody compares answers.
public record Answer(
        int status,
        String contentType,
        byte[] body,
        Map<String, String> headers,
        Optional<Answer> repeated,
        List<Trace> traces) {
    /// The media type of most answers.
    static final String JSON = "application/json";

    private static final String COOKIE = "set-cookie";

    public Answer {
        headers = Map.copyOf(headers);
        traces = List.copyOf(traces);
    }

    public Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, Optional.empty(), List.of());
    }

    public static Answer json(int status, JsonNode json) {
        return new Answer(status, JSON, StrictJson.bytes(json), Map.of());
    }

    /// JSON that is written straight into bytes, where making a tree of it first would cost too much.
    public static Answer written(Consumer<JsonGenerator> json) {
        return new Answer(200, JSON, StrictJson.written(json), Map.of());
    }

    public static Answer html(int status, String html) {
        return new Answer(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public static Answer bytes(int status, String contentType, byte[] body) {
        return new Answer(status, contentType, body, Map.of());
    }

    public static Answer empty(int status) {
        return new Answer(status, "", new byte[0], Map.of());
    }

    /// @param location built by the server, never taken from the request
    public static Answer redirect(int status, String location) {
        return empty(status).with("location", location);
    }

    public Answer with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more, repeated, traces);
    }

    /// Gives the browser one more cookie.
    public Answer withCookie(String cookie) {
        return with(COOKIE, headers.containsKey(COOKIE) ? headers.get(COOKIE) + '\n' + cookie : cookie);
    }

    public Answer with(Map<String, String> moreHeaders) {
        var more = new HashMap<>(headers);
        more.putAll(moreHeaders);
        return new Answer(status, contentType, body, more, repeated, traces);
    }

    /// The same answer, whose repetition is another one.
    public Answer onceOnly(Answer later) {
        return new Answer(status, contentType, body, headers, Optional.of(later), traces);
    }

    /// The same answer, and what it changed.
    public Answer tracing(Trace changed) {
        return tracing(List.of(changed));
    }

    /// The same answer, and each thing it changed: one line of the audit log a thing.
    public Answer tracing(List<Trace> changed) {
        return new Answer(status, contentType, body, headers, repeated, changed);
    }
}
