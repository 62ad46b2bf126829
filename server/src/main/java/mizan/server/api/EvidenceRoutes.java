package mizan.server.api;

import java.util.List;
import java.util.function.Function;
import mizan.server.app.Engine;
import mizan.server.http.Call;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.people.Workspace;

/// All that is known of an advertiser in a period, as one sealed file.
public final class EvidenceRoutes {
    private final Function<Call, Engine> engines;
    private final EvidenceDesk desk;

    public EvidenceRoutes(Function<Call, Engine> engines, Workspace workspace) {
        this.engines = engines;
        this.desk = new EvidenceDesk(workspace);
    }

    public List<Route> routes() {
        return List.of(Route.get(
                        "/v1/advertisers/{id}/evidence",
                        "getEvidence",
                        call -> desk.pack(call, engines.apply(call), call.param("id")))
                .needs(Scope.AUDIT_READ)
                .query("from", "to", "lang")
                .summary("An evidence pack: changes, terms, delivery, credits, disputes, invoices and proofs, sealed"));
    }
}
