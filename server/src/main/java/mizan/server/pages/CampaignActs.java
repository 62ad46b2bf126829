package mizan.server.pages;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mizan.core.campaign.CampaignId;
import mizan.core.identity.SortableId;
import mizan.server.api.Actions;
import mizan.server.api.ApprovalRoutes;
import mizan.server.api.GuardedBook;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.editing.Amounts;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What an advertiser's people do from the page of a campaign: pause, resume, raise, cut. By the same way into the book
/// as the API, second persons included.
final class CampaignActs {
    private static final int MAX_REASON = 200;
    private final Engine engine;
    private final Actions actions;

    CampaignActs(Engine engine, Actions actions) {
        this.engine = engine;
        this.actions = actions;
    }

    List<Route> routes() {
        return List.of(
                Route.form("/campaigns/{id}/pause", "pauseOnPage", status("pause", "PAUSED", "paused"))
                        .needs(Scope.BOOK_WRITE),
                Route.form("/campaigns/{id}/resume", "resumeOnPage", status("resume", "ACTIVE", "resumed"))
                        .needs(Scope.BOOK_WRITE),
                Route.form("/campaigns/{id}/raise", "raiseOnPage", call -> budget(call, true))
                        .needs(Scope.MONEY_WRITE),
                Route.form("/campaigns/{id}/reduce", "reduceOnPage", call -> budget(call, false))
                        .needs(Scope.MONEY_WRITE));
    }

    private Route.Handler status(String verb, String status, String said) {
        return call ->
                act(call, verb, said, _ -> JsonNodeFactory.instance.objectNode().put("entity_status", status), false);
    }

    private Answer budget(Call call, boolean raise) {
        var amount = Amounts.micros(call.form().getOrDefault("budget", ""));
        if (amount.isEmpty()) {
            return PageShell.done("/campaigns/" + visible(call), "amount_needed");
        }
        return act(
                call,
                raise ? "increase_budget" : "decrease_budget",
                raise ? "raised" : "reduced",
                now -> {
                    long before = now.path("budget").path("total_micros").asLong(Long.MAX_VALUE);
                    require(raise ? amount.getAsLong() > before : amount.getAsLong() < before);
                    require(raise || amount.getAsLong() >= engine.accountant().used(call.param("id"), "total"));
                    var json = JsonNodeFactory.instance.objectNode();
                    json.putObject("budget").put("total_micros", amount.getAsLong());
                    return json;
                },
                true);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, "").refused();
        }
    }

    /// @param fields what is to differ, from the fields as they are; refuses what does not fit
    private Answer act(Call call, String verb, String said, Function<ObjectNode, ObjectNode> fields, boolean money) {
        var id = visible(call);
        var page = "/campaigns/" + id;
        var reason = call.form().getOrDefault("reason", "").strip();
        if (reason.isEmpty() || reason.length() > MAX_REASON) {
            return PageShell.done(page, "reason_needed");
        }
        try {
            var wished = fields.apply(engine.booking().body(Kind.CAMPAIGN, id).orElseThrow());
            var wish = new Booking.Wish(Kind.CAMPAIGN, Optional.of(id), verb, wished);
            // Looked at again under the book's lock: somebody may have been quicker.
            var outcome = actions.book().change(call.principal(), engine, wish, reason, now -> look(fields, now));
            return switch (outcome) {
                case GuardedBook.Outcome.Done(var done, var trace) ->
                    PageShell.done(page, said).tracing(trace);
                case GuardedBook.Outcome.Waits(var approval) ->
                    PageShell.done("/approvals/" + approval.id(), "waits").tracing(ApprovalRoutes.trace(approval));
            };
        } catch (Refused refused) {
            if (money && refused.problem().code() == ProblemCode.OUT_OF_RANGE) {
                return PageShell.done(page, "budget_out_of_range");
            }
            throw refused;
        }
    }

    private static void look(Function<ObjectNode, ObjectNode> fields, ObjectNode now) {
        var _ = fields.apply(now);
    }

    /// The id of a campaign that the caller may see.
    private String visible(Call call) {
        var id = call.param("id");
        return Optional.of(id)
                .filter(i -> SortableId.hasForm(CampaignId.PREFIX, i))
                .flatMap(i ->
                        Optional.ofNullable(engine.booking().book().campaigns().get(new CampaignId(i))))
                .filter(c -> call.principal().sees(c.advertiser().value()))
                .map(_ -> id)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }
}
