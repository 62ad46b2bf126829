package mizan.server.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import mizan.core.receipt.AdEvent;
import mizan.core.traffic.CrawlerAgents;
import mizan.core.traffic.InvalidTraffic;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Mode;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.http.Traffic;
import mizan.server.openrtb.Auction;
import mizan.server.openrtb.BidRequest;
import mizan.server.openrtb.BidResponse;
import mizan.server.openrtb.Caller;
import mizan.server.openrtb.Notices;
import mizan.server.openrtb.Packed;
import mizan.server.picture.StoredPicture;
import mizan.server.serve.TakeEvents;
import mizan.server.traffic.RequestRules;

/// The auctions of others: bids out, notices back. Browsers ask without a key; what that opens is bounded by the
/// placement's offer (see [mizan.server.openrtb.Supply]).
public final class OpenRtbRoutes {
    private static final int MAX_BODY = 1 << 20;
    private static final int WORTH_PACKING = 1_400;
    private static final String VERSION = "2.6";
    /// What others send JSON as: Prebid.js `text/plain`, to spare browsers a question; a missing type is JSON (2.6,
    /// 2.2).
    private static final List<String> TYPES = List.of("application/json", "text/plain", "text/json");

    private final Map<Mode, Engine> engines;
    private final Map<Engine, Auction> auctions = new HashMap<>();
    private final Function<Call, Engine> ofCall;
    private final Engine primary;
    private final Explanations explanations;
    private final RequestRules traffic;
    private final Notices notices = new Notices();

    /// @param ofCall the engine of a key, or of a token
    /// @param primary whose campaigns bid where nobody asks for a test
    public OpenRtbRoutes(
            Map<Mode, Engine> engines,
            Function<Call, Engine> ofCall,
            Engine primary,
            Explanations explanations,
            RequestRules traffic) {
        this.engines = Map.copyOf(engines);
        this.ofCall = ofCall;
        this.primary = primary;
        this.explanations = explanations;
        this.traffic = traffic;
        this.engines
                .values()
                .forEach(e -> auctions.put(
                        e,
                        new Auction(
                                e.serving(),
                                e.snapshots(),
                                e.posts(),
                                e::known,
                                e.supply(),
                                traffic,
                                name -> e.pictures().find(name).map(StoredPicture::path),
                                e.time())));
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/openrtb2/auction", "openRtbAuction", this::auction)
                        .everybody()
                        .in(Traffic.DECISIONS)
                        .raw(MAX_BODY)
                        .takesPacked()
                        .summary("Bid in an OpenRTB 2.6 auction"),
                Route.options("/openrtb2/auction", "openRtbPreflight", this::preflight)
                        .everybody(),
                Route.get("/openrtb2/{notice}/{token}", "openRtbNotice", this::notice)
                        .everybody()
                        .in(Traffic.SIGNALS)
                        .summary("A win, billing or loss notice"),
                Route.get("/v1/openrtb/figures", "getOpenRtbFigures", _ -> Answer.json(200, notices.json()))
                        .needs(Scope.PLATFORM_READ)
                        .answers(200, "OpenRtbFigures")
                        .summary("Auctions, bids and notices since the start"));
    }

    private Answer auction(Call call) {
        var type = call.header("content-type").orElse("application/json").toLowerCase(Locale.ROOT);
        if (TYPES.stream().noneMatch(type::startsWith)) {
            throw Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, String.join(", ", TYPES))
                    .refused();
        }
        var body = Packed.unpacked(call.body(), call.header("content-encoding"), MAX_BODY);
        var request = BidRequest.of(body);
        var engine = engine(call, request.test());
        if (engine.isEmpty()) {
            return answer(call, Answer.empty(204)); // A test, and nothing to test with: nothing may be billed.
        }
        var operator = engine.get().supply().current();
        var caller = new Caller(
                call.header("origin"),
                call.caller().filter(c -> c.may(Scope.SERVE)).isPresent(),
                call.header("user-agent"),
                call.header("sec-gpc").filter("1"::equals).isPresent(),
                operator.baseUrl().orElseGet(() -> base(call)),
                call.from());
        var response = BidResponse.of(request, auction(engine.get()), operator, caller);
        response.decisions().forEach(explanations::remember);
        notices.auction(response.bids());
        return answer(call, Answer.json(200, response.json()));
    }

    private Auction auction(Engine engine) {
        return Optional.ofNullable(auctions.get(engine)).orElseThrow();
    }

    private Optional<Engine> engine(Call call, boolean test) {
        if (test) {
            return Optional.ofNullable(engines.get(Mode.TEST));
        }
        return call.caller().isPresent() ? Optional.ofNullable(engines.get(call.mode())) : Optional.of(primary);
    }

    /// The address that was called, as a proxy before us says it.
    private static String base(Call call) {
        var host = call.header("x-forwarded-host")
                .or(() -> call.header("host"))
                .filter(h -> h.matches("[A-Za-z0-9.\\-\\[\\]:]{1,255}"))
                .orElse("localhost");
        var scheme = call.header("x-forwarded-proto").filter("https"::equals).orElse("http");
        return scheme + "://" + host;
    }

    private Answer answer(Call call, Answer answer) {
        var told = answer.with("x-openrtb-version", VERSION).with(sharing(call));
        boolean pack = answer.body().length >= WORTH_PACKING
                && call.header("accept-encoding")
                        .filter(e -> e.contains("gzip"))
                        .isPresent();
        return pack
                ? new Answer(told.status(), told.contentType(), packed(told.body()), told.headers())
                        .with("content-encoding", "gzip")
                : told;
    }

    private static byte[] packed(byte[] body) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// Pages of others read the answer only from an origin that a placement is offered to. Prebid.js asks with
    /// credentials, for which `*` is no answer.
    private Map<String, String> sharing(Call call) {
        var origin = call.header("origin");
        boolean admitted = origin.isPresent()
                && engines.values().stream().anyMatch(e -> e.supply().current().admits(origin.get()));
        return admitted
                ? Map.of(
                        "access-control-allow-origin",
                        origin.get(),
                        "access-control-allow-credentials",
                        "true",
                        "vary",
                        "Origin, Accept-Encoding")
                : Map.of("vary", "Origin, Accept-Encoding");
    }

    private Answer preflight(Call call) {
        return Answer.empty(204)
                .with(sharing(call))
                .with("access-control-allow-methods", "POST, OPTIONS")
                .with("access-control-allow-headers", "content-type, content-encoding, x-openrtb-version")
                .with("access-control-max-age", "86400");
    }

    /// Each may come again, from a browser or from an exchange's server, and counts once. Only `billed` can charge: it
    /// is the same event as the pixel in the markup, so a win is charged once whichever comes first.
    private Answer notice(Call call) {
        var notice = call.param("notice");
        var token = call.param("token");
        var engine = ofCall.apply(call);
        if (!Set.of("win", "billed", "lost").contains(notice)
                || !engine.events().knows(token)) {
            throw Problem.of(ProblemCode.NOT_FOUND).refused();
        }
        if (notice.equals("billed")) {
            engine.events().take(new TakeEvents.Report(AdEvent.Kind.RENDERED, token, device(call)));
        }
        notices.came(notice, token, call.query("loss"));
        return Answer.empty(204).with("access-control-allow-origin", "*");
    }

    /// Why the device that rendered is no reader's. A server says whose device it was (2.6, section 7.8); one that does
    /// not is not believed, and the pixel in the markup charges.
    private Optional<InvalidTraffic> device(Call call) {
        var agent = call.header("x-device-user-agent")
                .map(a -> a.substring(0, Math.min(a.length(), CrawlerAgents.MAX_CHARS)));
        if (agent.isPresent()) {
            return traffic.told(
                    agent,
                    call.header("x-device-ip")
                            .or(() -> call.header("x-forwarded-for").map(all -> all.split(",")[0].strip())));
        }
        return traffic.judge(new RequestRules.Signs(
                call.header("user-agent"), call.header("sec-purpose"), Optional.of(call.from())));
    }
}
