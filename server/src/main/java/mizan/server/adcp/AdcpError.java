package mizan.server.adcp;

import java.util.Optional;
import mizan.server.http.Problem;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a buying agent asked for and does not get, in the standard's codes (AdCP 3.0, `enums/error-code.json`).
final class AdcpError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;
    private final String said;
    private final String field;

    /// @param field the argument at fault; empty when it is none
    AdcpError(String code, String message, String field) {
        super(message, null, false, false);
        this.code = code;
        this.said = message;
        this.field = field;
    }

    static AdcpError of(String code, String message) {
        return new AdcpError(code, message, "");
    }

    static AdcpError invalid(String field, String message) {
        return new AdcpError("INVALID_REQUEST", field + ": " + message, field);
    }

    static AdcpError unsupported(String field, String message) {
        return new AdcpError("UNSUPPORTED_FEATURE", field + ": " + message, field);
    }

    /// What the book refused.
    static AdcpError of(Problem problem) {
        var code = switch (problem.code()) {
            case FORBIDDEN, SECOND_PERSON_REQUIRED -> "PERMISSION_DENIED";
            case NOT_FOUND -> "REFERENCE_NOT_FOUND";
            case STATE_CONFLICT, PRECONDITION_FAILED -> "CONFLICT";
            case STORAGE_STOPPED, OVERLOADED -> "SERVICE_UNAVAILABLE";
            default -> "VALIDATION_ERROR";
        };
        var json = problem.json("en", "/mcp", "");
        var said = json.path("errors")
                .path(0)
                .path("detail")
                .asString(json.path("detail").asString(""));
        var where = problem.param().orElse("");
        return new AdcpError(code, where.isEmpty() ? said : where + ": " + said, where);
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode().put("code", code).put("message", said);
        // Whoever stole a key learns nothing of what it was used for, not even in which way to try on (AdCP,
        // idempotency).
        if (code.equals("IDEMPOTENCY_CONFLICT")) {
            return json;
        }
        Optional.of(field).filter(f -> !f.isEmpty()).ifPresent(f -> json.put("field", f));
        return json.put(
                "recovery",
                switch (code) {
                    case "SERVICE_UNAVAILABLE", "RATE_LIMITED" -> "transient";
                    case "ACCOUNT_NOT_FOUND", "PERMISSION_DENIED", "ACCOUNT_SUSPENDED" -> "terminal";
                    default -> "correctable";
                });
    }
}
