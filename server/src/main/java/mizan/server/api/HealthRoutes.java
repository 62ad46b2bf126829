package mizan.server.api;

import java.util.List;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Route;
import mizan.server.http.Traffic;
import tools.jackson.databind.node.JsonNodeFactory;

/// Whether the process lives, and whether it can do its work, with the reason if it cannot.
public final class HealthRoutes {
    private final Engine engine;

    public HealthRoutes(Engine engine) {
        this.engine = engine;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(
                                "/health/live",
                                "live",
                                _ -> Answer.json(
                                        200,
                                        JsonNodeFactory.instance.objectNode().put("status", "up")))
                        .everybody()
                        .in(Traffic.SIGNALS),
                Route.get("/health/ready", "ready", this::ready).everybody().in(Traffic.SIGNALS));
    }

    /// Anybody hears whether it can do its work; how far it is and why it cannot, only who runs it.
    private Answer ready(Call call) {
        var stopped = engine.journal().stopped();
        var trouble = engine.accountant().trouble();
        var json = JsonNodeFactory.instance.objectNode();
        // While only the ledger is away, decisions and events go on.
        json.put("status", stopped.isEmpty() ? "up" : "down");
        int status = stopped.isEmpty() ? 200 : 503;
        if (!MetricsRoutes.mayRead(call)) {
            return Answer.json(status, json);
        }
        json.put("book_revision", engine.booking().book().revision());
        json.put("journal_position", engine.journal().durableEnd());
        json.put("folded_position", engine.accountant().position());
        var reasons = json.putArray("reasons");
        stopped.ifPresent(cause -> reasons.add("the journal stopped: " + cause.getMessage()));
        trouble.ifPresent(cause -> reasons.add("the ledger waits: " + cause));
        return Answer.json(status, json);
    }
}
