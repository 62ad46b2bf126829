package mizan.server.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One operation: what the router, the OpenAPI document and the reader of the code all need to know of it.
///
/// @param path a template such as `/v1/campaigns/{id}`
/// @param operation unique, the `operationId`
/// @param access who may use it; a server does not start with a route that does not say
/// @param maxBody in bytes; 0 refuses any body
/// @param moreTypes media types of bodies that others define, beside `application/json`
/// @param movesMoney an `Idempotency-Key` is required
/// @param documented appears in the OpenAPI document
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
        Handler handler) {
    public static final int DEFAULT_MAX_BODY = 1 << 20;

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
        return !path.startsWith("/v1/") && !(access instanceof Access.Everybody);
    }

    /// For those who have this scope.
    public Route needs(Scope needed) {
        return withAccess(new Access.Needs(needed));
    }

    /// For whoever has come in.
    public Route signedIn() {
        return withAccess(new Access.SignedIn());
    }

    /// For anybody.
    public Route everybody() {
        return withAccess(new Access.Everybody());
    }

    private Route withAccess(Access access) {
        return new Route(
                method,
                path,
                operation,
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
                documented,
                handler);
    }

    public Route summary(String text) {
        return new Route(
                method,
                path,
                operation,
                text,
                access,
                body,
                maxBody,
                requestSchema,
                moreTypes,
                success,
                answerSchema,
                queryParameters,
                movesMoney,
                documented,
                handler);
    }

    /// A body of at most so many bytes.
    public Route upTo(int maxBytes) {
        return new Route(
                method,
                path,
                operation,
                summary,
                access,
                body,
                maxBytes,
                requestSchema,
                moreTypes,
                success,
                answerSchema,
                queryParameters,
                movesMoney,
                documented,
                handler);
    }

    /// A body that the handler reads itself.
    public Route raw(int maxBytes) {
        return new Route(
                method,
                path,
                operation,
                summary,
                access,
                Body.RAW,
                maxBytes,
                requestSchema,
                moreTypes,
                success,
                answerSchema,
                queryParameters,
                movesMoney,
                documented,
                handler);
    }

    /// No body at all, for a POST.
    public Route bodiless() {
        return new Route(
                method,
                path,
                operation,
                summary,
                access,
                Body.NONE,
                0,
                requestSchema,
                moreTypes,
                success,
                answerSchema,
                queryParameters,
                movesMoney,
                documented,
                handler);
    }

    public Route takes(String schema) {
        return new Route(
                method,
                path,
                operation,
                summary,
                access,
                body,
                maxBody,
                Optional.of(schema),
                moreTypes,
                success,
                answerSchema,
                queryParameters,
                movesMoney,
                documented,
                handler);
    }

    /// Bodies of these media types too, which the handler reads itself.
    public Route takesAlso(List<String> mediaTypes) {
        return new Route(
                method,
                path,
                operation,
                summary,
                access,
                body,
                maxBody,
                requestSchema,
                mediaTypes,
                success,
                answerSchema,
                queryParameters,
                movesMoney,
                documented,
                handler);
    }

    public Route answers(int status, String schema) {
        return new Route(
                method,
                path,
                operation,
                summary,
                access,
                body,
                maxBody,
                requestSchema,
                moreTypes,
                status,
                Optional.of(schema),
                queryParameters,
                movesMoney,
                documented,
                handler);
    }

    public Route query(String... names) {
        return new Route(
                method,
                path,
                operation,
                summary,
                access,
                body,
                maxBody,
                requestSchema,
                moreTypes,
                success,
                answerSchema,
                List.of(names),
                movesMoney,
                documented,
                handler);
    }

    public Route withMoney() {
        return new Route(
                method,
                path,
                operation,
                summary,
                access,
                body,
                maxBody,
                requestSchema,
                moreTypes,
                success,
                answerSchema,
                queryParameters,
                true,
                documented,
                handler);
    }
}
