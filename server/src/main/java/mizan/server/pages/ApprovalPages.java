package mizan.server.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import mizan.core.campaign.AdvertiserId;
import mizan.server.api.Actions;
import mizan.server.api.ApprovalRoutes;
import mizan.server.app.Engine;
import mizan.server.console.page.Access;
import mizan.server.console.page.Campaign;
import mizan.server.editing.Amounts;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.people.Approval;
import mizan.server.people.Approvals;
import mizan.server.people.Rule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What waits for a second person: the list, and one page for each that shows exactly what changes and what it
/// costs.
final class ApprovalPages {
    private static final int DECIDED_SHOWN = 50;
    private final Engine engine;
    private final Actions actions;
    private final Approvals approvals;
    private final PageShell shell;

    ApprovalPages(Engine engine, Actions actions, PageShell shell) {
        this.engine = engine;
        this.actions = actions;
        this.approvals = actions.workspace().approvals();
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/approvals", "approvalsPage", this::list).needs(Scope.BOOK_READ),
                Route.get("/approvals/{id}", "approvalPage", this::one).needs(Scope.BOOK_READ),
                Route.form("/approvals/{id}/approve", "approveOnPage", call -> decide(call, true))
                        .needs(Scope.APPROVE),
                Route.form("/approvals/{id}/decline", "declineOnPage", call -> decide(call, false))
                        .needs(Scope.APPROVE),
                Route.form("/approvals/rules", "setRulesOnPage", this::setRule)
                        .needs(Scope.APPROVE)
                        .confirming());
    }

    private Answer list(Call call) {
        var now = approvals.now();
        var all = approvals.all(call.principal());
        var waiting = all.stream()
                .filter(a -> a.stateAt(now) == Approval.State.PENDING)
                .map(a -> request(call, a))
                .toList();
        var decided = all.stream()
                .filter(a -> a.stateAt(now) != Approval.State.PENDING)
                .limit(DECIDED_SHOWN)
                .map(a -> request(call, a))
                .toList();
        var rules = Rule.settable(call.principal().advertiser()).stream()
                .map(kind -> new Access.RuleRow(
                        kind.text(),
                        kind == Rule.Kind.RAISE || kind == Rule.Kind.CREDIT,
                        approvals.rule(kind, call.principal().advertiser()).aboveMicros()))
                .toList();
        var page =
                new Access.Approvals(waiting, decided, rules, call.principal().may(Scope.APPROVE));
        return shell.html(call, 200, shell.console().approvals(shell.frame(call), shell.words(call), page));
    }

    private Answer one(Call call) {
        return approvals
                .find(call.param("id"), call.principal())
                .map(a -> shell.html(
                        call, 200, shell.console().approval(shell.frame(call), shell.words(call), request(call, a))))
                .orElseGet(() -> shell.missing(call));
    }

    private Access.Request request(Call call, Approval approval) {
        var shown = approval.shown();
        var currency = approval.kind() == Rule.Kind.CREDIT
                ? shown.currency()
                : approval.advertiser()
                        .flatMap(a -> Optional.ofNullable(
                                engine.booking().book().advertisers().get(new AdvertiserId(a))))
                        .map(a -> a.currency().getCurrencyCode())
                        .orElse("");
        boolean campaign = shown.subject().startsWith("cmp_");
        boolean dispute = approval.kind() == Rule.Kind.CREDIT;
        return new Access.Request(
                approval.id(),
                approval.kind().text(),
                approval.stateAt(approvals.now()).name().toLowerCase(Locale.ROOT),
                shown.subject(),
                campaign ? "/campaigns/" + shown.subject() : dispute ? "/disputes/" + shown.subject() : "",
                shown.name(),
                approval.advertiser().map(a -> advertiserName(call, a)).orElse(""),
                differences(shown.before(), shown.after()),
                shown.micros(),
                currency,
                campaign ? OptionalLong.of(engine.accountant().used(shown.subject(), "total")) : OptionalLong.empty(),
                approval.asker().name(),
                approval.askedAt(),
                approval.until(),
                approval.why(),
                hindrance(call, approval),
                approval.decision().map(d -> new Access.Decision(d.name(), d.at(), d.note())));
    }

    private String advertiserName(Call call, String id) {
        return Optional.ofNullable(engine.booking().book().advertisers().get(new AdvertiserId(id)))
                .map(a -> a.name().in(PageShell.lang(call).tag()))
                .orElse(id);
    }

    private String hindrance(Call call, Approval approval) {
        if (!call.principal().may(Scope.APPROVE)) {
            return "approval.no_right";
        }
        return approvals
                .hindrance(approval, call.principal())
                .map(code -> code == ProblemCode.SECOND_PERSON_REQUIRED ? "approval.own" : "approval.over")
                .orElse("");
    }

    /// Each field that differs, the parts of an object one by one.
    private static List<Access.Difference> differences(ObjectNode before, ObjectNode after) {
        var differences = new ArrayList<Access.Difference>();
        var names = new TreeSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        for (var name : names) {
            if (after.path(name) instanceof ObjectNode to) {
                var from = before.path(name);
                var parts = new TreeSet<>(to.propertyNames());
                from.properties().forEach(p -> parts.add(p.getKey()));
                for (var part : parts) {
                    difference(differences, name + "." + part, from.path(part), to.path(part));
                }
            } else {
                difference(differences, name, before.path(name), after.path(name));
            }
        }
        return differences;
    }

    private static void difference(List<Access.Difference> all, String name, JsonNode from, JsonNode to) {
        if (!from.equals(to)) {
            all.add(new Access.Difference(name, value(name, from), value(name, to)));
        }
    }

    private static Campaign.Value value(String name, JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return new Campaign.Value.None();
        }
        return name.endsWith("_micros") && node.isNumber()
                ? new Campaign.Value.Amount(node.longValue())
                : new Campaign.Value.Plain(node.isString() ? node.asString() : node.toString());
    }

    private Answer decide(Call call, boolean approve) {
        var note = call.form().getOrDefault("note", "");
        var decided = actions.approvals()
                .decide(call.param("id"), call.principal(), approve, note.substring(0, Math.min(500, note.length())));
        return PageShell.done(
                        "/approvals/" + decided.id(), decided.state().name().toLowerCase(Locale.ROOT))
                .tracing(ApprovalRoutes.trace(decided));
    }

    private Answer setRule(Call call) {
        var form = call.form();
        var kind = Rule.settable(call.principal().advertiser()).stream()
                .filter(k -> k.text().equals(form.getOrDefault("kind", "")))
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        var above = switch (form.getOrDefault("when", "")) {
            case "off" -> OptionalLong.empty();
            case "all" -> OptionalLong.of(0);
            default -> Amounts.micros(form.getOrDefault("above", ""));
        };
        if (above.isEmpty() && !form.getOrDefault("when", "").equals("off")) {
            return PageShell.done("/approvals", "amount_needed");
        }
        var rule = new Rule(call.principal().advertiser().orElse(""), kind, above);
        return actions.approvals()
                .set(rule, call.principal(), "")
                .map(waits ->
                        PageShell.done("/approvals/" + waits.id(), "waits").tracing(ApprovalRoutes.trace(waits)))
                .orElseGet(() -> PageShell.done("/approvals", "rule_set").tracing(ApprovalRoutes.trace(rule)));
    }
}
