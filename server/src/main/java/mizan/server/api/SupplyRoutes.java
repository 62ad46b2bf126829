package mizan.server.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.http.Trace;
import mizan.server.openrtb.Supply;
import tools.jackson.databind.node.ObjectNode;

/// What the operator offers to the market, and the files by which the market checks it.
public final class SupplyRoutes {
    private final Function<Call, Engine> engines;
    private final Engine primary;

    /// @param primary whose files are served
    public SupplyRoutes(Function<Call, Engine> engines, Engine primary) {
        this.engines = engines;
        this.primary = primary;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/supply", "getSupply", this::supply)
                        .needs(Scope.PLATFORM_READ)
                        .answers(200, "Supply")
                        .summary("What is offered in the auctions of others, and who is paid for it"),
                Route.put("/v1/supply", "setSupply", this::set)
                        .needs(Scope.ADMIN)
                        .takes("Supply")
                        .answers(200, "Supply")
                        .summary("Replace it; ads.txt, app-ads.txt and sellers.json follow"),
                Route.get("/ads.txt", "adsTxt", _ -> text(current().adsTxtFile()))
                        .everybody(),
                Route.get("/app-ads.txt", "appAdsTxt", _ -> text(current().appAdsTxtFile()))
                        .everybody(),
                Route.get(
                                "/sellers.json",
                                "sellersJson",
                                _ -> Answer.json(200, current().sellersJson())
                                        .with("access-control-allow-origin", "*")
                                        .with("cache-control", "public, max-age=3600"))
                        .everybody());
    }

    private Supply current() {
        return primary.supply().current();
    }

    private static Answer text(String text) {
        return Answer.bytes(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8))
                .with("cache-control", "public, max-age=3600");
    }

    private Answer supply(Call call) {
        return Answer.json(200, json(engines.apply(call).supply().current()));
    }

    /// With the chain that pages give along for each offer.
    private static ObjectNode json(Supply supply) {
        var json = supply.json();
        var offers = json.path("offers");
        for (int i = 0; i < supply.offers().size(); i++) {
            var one = (ObjectNode) offers.get(i);
            supply.chain(supply.offers().get(i)).ifPresent(chain -> one.set("schain", chain));
        }
        return json;
    }

    private Answer set(Call call) {
        var engine = engines.apply(call);
        var fields = call.fields();
        var next = Supply.read(fields);
        var known = engine.snapshots().current().placements();
        next.offers().stream()
                .filter(o -> !known.containsKey(o.placement()))
                .forEach(_ -> fields.error("offers", ProblemCode.UNKNOWN_REFERENCE));
        fields.done();
        var before = engine.supply().current().json();
        engine.supply().replace(next);
        return Answer.json(200, json(next))
                .tracing(new Trace("supply", Optional.empty(), Optional.of(before), Optional.of(next.json())));
    }
}
