package mizan.server.api;

import java.util.List;
import java.util.function.Function;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Fields;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import tools.jackson.databind.node.JsonNodeFactory;

/// What viewers may ask for through their platform: all that is kept of them, and to be forgotten.
public final class ViewerRoutes {
    private static final int MAX_ERASED = 1_000;
    private static final int MAX_KEY = 300;
    private final Function<Call, Engine> engines;

    public ViewerRoutes(Function<Call, Engine> engines) {
        this.engines = engines;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/viewers/erase", "eraseViewers", this::erase)
                        .needs(Scope.SERVE)
                        .takes("ViewerErasure")
                        .answers(200, "ViewersErased")
                        .unremembered()
                        .summary("Forget viewers for good: nothing leads from their keys to any record any more"),
                Route.post("/v1/viewers/export", "exportViewer", this::export)
                        .needs(Scope.SERVE)
                        .takes("ViewerQuestion")
                        .answers(200, "ViewerExport")
                        .unremembered()
                        .summary("All that is kept of one viewer, oldest page first"));
    }

    private Answer erase(Call call) {
        var fields = call.fields();
        var keys = fields.texts("keys", MAX_ERASED, MAX_KEY);
        if (keys.isEmpty() && fields.sound()) {
            fields.error("keys", ProblemCode.REQUIRED);
        }
        fields.done();
        engines.apply(call).erase(List.copyOf(keys));
        return Answer.json(200, JsonNodeFactory.instance.objectNode().put("erased", keys.size()));
    }

    private Answer export(Call call) {
        var fields = call.fields();
        var key = fields.text("key", MAX_KEY);
        long after = after(fields);
        fields.done();
        return Answer.json(200, engines.apply(call).export().of(key, after)).with("cache-control", "no-store");
    }

    private static long after(Fields fields) {
        var text = fields.optionalText("after", 18).orElse("0");
        if (!text.matches("[0-9]+")) {
            fields.error("after", ProblemCode.INVALID_VALUE, "next_after of the answer before");
            return 0;
        }
        return Long.parseLong(text);
    }
}
