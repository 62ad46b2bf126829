package mizan.server.pages;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import mizan.server.api.Actions;
import mizan.server.api.ApprovalRoutes;
import mizan.server.api.DisputeDesk;
import mizan.server.app.Engine;
import mizan.server.disputes.Dispute;
import mizan.server.disputes.Verdict;
import mizan.server.editing.Amounts;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;
import mizan.server.http.Route;
import mizan.server.http.Scope;

/// Disputes for people: an advertiser's open and follow them, finance answers. By the same way as the API, second
/// persons included.
final class DisputePages {
    private static final Set<Dispute.State> ANSWERS = Set.of(
            Dispute.State.ANSWERED, Dispute.State.ACCEPTED, Dispute.State.ACCEPTED_IN_PART, Dispute.State.REFUSED);

    private final Engine engine;
    private final Actions actions;
    private final DisputeDesk desk;
    private final PageShell shell;

    DisputePages(Engine engine, Actions actions, PageShell shell) {
        this.engine = engine;
        this.actions = actions;
        this.desk = new DisputeDesk(actions.workspace().approvals());
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/disputes", "disputesPage", this::list).needs(Scope.LEDGER_READ),
                Route.get("/disputes/{id}", "disputePage", this::one).needs(Scope.LEDGER_READ),
                Route.form("/disputes", "openDisputeOnPage", this::open).needs(Scope.MONEY_WRITE),
                Route.form("/disputes/{id}/note", "noteDisputeOnPage", call -> say(call, false))
                        .needs(Scope.MONEY_WRITE),
                Route.form("/disputes/{id}/withdraw", "withdrawDisputeOnPage", call -> say(call, true))
                        .needs(Scope.MONEY_WRITE),
                Route.form("/disputes/{id}/answer", "answerDisputeOnPage", this::answer)
                        .needs(Scope.FUNDS_WRITE));
    }

    private DisputeView view(Call call) {
        return new DisputeView(
                engine,
                call.principal(),
                PageShell.lang(call),
                actions.workspace().names()::apply);
    }

    private Answer list(Call call) {
        long below = call.query("after")
                .filter(a -> a.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
        var page = shell.console()
                .disputes(shell.frame(call), shell.words(call), view(call).list(below));
        return shell.html(call, 200, page);
    }

    private Dispute find(Call call) {
        return DisputeDesk.find(call.principal(), engine, call.param("id"));
    }

    private Answer one(Call call) {
        var page = shell.console()
                .dispute(shell.frame(call), shell.words(call), view(call).one(find(call)));
        return shell.html(call, 200, page);
    }

    private Answer open(Call call) {
        return explained("/disputes", () -> {
            var form = call.form();
            var reason = Arrays.stream(Dispute.Reason.values())
                    .filter(r -> r.code().equals(form.getOrDefault("reason", "")))
                    .findFirst()
                    .orElseThrow(() ->
                            Problem.of(ProblemCode.INVALID_VALUE).at("reason").refused());
            var wish = new DisputeDesk.Wish(
                    form.getOrDefault("campaign", ""),
                    reason,
                    List.of(),
                    day(form, "from"),
                    // People name the last day; the desk takes the day after it.
                    day(form, "to").map(d -> d.plusDays(1)),
                    new Dispute.Claimed(count(form, "impressions"), count(form, "clicks"), OptionalLong.empty()),
                    text(form));
            var opened = desk.open(call.principal(), engine, wish);
            return PageShell.done("/disputes/" + opened.id(), "dispute_opened").tracing(DisputeDesk.trace(opened));
        });
    }

    private Answer say(Call call, boolean withdraw) {
        var d = find(call);
        var page = "/disputes/" + d.id();
        return explained(page, () -> {
            var text = text(call.form());
            requireSeen(call, d);
            var said = withdraw
                    ? desk.withdraw(call.principal(), engine, d, text)
                    : desk.note(call.principal(), engine, d, text);
            return PageShell.done(page, withdraw ? "dispute_withdrawn" : "dispute_noted")
                    .tracing(DisputeDesk.trace(said));
        });
    }

    private Answer answer(Call call) {
        var d = find(call);
        var page = "/disputes/" + d.id();
        return explained(page, () -> {
            var verdict = verdict(call.form());
            requireSeen(call, d);
            return switch (desk.answer(call.principal(), engine, d, verdict)) {
                case DisputeDesk.Outcome.Done(var done) ->
                    PageShell.done(page, "dispute_answered").tracing(DisputeDesk.trace(done));
                case DisputeDesk.Outcome.Waits(var approval) ->
                    PageShell.done("/approvals/" + approval.id(), "waits").tracing(ApprovalRoutes.trace(approval));
            };
        });
    }

    private static Verdict verdict(Map<String, String> form) {
        var becomes = ANSWERS.stream()
                .filter(s -> s.name().equals(form.getOrDefault("outcome", "")))
                .findFirst()
                .orElseThrow(() ->
                        Problem.of(ProblemCode.INVALID_VALUE).at("outcome").refused());
        var part = Verdict.Part.WHOLE;
        if (becomes == Dispute.State.ACCEPTED_IN_PART) {
            var atMost = Amounts.micros(form.getOrDefault("at_most", ""));
            if (atMost.isEmpty()) {
                throw Problem.of(ProblemCode.REQUIRED).at("at_most").refused();
            }
            part = new Verdict.Part(Set.of(), Optional.empty(), atMost);
        }
        return new Verdict(becomes, part, text(form));
    }

    /// Nobody answers what they have not read: the form names how many entries its reader saw.
    private static void requireSeen(Call call, Dispute d) {
        if (!call.form()
                .getOrDefault("seen", "")
                .equals(Integer.toString(d.entries().size()))) {
            throw Problem.of(ProblemCode.STATE_CONFLICT, d.state().name()).refused();
        }
    }

    /// A refusal is told on the page that the form was on.
    private static Answer explained(String page, Supplier<Answer> act) {
        try {
            return act.get();
        } catch (Refused refused) {
            return switch (refused.problem().code()) {
                case TOO_LONG -> PageShell.done(page, "dispute_text");
                case REQUIRED -> PageShell.done(page, "amount_needed");
                case OUT_OF_RANGE, INVALID_TIME -> PageShell.done(page, "dispute_days");
                case STATE_CONFLICT -> PageShell.done(page, "dispute_moved");
                case LIMIT_EXCEEDED -> PageShell.done(page, "dispute_limit");
                default -> throw refused;
            };
        }
    }

    private static String text(Map<String, String> form) {
        return Optional.of(form.getOrDefault("text", "").strip())
                .filter(t -> !t.isEmpty() && t.length() <= Dispute.MAX_TEXT)
                .orElseThrow(() -> Problem.of(ProblemCode.TOO_LONG, Integer.toString(Dispute.MAX_TEXT))
                        .at("text")
                        .refused());
    }

    private static Optional<LocalDate> day(Map<String, String> form, String name) {
        try {
            return Optional.of(form.getOrDefault(name, ""))
                    .filter(d -> !d.isEmpty())
                    .map(LocalDate::parse);
        } catch (DateTimeParseException _) {
            throw Problem.of(ProblemCode.INVALID_TIME).at(name).refused();
        }
    }

    private static OptionalLong count(Map<String, String> form, String name) {
        return Amounts.count(form.getOrDefault(name, ""));
    }
}
