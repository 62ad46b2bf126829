package mizan.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import mizan.log.Sha256;

/// One HTTP server over a table of routes: limits, identity, idempotency and problems are the same for all
/// of them.
public final class Edge implements AutoCloseable {
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{8,64}");
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]{1,255}");
    private static final Pattern QUERY = Pattern.compile("(?:[^%\\p{Cntrl}]|%[0-9A-Fa-f]{2})*+");
    /// The only version of the API so far.
    public static final String VERSION = "2026-12-01";
    /// For each key, above what a machine of a few cores can decide: a limit below it would refuse a feed that
    /// the server could have filled.
    private static final int MAX_PER_SECOND = 50_000;

    private static final int MAX_BURST = 2 * MAX_PER_SECOND;

    /// Connections are looked at this often for whether they are still.
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// Names are looked up once: making one costs more than reading the header.
    private static final HeaderName REQUEST_ID_HEADER = HeaderNames.create("request-id");

    private static final HeaderName IDEMPOTENCY_KEY_HEADER = HeaderNames.create("idempotency-key");
    private static final HeaderName VERSION_HEADER = HeaderNames.create("mizan-version");

    static {
        HelidonSetup.done();
    }

    private static final String UNKNOWN = "unknown";

    private final Router router;
    private final ApiKeys keys;
    private final Reception reception;
    private final Idempotency idempotency;
    private final SentForms forms;
    private final RateLimit rate;
    private final Watch watch;
    private final Map<Class<? extends RuntimeException>, ProblemCode> known;
    private final InstantSource time;
    private final Ids ids;
    private final Proxies proxies;
    private final Lanes lanes;
    private final BodyRoom bodies = new BodyRoom(Runtime.getRuntime().maxMemory());
    /// This, until it is closed: Helidon's timer of idle connections outlives its server, and would keep all that the
    /// server refers to.
    private final AtomicReference<Optional<Edge>> open = new AtomicReference<>(Optional.of(this));

    private final WebServer server;

    /// Where to listen.
    ///
    /// @param port 0 for any free one
    /// @param proxies whose word for others is believed
    /// @param patience a connection that brings nothing or takes nothing for so long is cut
    /// @param cores that the work is divided between
    public record Door(String host, int port, Proxies proxies, Duration patience, int cores) {
        private static final Duration PATIENCE = Duration.ofSeconds(25);

        /// With all cores of the machine.
        public static Door at(String host, int port, Proxies proxies) {
            return new Door(host, port, proxies, PATIENCE, Runtime.getRuntime().availableProcessors());
        }
    }

    /// Starts listening.
    ///
    /// @param known what is answered when a handler fails with one of these; with any other it is an internal error
    public Edge(
            Door door,
            List<Route> routes,
            ApiKeys keys,
            Reception reception,
            Idempotency idempotency,
            Watch watch,
            Map<Class<? extends RuntimeException>, ProblemCode> known,
            InstantSource time,
            Ids ids) {
        Access.check(routes);
        this.router = new Router(routes);
        this.keys = keys;
        this.reception = reception;
        this.idempotency = idempotency;
        this.forms = new SentForms(idempotency, time);
        this.watch = watch;
        this.known = Map.copyOf(known);
        this.rate = new RateLimit(time, MAX_BURST, MAX_PER_SECOND);
        this.time = time;
        this.ids = ids;
        this.proxies = door.proxies();
        this.lanes = new Lanes(door.cores(), watch::refused);
        var edge = open; // What Helidon is given must not lead to this but through here.
        this.server = WebServer.builder()
                .host(door.host())
                .port(door.port())
                // As the only one it has a connection from the first moment on; among several, one that says nothing
                // belongs to none and is never cut.
                .protocolsDiscoverServices(false)
                // Its own check refuses a plain `:` in a query, and every time has two; see #query.
                .addConnectionSelector(new PatientConnections(
                        Http1Config.builder().validatePrologue(false).build()))
                // What a route takes is its own matter; a form with the largest picture must pass.
                .maxPayloadSize(6L << 20)
                .maxTcpConnections(4_096)
                .idleConnectionTimeout(door.patience())
                .idleConnectionPeriod(LOOK)
                .shutdownHook(false)
                .contentEncoding(AsSent.context())
                .directHandlers(BrokenHttp.handlers(ids))
                .routing(r -> r.any((request, response) ->
                        edge.get().orElseThrow(Edge::closed).serve(request, response)))
                .build()
                .start();
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        lanes.close();
        open.set(Optional.empty());
    }

    private static CloseConnectionException closed() {
        return new CloseConnectionException("the server has stopped");
    }

    private void serve(ServerRequest request, ServerResponse response) {
        var requestId = header(request, REQUEST_ID_HEADER)
                .filter(id -> REQUEST_ID.matcher(id).matches())
                .orElseGet(() -> ids.next("req"));
        var language = language(header(request, HeaderNames.ACCEPT_LANGUAGE));
        var path = request.path().rawPath();
        long began = System.nanoTime();
        var done = done(request, path, language, requestId);
        watch.answered(done.operation(), done.answer().status(), System.nanoTime() - began);
        response.header(HeaderValues.create(REQUEST_ID_HEADER, requestId));
        try {
            Sending.send(request, response, done.answer());
        } catch (IOException | UncheckedIOException gone) {
            throw new CloseConnectionException("whoever asked has gone", gone);
        }
    }

    /// @param operation of the route that was found
    private record Done(String operation, Answer answer) {}

    private Done done(ServerRequest request, String path, String language, String requestId) {
        var operation = UNKNOWN;
        try {
            var found = found(request, path);
            operation = found.route().operation();
            return new Done(operation, answer(request, found, path, language, requestId));
        } catch (Refused refused) {
            var refusal = problem(refused.problem(), language, path, requestId);
            return new Done(operation, refusal.status() == 401 ? challenging(request, refusal) : refusal);
        } catch (CloseConnectionException cut) {
            throw cut;
        } catch (RuntimeException | StackOverflowError e) {
            // A stack that was used up is free again here: what asked for it fails, and says so as all else does.
            System.getLogger("mizan.http").log(System.Logger.Level.ERROR, requestId + " failed", e);
            return new Done(operation, problem(failure(e), language, path, requestId));
        }
    }

    /// How to say who calls, as RFC 9110 (11.6.1) and RFC 6750 (3) want it of every 401.
    private static Answer challenging(ServerRequest request, Answer refusal) {
        boolean wrong = header(request, HeaderNames.AUTHORIZATION).isPresent();
        return refusal.with("www-authenticate", "Bearer realm=\"mizan\"" + (wrong ? ", error=\"invalid_token\"" : ""));
    }

    private Router.Found found(ServerRequest request, String path) {
        var method = request.prologue().method().text();
        return router.find(method.equals("HEAD") ? "GET" : method, path)
                .orElseThrow(
                        () -> Problem.of(router.knows(path) ? ProblemCode.METHOD_NOT_ALLOWED : ProblemCode.NOT_FOUND)
                                .refused());
    }

    private Answer answer(ServerRequest request, Router.Found found, String path, String language, String requestId) {
        var route = found.route();
        Function<String, Optional<String>> headers = name -> header(request, HeaderNames.create(name));
        var visit = visit(request, route, headers);
        var caller = visit.map(Reception.Visit::principal).or(() -> keyHolder(request));
        var call = new Call(
                route,
                path,
                found.parameters(),
                query(request),
                new byte[0],
                caller,
                visit.map(Reception.Visit::csrf).orElse(""),
                language,
                requestId,
                remote(request),
                headers);
        if (!route.isPage()) {
            return admitted(request, call, route);
        }
        try {
            return admitted(request, call, route);
        } catch (Refused refused) {
            return reception.refused(call, refused.problem());
        }
    }

    /// The one way to a handler: who calls may, at this rate, with this much, when its turn comes.
    private Answer admitted(ServerRequest request, Call asked, Route route) {
        Access.require(route.access(), asked.caller());
        var taken = take(asked.caller(), route);
        requireKnownVersion(request);
        var key = header(request, IDEMPOTENCY_KEY_HEADER);
        try (var _ = bodies.take(RequestBody.mostOf(request, route))) {
            var call = asked.with(RequestBody.read(request, route));
            var answer =
                    PatientConnections.undisturbed(() -> lanes.work(route.traffic(), () -> handled(call, route, key)));
            return taken.map(t -> answer.with(t.headers())).orElse(answer);
        }
    }

    /// From a page of ours, by who it says, once, and written down.
    private Answer handled(Call call, Route route, Optional<String> key) {
        boolean changes = !route.method().equals("GET");
        if (changes && (!call.csrf().isEmpty() || route.body() == Route.Body.FORM)) {
            CrossSite.refuse(call, reception);
        }
        if (route.confirmed() && !call.csrf().isEmpty()) {
            var asked = reception.confirm(call);
            if (asked.isPresent()) {
                return asked.get();
            }
        }
        boolean once = route.method().equals("POST")
                && route.remembered()
                && call.caller().isPresent()
                && (key.isPresent() || route.movesMoney());
        var answer = once
                ? once(
                        call,
                        key.orElseThrow(() ->
                                Problem.of(ProblemCode.IDEMPOTENCY_KEY_REQUIRED).refused()))
                : SentForms.isOne(call) ? forms.answer(call) : route.handler().handle(call);
        if (changes) {
            reception.done(call, answer);
        }
        return answer;
    }

    private String remote(ServerRequest request) {
        return proxies.client(request.remotePeer().host(), header(request, HeaderNames.X_FORWARDED_FOR));
    }

    /// A key that is sent says who calls, even from a browser that is signed in.
    private Optional<Reception.Visit> visit(
            ServerRequest request, Route route, Function<String, Optional<String>> headers) {
        return header(request, HeaderNames.AUTHORIZATION).isPresent()
                ? Optional.empty()
                : reception.visit(route, headers);
    }

    private Optional<Principal> keyHolder(ServerRequest request) {
        return header(request, HeaderNames.AUTHORIZATION)
                .filter(h -> h.regionMatches(true, 0, "Bearer ", 0, 7))
                .flatMap(h -> keys.find(h.substring(7).strip()));
    }

    private static void requireKnownVersion(ServerRequest request) {
        if (header(request, VERSION_HEADER).filter(v -> !v.equals(VERSION)).isPresent()) {
            throw Problem.of(ProblemCode.UNKNOWN_VERSION, VERSION)
                    .at("mizan-version")
                    .refused();
        }
    }

    /// One request off the caller's rate, where the route asks who calls.
    private Optional<RateLimit.Take> take(Optional<Principal> caller, Route route) {
        if (route.access() instanceof Access.Everybody || caller.isEmpty()) {
            return Optional.empty();
        }
        var take = rate.take(caller.get().keyId());
        if (take.refused()) {
            throw Problem.of(ProblemCode.RATE_LIMITED, Long.toString(take.waitSeconds()))
                    .with("retry-after", Long.toString(take.waitSeconds()))
                    .refused();
        }
        return Optional.of(take);
    }

    private static Map<String, String> query(ServerRequest request) {
        if (request.query().isEmpty()) {
            return Map.of();
        }
        if (!QUERY.matcher(request.query().rawValue()).matches()) {
            throw Problem.of(ProblemCode.MALFORMED_REQUEST, "a % is not followed by two hex digits")
                    .refused();
        }
        var values = new HashMap<String, String>();
        for (var name : request.query().names()) {
            var all = request.query().all(name);
            if (all.size() > 1) {
                throw Problem.of(ProblemCode.MALFORMED_REQUEST, name).at(name).refused();
            }
            values.put(name, all.isEmpty() ? "" : all.getFirst());
        }
        return values;
    }

    /// Runs a request once for each idempotency key of a caller; a repetition gets the first answer again.
    private Answer once(Call call, String key) {
        if (!IDEMPOTENCY_KEY.matcher(key).matches()) {
            throw Problem.of(ProblemCode.IDEMPOTENCY_KEY_MALFORMED)
                    .at("idempotency-key")
                    .refused();
        }
        var owner = call.principal().holder();
        var claim = idempotency.claim(owner, key, hash(call), time.instant());
        return switch (claim) {
            case Idempotency.Claim.Done(var answer) -> answer.with("idempotent-replayed", "true");
            case Idempotency.Claim.Mismatch() ->
                throw Problem.of(ProblemCode.IDEMPOTENCY_MISMATCH).refused();
            case Idempotency.Claim.InFlight() ->
                throw Problem.of(ProblemCode.IDEMPOTENCY_IN_FLIGHT)
                        .with("retry-after", "1")
                        .refused();
            case Idempotency.Claim.Unknown() ->
                throw Problem.of(ProblemCode.IDEMPOTENCY_UNKNOWN_OUTCOME).refused();
            case Idempotency.Claim.Fresh() -> first(call, owner, key);
        };
    }

    /// A refusal changed nothing and is forgotten. A failure may have changed something: it is kept as every
    /// other answer, so that a repetition cannot do the rest of it again.
    private Answer first(Call call, String owner, String key) {
        Answer answer;
        try {
            answer = call.route().handler().handle(call);
        } catch (Refused refused) {
            idempotency.forget(owner, key);
            throw refused;
        } catch (RuntimeException e) {
            answer = failed(call, e);
        }
        idempotency.keep(owner, key, answer.repeated().orElse(answer));
        return answer;
    }

    private Problem failure(Throwable e) {
        var problem = Problem.of(known.getOrDefault(e.getClass(), ProblemCode.INTERNAL));
        return problem.code() == ProblemCode.DATABASE_AWAY ? problem.with("retry-after", "5") : problem;
    }

    private Answer failed(Call call, RuntimeException e) {
        System.getLogger("mizan.http").log(System.Logger.Level.ERROR, call.requestId() + " failed", e);
        return problem(failure(e), call.language(), call.address(), call.requestId());
    }

    private static String hash(Call call) {
        var sha = Sha256.begun();
        sha.update((call.route().method() + " " + call.address() + "\n").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sha.digest(call.body()));
    }

    private static Answer problem(Problem problem, String language, String path, String requestId) {
        var json = StrictJson.bytes(problem.json(language, path, requestId));
        var answer =
                Answer.bytes(problem.code().status(), Problem.MEDIA_TYPE, json).with("content-language", language);
        for (var header : problem.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    private static Optional<String> header(ServerRequest request, HeaderName name) {
        return request.headers().first(name);
    }

    /// `ar` or `en`, whichever the header names first.
    static String language(Optional<String> acceptLanguage) {
        var accepted = acceptLanguage.orElse("en").toLowerCase(Locale.ROOT);
        int ar = accepted.indexOf("ar");
        int en = accepted.indexOf("en");
        return ar >= 0 && (en < 0 || ar < en) ? "ar" : "en";
    }
}
