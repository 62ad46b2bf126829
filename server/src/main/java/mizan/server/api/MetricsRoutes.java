package mizan.server.api;

import java.util.List;
import java.util.Set;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.http.Traffic;
import mizan.server.operations.Metrics;

/// Figures for Prometheus: for a collector on the same machine, and from elsewhere with an administrator's key.
public final class MetricsRoutes {
    private static final Set<String> HERE = Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1");
    private final Metrics metrics;

    public MetricsRoutes(Metrics metrics) {
        this.metrics = metrics;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/metrics", "metrics", this::figures).everybody().in(Traffic.SIGNALS));
    }

    /// Whoever sits at this machine, or runs the platform.
    static boolean mayRead(Call call) {
        return HERE.contains(call.from())
                || call.caller().filter(c -> c.may(Scope.ADMIN)).isPresent();
    }

    private Answer figures(Call call) {
        if (!mayRead(call)) {
            throw Problem.of(ProblemCode.UNAUTHENTICATED).refused();
        }
        return Answer.bytes(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
    }
}
