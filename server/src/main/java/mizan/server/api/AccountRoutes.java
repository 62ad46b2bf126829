package mizan.server.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mizan.core.campaign.AdvertiserId;
import mizan.core.identity.SortableId;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.people.Workspace;

/// An advertiser's account as a whole, for whoever decides who may use it: names and sign-ins are in it.
public final class AccountRoutes {
    private final Function<Call, Engine> engines;
    private final Workspace workspace;

    public AccountRoutes(Function<Call, Engine> engines, Workspace workspace) {
        this.engines = engines;
        this.workspace = workspace;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/advertisers/{id}/export", "exportAdvertiser", this::export)
                        .needs(Scope.PEOPLE)
                        .answers(200, "AccountExport")
                        .summary(
                                "All of an advertiser's account: bookings with every version, money, invoices, disputes, people"));
    }

    private Answer export(Call call) {
        var engine = engines.apply(call);
        var advertiser = Optional.of(call.param("id"))
                .filter(id -> SortableId.hasForm(AdvertiserId.PREFIX, id))
                .filter(call.principal()::sees)
                .map(AdvertiserId::new)
                .filter(engine.booking().book().advertisers()::containsKey)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        return Answer.json(200, new AccountExport(engine, workspace).of(advertiser))
                .with("cache-control", "no-store");
    }
}
