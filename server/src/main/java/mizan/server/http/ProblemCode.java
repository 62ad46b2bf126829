package mizan.server.http;

import java.util.Locale;

/// Every refusal the API knows. Names are stable: clients branch on them. Titles and details are in
/// `mizan/problems/{en,ar}.properties`.
public enum ProblemCode {
    MALFORMED_REQUEST(400),
    MALFORMED_JSON(400),
    MALFORMED_XML(400),
    DUPLICATE_KEY(400),
    INVALID_ENCODING(400),
    LIMIT_EXCEEDED(400),
    VALIDATION_FAILED(400),
    UNKNOWN_FIELD(400),
    READ_ONLY_FIELD(400),
    REQUIRED(400),
    WRONG_TYPE(400),
    OUT_OF_RANGE(400),
    TOO_LONG(400),
    INVALID_VALUE(400),
    INVALID_TIME(400),
    UNSAFE_TEXT(400),
    INVALID_URL(400),
    CURRENCY_MISMATCH(400),
    UNKNOWN_REFERENCE(400),
    NOT_UNIQUE(400),
    UNKNOWN_VERSION(400),
    IDEMPOTENCY_KEY_REQUIRED(400),
    IDEMPOTENCY_KEY_MALFORMED(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    SECOND_PERSON_REQUIRED(403),
    /// A session has to show again whose it is, on a page.
    CONFIRMATION_REQUIRED(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    REQUEST_TIMEOUT(408),
    IDEMPOTENCY_MISMATCH(409),
    IDEMPOTENCY_IN_FLIGHT(409),
    IDEMPOTENCY_UNKNOWN_OUTCOME(409),
    STATE_CONFLICT(409),
    PRECONDITION_FAILED(412),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    NOT_PUBLIC(422),
    NO_POST(422),
    PICTURE_MISSING(422),
    PICTURE_TYPE(422),
    PICTURE_HOLDS_PROGRAM(422),
    PICTURE_UNREADABLE(422),
    PICTURE_SIZE(422),
    PICTURE_SHAPE(422),
    PICTURE_MOTION(422),
    PICTURE_TOO_MUCH_WORK(422),
    PRECONDITION_REQUIRED(428),
    RATE_LIMITED(429),
    HEADERS_TOO_LARGE(431),
    INTERNAL(500),
    /// The disk no longer keeps what is written to it.
    STORAGE_STOPPED(503),
    /// Book or ledger cannot be asked now; see docs/postgresql.md.
    DATABASE_AWAY(503),
    OVERLOADED(503);

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /// Whether it says why a picture was not taken.
    public boolean isOfPicture() {
        return name().startsWith("PICTURE_");
    }

    /// The `code` member, such as `unknown_field`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
