package mizan.server.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mizan.core.campaign.CommunityVeto;
import mizan.core.campaign.Placement;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.booking.Vetoes;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;

/// What moderators keep away from the posts of their community. Each change is a version of the placement, so
/// who vetoed what, when and why stands in its change log, and a past decision is explained by the vetoes of
/// then.
public final class VetoRoutes {
    private final Function<Call, Engine> engines;
    private final GuardedBook book;

    public VetoRoutes(Function<Call, Engine> engines, GuardedBook book) {
        this.engines = engines;
        this.book = book;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/placements/{id}/vetoes/{community}", "getVeto", this::get)
                        .needs(Scope.BOOK_READ)
                        .answers(200, "Veto")
                        .summary("What a community keeps away from its posts"),
                Route.put("/v1/placements/{id}/vetoes/{community}", "setVeto", this::put)
                        .needs(Scope.POSTS_WRITE)
                        .takes("Veto")
                        .answers(200, "Veto")
                        .summary("Keep any ad, advertisers or industries away from a community's posts"));
    }

    private Answer get(Call call) {
        var community = call.param("community");
        var veto = placement(call).vetoes().stream()
                .filter(v -> v.community().equals(community))
                .findFirst()
                .orElse(new CommunityVeto(community, false, java.util.Set.of(), java.util.Set.of()));
        return Answer.json(200, Vetoes.json(veto));
    }

    private Answer put(Call call) {
        if (call.principal().advertiser().isPresent()) {
            throw Problem.of(ProblemCode.FORBIDDEN, Scope.ADMIN.text()).refused();
        }
        var placement = placement(call);
        var fields = call.fields();
        var veto = Vetoes.read(call.param("community"), fields);
        var why = fields.optionalText("why", 500).orElse("");
        fields.done();
        var wish = new Booking.Wish(Kind.PLACEMENT, Optional.of(placement.id().value()), "veto", Vetoes.change(veto));
        return switch (book.change(call.principal(), engines.apply(call), wish, why, _ -> {})) {
            case GuardedBook.Outcome.Done done ->
                Answer.json(200, Vetoes.json(veto)).tracing(done.trace());
            case GuardedBook.Outcome.Waits(var approval) -> ApprovalRoutes.waiting(approval, call);
        };
    }

    private Placement placement(Call call) {
        return engines.apply(call)
                .booking()
                .book()
                .placement(call.param("id"))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }
}
