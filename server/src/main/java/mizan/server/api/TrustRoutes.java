package mizan.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.PublicRate;
import mizan.server.http.Route;
import mizan.server.transparency.Trust;

/// What the platform tells everybody of itself, for programs.
public final class TrustRoutes {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String SHORTLY = "public, max-age=60";
    private final Engine engine;
    private final PublicRate rate;

    /// @param engine that the figures are of
    public TrustRoutes(Engine engine, InstantSource time) {
        this.engine = engine;
        this.rate = new PublicRate(time);
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/public/trust", "getTrust", this::now)
                        .everybody()
                        .answers(200, "Trust")
                        .summary("Ad load, violations, invalid traffic, credits, overspend and seal of 30 days"),
                Route.get("/v1/public/trust/{file}", "getTrustMonth", this::month)
                        .everybody()
                        .summary("The same of a month that is over, such as 2026-03.json, and 2026-03.note over it"));
    }

    private Trust trust(Call call) {
        rate.take(call);
        return engine.trust()
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    private Answer now(Call call) {
        var trust = trust(call);
        var json = trust.newest()
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused())
                .json();
        try {
            var months = json.putArray("months");
            trust.months().forEach(months::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open(Answer.json(200, json), SHORTLY);
    }

    private Answer month(Call call) {
        var name = call.param("file");
        try {
            var bytes = trust(call)
                    .file(name)
                    .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
            var type = name.endsWith(".json") ? "application/json" : "text/plain; charset=utf-8";
            return open(Answer.bytes(200, type, bytes), FOR_EVER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer open(Answer answer, String caching) {
        return answer.with("cache-control", caching).with("access-control-allow-origin", "*");
    }
}
