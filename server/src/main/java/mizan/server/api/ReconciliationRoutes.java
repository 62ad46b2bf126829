package mizan.server.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.reconciliation.CountsFile;
import mizan.server.reconciliation.ReconciliationCsv;
import mizan.server.reconciliation.ReconciliationJson;
import mizan.server.reconciliation.Reconciliations;
import tools.jackson.databind.node.JsonNodeFactory;

/// An advertiser's own counts, compared with the platform's.
public final class ReconciliationRoutes {
    private static final int MOST_LISTED = 50;
    private final Function<Call, Engine> engines;

    public ReconciliationRoutes(Function<Call, Engine> engines) {
        this.engines = engines;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/reconciliations", "reconcile", this::take)
                        .needs(Scope.MONEY_WRITE)
                        .raw(CountsFile.MAX_BYTES)
                        .answers(201, "Reconciliation")
                        .query("advertiser", "tolerance")
                        .summary("Send own counts as CSV; each line is compared and its difference explained"),
                Route.get("/v1/reconciliations", "listReconciliations", this::list)
                        .needs(Scope.LEDGER_READ)
                        .answers(200, "ReconciliationList")
                        .query("advertiser")
                        .summary("The newest comparisons, without their lines"),
                Route.get("/v1/reconciliations/{id}", "getReconciliation", this::get)
                        .needs(Scope.LEDGER_READ)
                        .answers(200, "Reconciliation")
                        .summary("A comparison with every line"),
                Route.get("/v1/reconciliations/{id}/csv", "getReconciliationCsv", this::csv)
                        .needs(Scope.LEDGER_READ)
                        .summary("A comparison as a file, one line a number"));
    }

    private Answer take(Call call) {
        int tolerance = call.query("tolerance")
                .map(t -> Optional.of(t)
                        .filter(n -> n.matches("[0-9]{1,2}"))
                        .map(Integer::parseInt)
                        .filter(n -> n <= Reconciliations.MOST_TOLERANCE)
                        .orElseThrow(
                                () -> Problem.of(ProblemCode.OUT_OF_RANGE, "0 to " + Reconciliations.MOST_TOLERANCE)
                                        .at("tolerance")
                                        .refused()))
                .orElse(Reconciliations.USUAL_TOLERANCE);
        try {
            var file = new String(call.body(), StandardCharsets.UTF_8);
            var kept = desk(call).take(call.principal(), call.query("advertiser"), file, tolerance);
            return Answer.json(201, ReconciliationJson.write(kept)).tracing(ReconciliationDesk.trace(kept));
        } catch (CountsFile.Unreadable e) {
            throw Problem.of(ProblemCode.INVALID_VALUE, e.why().name().toLowerCase(Locale.ROOT))
                    .at("body")
                    .refused();
        }
    }

    private ReconciliationDesk desk(Call call) {
        return new ReconciliationDesk(engines.apply(call));
    }

    private Answer list(Call call) {
        var whose = call.principal().advertiser().or(() -> call.query("advertiser"));
        var data = JsonNodeFactory.instance.arrayNode();
        engines.apply(call)
                .reconciliations()
                .newest(whose, MOST_LISTED)
                .forEach(k -> data.add(ReconciliationJson.head(k)));
        return Answer.json(200, Page.json(data, Optional.empty()));
    }

    private Answer get(Call call) {
        return Answer.json(200, ReconciliationJson.write(desk(call).find(call.principal(), call.param("id"))));
    }

    private Answer csv(Call call) {
        var kept = desk(call).find(call.principal(), call.param("id"));
        return Answer.bytes(
                        200,
                        "text/csv; charset=utf-8",
                        ReconciliationCsv.write(kept).getBytes(StandardCharsets.UTF_8))
                .with("content-disposition", "attachment; filename=\"" + kept.id() + ".csv\"");
    }
}
