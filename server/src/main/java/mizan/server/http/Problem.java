package mizan.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A refusal as RFC 9457 `application/problem+json`, before it is put into the reader's language.
///
/// @param args fill the detail's places `{0}`, `{1}`; never secrets, they are echoed
/// @param param the field, parameter or header at fault; a JSON pointer for a body
/// @param errors every field error at once
/// @param headers such as `retry-after`
public record Problem(
        ProblemCode code,
        List<String> args,
        Optional<String> param,
        List<FieldError> errors,
        Map<String, String> headers) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /// One field at fault.
    ///
    /// @param param JSON pointer (RFC 6901) into the body
    public record FieldError(String param, ProblemCode code, List<String> args) {}

    public Problem {
        args = List.copyOf(args);
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    public static Problem of(ProblemCode code, String... args) {
        return new Problem(code, List.of(args), Optional.empty(), List.of(), Map.of());
    }

    /// Field errors as one problem: its code is theirs when they agree.
    public static Problem of(List<FieldError> errors) {
        var first = errors.getFirst();
        boolean same = errors.stream().allMatch(e -> e.code() == first.code());
        var code = same ? first.code() : ProblemCode.VALIDATION_FAILED;
        var args = same ? first.args() : List.of(Integer.toString(errors.size()));
        return new Problem(code, args, Optional.of(first.param()), errors, Map.of());
    }

    public Problem at(String where) {
        return new Problem(code, args, Optional.of(where), errors, headers);
    }

    public Problem with(String header, String value) {
        var more = new java.util.HashMap<>(headers);
        more.put(header, value);
        return new Problem(code, args, param, errors, more);
    }

    /// An exception that the edge turns into this problem.
    public Refused refused() {
        return new Refused(this);
    }

    /// What is wrong, in words.
    public String detail(String language) {
        return ProblemWords.in(language).detail(code, args);
    }

    /// The members that clients read.
    ///
    /// @param instance the request's path
    public ObjectNode json(String language, String instance, String requestId) {
        var words = ProblemWords.in(language);
        var json = JsonNodeFactory.instance.objectNode();
        json.put("type", "/problems/" + code.text());
        json.put("title", words.title(code));
        json.put("status", code.status());
        json.put("detail", words.detail(code, args));
        json.put("instance", instance);
        json.put("code", code.text());
        param.ifPresent(p -> json.put("param", p));
        json.put("request_id", requestId);
        json.put("doc_url", "/problems/" + code.text());
        if (!errors.isEmpty()) {
            var list = json.putArray("errors");
            for (var error : new ArrayList<>(errors)) {
                list.addObject()
                        .put("param", error.param())
                        .put("code", error.code().text())
                        .put("detail", words.detail(error.code(), error.args()));
            }
        }
        return json;
    }
}
