package mizan.server.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// One operation: what the router, the OpenAPI document and the reader of the code all need to know of it.
///
/// @param path a template such as `/v1/campaigns/{id}`
/// @param operation unique, the `operationId`
/// @param access who may use it; a server does not start with a route that does not say
/// @param maxBody in bytes; 0 refuses any body
/// @param moreTypes media types of bodies that others define, beside `application/json`
/// @param movesMoney an `Idempotency-Key` is required
/// @param documented appears in the OpenAPI document
/// @param traffic the lane in which its requests are worked on
/// @param packed whether its handler reads bodies that are compressed
/// @param confirmed whether whoever is signed in must have shown within the last minutes that it is they
/// @param remembered whether an `Idempotency-Key` has its answer kept; otherwise the key says nothing
public record Route(
        String method,
        String path,
        String operation,
        String summary,
        Access access,
        Body body,
        int maxBody,
        Optional<String> requestSchema,
        List<String> moreTypes,
        int success,
        Optional<String> answerSchema,
        List<String> queryParameters,
        boolean movesMoney,
        boolean documented,
        boolean packed,
        Traffic traffic,
        boolean confirmed,
        boolean remembered,
        Handler handler) {
    public static final int DEFAULT_MAX_BODY = 1 << 20;
    private static final List<String> FOR_PROGRAMS = List.of("/v1/", "/mcp");

    /// What a route does with a request.
    @FunctionalInterface
    public interface Handler {
        Answer handle(Call call);
    }

    /// What kind of body a route takes.
    public enum Body {
        NONE,
        JSON,
        /// What an HTML form sends.
        FORM,
        RAW
    }

    public Route {
        queryParameters = List.copyOf(queryParameters);
        moreTypes = List.copyOf(moreTypes);
    }

    public static Route get(String path, String operation, Handler handler) {
        return of("GET", path, operation, Body.NONE, 200, handler);
    }

    public static Route post(String path, String operation, Handler handler) {
        return of("POST", path, operation, Body.JSON, 200, handler);
    }

    public static Route put(String path, String operation, Handler handler) {
        return of("PUT", path, operation, Body.JSON, 200, handler);
    }

    public static Route patch(String path, String operation, Handler handler) {
        return of("PATCH", path, operation, Body.JSON, 200, handler);
    }

    /// What browsers ask before a page of another origin may post.
    public static Route options(String path, String operation, Handler handler) {
        return of("OPTIONS", path, operation, Body.NONE, 204, handler);
    }

    /// What a form of a page posts: at most 64 KiB.
    public static Route form(String path, String operation, Handler handler) {
        return of("POST", path, operation, Body.FORM, 200, handler);
    }

    private static Route of(String method, String path, String operation, Body body, int success, Handler handler) {
        return new Route(
                method.toUpperCase(Locale.ROOT),
                path,
                operation,
                operation,
                new Access.Undeclared(),
                body,
                maxBody(body),
                Optional.empty(),
                List.of(),
                success,
                Optional.empty(),
                List.of(),
                false,
                path.startsWith("/v1/"),
                false,
                method.equals("GET") || method.equals("OPTIONS") ? Traffic.READS : Traffic.CHANGES,
                false,
                true,
                handler);
    }

    private static int maxBody(Body body) {
        return switch (body) {
            case NONE -> 0;
            case FORM -> 1 << 16;
            case JSON, RAW -> DEFAULT_MAX_BODY;
        };
    }

    /// Whether people see it in a browser, so that a refusal is a page too.
    public boolean isPage() {
        return FOR_PROGRAMS.stream().noneMatch(path::startsWith) && !(access instanceof Access.Everybody);
    }

    /// For those who have this scope.
    public Route needs(Scope needed) {
        return but(r -> r.access = new Access.Needs(needed));
    }

    /// For whoever has come in.
    public Route signedIn() {
        return but(r -> r.access = new Access.SignedIn());
    }

    /// For anybody.
    public Route everybody() {
        return but(r -> r.access = new Access.Everybody());
    }

    public Route summary(String text) {
        return but(r -> r.summary = text);
    }

    /// A body of at most so many bytes.
    public Route upTo(int maxBytes) {
        return but(r -> r.maxBody = maxBytes);
    }

    /// A body that the handler reads itself.
    public Route raw(int maxBytes) {
        return but(r -> {
            r.body = Body.RAW;
            r.maxBody = maxBytes;
        });
    }

    /// No body at all, for a POST.
    public Route bodiless() {
        return but(r -> {
            r.body = Body.NONE;
            r.maxBody = 0;
        });
    }

    /// A body that may come packed (`Content-Encoding: gzip`), which the handler unpacks itself.
    public Route takesPacked() {
        return but(r -> r.packed = true);
    }

    /// In the lane of this traffic, where its method does not tell.
    public Route in(Traffic lane) {
        return but(r -> r.traffic = lane);
    }

    public Route takes(String schema) {
        return but(r -> r.requestSchema = Optional.of(schema));
    }

    /// Bodies of these media types too, which the handler reads itself.
    public Route takesAlso(List<String> mediaTypes) {
        return but(r -> r.moreTypes = mediaTypes);
    }

    public Route answers(int status, String schema) {
        return but(r -> {
            r.success = status;
            r.answerSchema = Optional.of(schema);
        });
    }

    public Route query(String... names) {
        return but(r -> r.queryParameters = List.of(names));
    }

    public Route withMoney() {
        return but(r -> r.movesMoney = true);
    }

    /// Gives somebody a way in or takes one away: a browser that was left open is not enough.
    public Route confirming() {
        return but(r -> r.confirmed = true);
    }

    /// Neither its body nor its answer is kept for those who ask again: it is about somebody who may want to be
    /// forgotten.
    public Route unremembered() {
        return but(r -> r.remembered = false);
    }

    /// With something done before or after its handler, or in its place.
    Route through(UnaryOperator<Handler> around) {
        return but(r -> r.handler = around.apply(handler));
    }

    private Route but(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.route(this);
    }

    /// What may be said of a route after it is made.
    private static final class Draft {
        private String summary;
        private Access access;
        private Body body;
        private int maxBody;
        private Optional<String> requestSchema;
        private List<String> moreTypes;
        private int success;
        private Optional<String> answerSchema;
        private List<String> queryParameters;
        private boolean movesMoney;
        private boolean packed;
        private Traffic traffic;
        private boolean confirmed;
        private boolean remembered;
        private Handler handler;

        Draft(Route from) {
            summary = from.summary;
            access = from.access;
            body = from.body;
            maxBody = from.maxBody;
            requestSchema = from.requestSchema;
            moreTypes = from.moreTypes;
            success = from.success;
            answerSchema = from.answerSchema;
            queryParameters = from.queryParameters;
            movesMoney = from.movesMoney;
            packed = from.packed;
            traffic = from.traffic;
            confirmed = from.confirmed;
            remembered = from.remembered;
            handler = from.handler;
        }

        Route route(Route from) {
            return new Route(
                    from.method,
                    from.path,
                    from.operation,
                    summary,
                    access,
                    body,
                    maxBody,
                    requestSchema,
                    moreTypes,
                    success,
                    answerSchema,
                    queryParameters,
                    movesMoney,
                    from.documented,
                    packed,
                    traffic,
                    confirmed,
                    remembered,
                    handler);
        }
    }
}
