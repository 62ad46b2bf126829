package mizan.server.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import mizan.core.campaign.AdvertiserId;
import mizan.core.identity.SortableId;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.ApiKeys;
import mizan.server.http.Call;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.http.Trace;
import mizan.server.people.Act;
import mizan.server.people.Approval;
import mizan.server.people.Approvals;
import mizan.server.people.AuditLog;
import mizan.server.people.Rule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Four eyes over HTTP: what waits, the decision on it, the rules, and the audit log.
public final class ApprovalRoutes {
    private static final long MOST_MICROS = 1_000_000_000_000_000L;
    private final Approvals approvals;
    private final AuditLog audit;
    private final Function<Mode, Engine> engines;
    private final GuardedBook book;
    private final ApiKeys keys;

    public ApprovalRoutes(
            Approvals approvals, AuditLog audit, Function<Mode, Engine> engines, GuardedBook book, ApiKeys keys) {
        this.approvals = approvals;
        this.audit = audit;
        this.engines = engines;
        this.book = book;
        this.keys = keys;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/approvals", "listApprovals", this::list)
                        .needs(Scope.BOOK_READ)
                        .answers(200, "ApprovalList")
                        .query("state")
                        .summary("Changes that wait for a second person, and what became of earlier ones"),
                Route.get("/v1/approvals/{id}", "getApproval", this::get)
                        .needs(Scope.BOOK_READ)
                        .answers(200, "Approval")
                        .summary("What exactly a waiting change changes, and what it costs"),
                Route.post("/v1/approvals/{id}/approve", "approve", call -> decide(call, true))
                        .needs(Scope.APPROVE)
                        .takes("Note")
                        .answers(200, "Approval")
                        .withMoney()
                        .summary("Carry out what another person asked for"),
                Route.post("/v1/approvals/{id}/decline", "decline", call -> decide(call, false))
                        .needs(Scope.APPROVE)
                        .takes("Note")
                        .answers(200, "Approval")
                        .summary("Refuse what another person asked for"),
                Route.get("/v1/approval-rules", "listApprovalRules", this::rules)
                        .needs(Scope.BOOK_READ)
                        .answers(200, "ApprovalRuleList")
                        .summary("When a change needs a second person"),
                Route.put("/v1/approval-rules/{kind}", "setApprovalRule", this::setRule)
                        .needs(Scope.APPROVE)
                        .confirming()
                        .takes("ApprovalRule")
                        .answers(200, "ApprovalRule")
                        .summary("Make a rule stricter at once; a weaker one waits for a second person"),
                Route.get("/v1/audit", "listActs", this::acts)
                        .needs(Scope.AUDIT_READ)
                        .answers(200, "ActList")
                        .query("limit", "after")
                        .summary("Who did what, from where, newest first; lines are never changed"));
    }

    /// What a call is answered whose change waits.
    static Answer waiting(Approval approval, Call call) {
        var json = JsonNodeFactory.instance.objectNode();
        json.set("approval", json(approval, call.principal(), approval.askedAt()));
        return Answer.json(202, json)
                .with("location", "/v1/approvals/" + approval.id())
                .tracing(trace(approval));
    }

    /// What the audit log keeps of a request.
    public static Trace trace(Approval approval) {
        JsonNode after = approval.shown().after();
        return new Trace(
                approval.id(),
                approval.advertiser(),
                Optional.of(approval.shown().before()),
                Optional.of(((ObjectNode) after.deepCopy())
                        .put("approval_state", approval.state().name())));
    }

    /// What the audit log keeps of a rule.
    public static Trace trace(Rule rule) {
        return new Trace(
                rule.kind().text(),
                rule.advertiser().isEmpty() ? Optional.empty() : Optional.of(rule.advertiser()),
                Optional.empty(),
                Optional.of(json(rule)));
    }

    private Answer list(Call call) {
        var wanted = call.query("state").map(s -> s.toUpperCase(Locale.ROOT));
        var now = approvals.now();
        var json = JsonNodeFactory.instance.objectNode();
        var data = json.putArray("data");
        approvals.all(call.principal()).stream()
                .filter(a -> wanted.map(w -> w.equals(a.stateAt(now).name())).orElse(true))
                .limit(200)
                .forEach(a -> data.add(json(a, call.principal(), now)));
        json.put("has_more", false);
        return Answer.json(200, json);
    }

    private Answer get(Call call) {
        return approvals
                .find(call.param("id"), call.principal())
                .map(a -> Answer.json(200, json(a, call.principal(), approvals.now())))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    private Answer decide(Call call, boolean approve) {
        var fields = call.fields();
        var note = fields.optionalText("note", 500).orElse("");
        fields.done();
        var decided = decide(call.param("id"), call.principal(), approve, note);
        return Answer.json(200, json(decided, call.principal(), approvals.now()))
                .tracing(trace(decided));
    }

    /// Decides on a request; approving carries it out.
    public Approval decide(String id, Principal second, boolean approve, String note) {
        return approvals.decide(id, second, approve, note, this::carryOut);
    }

    private void carryOut(Approval approval) {
        switch (approval.kind()) {
            case RAISE, TERMS_LOOSENED -> book.carryOut(approval, engines.apply(approval.mode()));
            case KEY_CHANGE -> {
                if (keys.letIn(approval.shown().subject()).isEmpty()) {
                    throw Problem.of(ProblemCode.NOT_FOUND).refused();
                }
            }
            case CREDIT -> DisputeDesk.carryOut(approval, engines.apply(approval.mode()));
            case RULE_WEAKENED -> approvals.enforce(rule(approval.deed()));
        }
    }

    private Answer rules(Call call) {
        var json = JsonNodeFactory.instance.objectNode();
        var data = json.putArray("data");
        for (var kind : Rule.settable(call.principal().advertiser())) {
            data.add(json(approvals.rule(kind, call.principal().advertiser())));
        }
        json.put("has_more", false);
        return Answer.json(200, json);
    }

    private Answer setRule(Call call) {
        var kind = Rule.settable(call.principal().advertiser()).stream()
                .filter(k -> k.text().equals(call.param("kind")))
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        var fields = call.fields();
        boolean off = fields.flag("off", false);
        var above = fields.optionalNumber("above_micros", 0, MOST_MICROS);
        var advertiser = fields.optionalText("advertiser", 40);
        fields.done();
        var owner = owner(call.principal(), advertiser);
        var rule = new Rule(owner, kind, off ? OptionalLong.empty() : OptionalLong.of(above.orElse(0L)));
        var before = approvals.own(kind, owner);
        return set(rule, call.principal(), "")
                .map(waits -> waiting(waits, call))
                .orElseGet(() -> Answer.json(200, json(rule))
                        .tracing(new Trace(
                                kind.text(),
                                owner.isEmpty() ? Optional.empty() : Optional.of(owner),
                                Optional.of(json(before)),
                                Optional.of(json(rule)))));
    }

    /// Whose rule it is: one's own advertiser's; for the platform, everybody's or the named one's.
    private String owner(Principal caller, Optional<String> named) {
        var owner = caller.advertiser().or(() -> named).orElse("");
        boolean exists = owner.isEmpty()
                || (SortableId.hasForm(AdvertiserId.PREFIX, owner)
                        && engines.apply(caller.mode())
                                .booking()
                                .book()
                                .advertisers()
                                .containsKey(new AdvertiserId(owner)));
        if (!exists
                || (named.isPresent() && !caller.sees(owner))
                || !named.orElse(owner).equals(owner)) {
            throw Problem.of(ProblemCode.NOT_FOUND).refused();
        }
        return owner;
    }

    /// Sets a rule, or asks for a second person when it is weaker than before.
    public Optional<Approval> set(Rule rule, Principal by, String why) {
        return approvals.set(
                rule,
                by,
                before -> new Approvals.Ask(
                        Rule.Kind.RULE_WEAKENED,
                        rule.advertiser().isEmpty() ? Optional.empty() : Optional.of(rule.advertiser()),
                        why,
                        json(rule),
                        new Approval.Shown(rule.kind().text(), rule.kind().text(), json(before), json(rule), 0, ""),
                        ""));
    }

    private static ObjectNode json(Rule rule) {
        var json = JsonNodeFactory.instance.objectNode().put("kind", rule.kind().text());
        json.put("off", rule.aboveMicros().isEmpty());
        rule.aboveMicros().ifPresent(a -> json.put("above_micros", a));
        if (!rule.advertiser().isEmpty()) {
            json.put("advertiser", rule.advertiser());
        }
        return json;
    }

    private static Rule rule(ObjectNode json) {
        return new Rule(
                json.path("advertiser").asString(""),
                Rule.Kind.valueOf(json.path("kind").asString().toUpperCase(Locale.ROOT)),
                json.has("above_micros")
                        ? OptionalLong.of(json.path("above_micros").asLong())
                        : OptionalLong.empty());
    }

    private static ObjectNode json(Approval approval, Principal caller, Instant now) {
        var json = JsonNodeFactory.instance.objectNode();
        var shown = approval.shown();
        json.put("id", approval.id());
        json.put("kind", approval.kind().text());
        json.put("state", approval.stateAt(now).name());
        approval.advertiser().ifPresent(a -> json.put("advertiser", a));
        json.put("subject", shown.subject());
        json.put("name", shown.name());
        json.set("before", shown.before());
        json.set("after", shown.after());
        if (!shown.currency().isEmpty()) {
            var more = json.putObject("more").put("currency", shown.currency());
            // Without a limit there is no number.
            if (shown.micros() < Long.MAX_VALUE) {
                more.put("micros", shown.micros());
            }
        }
        json.putObject("asked_by")
                .put("id", approval.asker().id())
                .put("name", approval.asker().name());
        json.put("why", approval.why());
        json.put("asked_at", approval.askedAt().toString());
        json.put("expires_at", approval.until().toString());
        json.put(
                "may_decide",
                caller.may(Scope.APPROVE)
                        && !approval.asker().behind().equals(caller.behind())
                        && approval.stateAt(now) == Approval.State.PENDING);
        approval.decision()
                .ifPresent(d -> json.putObject("decision")
                        .put("by", d.by())
                        .put("name", d.name())
                        .put("at", d.at().toString())
                        .put("note", d.note()));
        return json;
    }

    private Answer acts(Call call) {
        var page = Page.of(call);
        var acts = audit.read(call.principal(), before(page), page.limit() + 1);
        var data = JsonNodeFactory.instance.arrayNode();
        acts.stream().limit(page.limit()).forEach(act -> data.add(json(act)));
        boolean more = acts.size() > page.limit();
        return Answer.json(
                200,
                Page.json(
                        data,
                        more
                                ? Optional.of(
                                        Long.toString(acts.get(page.limit() - 1).sequence()))
                                : Optional.empty()));
    }

    private static long before(Page page) {
        try {
            return page.after().map(Long::parseLong).orElse(Long.MAX_VALUE);
        } catch (NumberFormatException _) {
            throw Page.badCursor();
        }
    }

    private static ObjectNode json(Act act) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("sequence", act.sequence());
        json.put("at", act.at().toString());
        json.put("actor", act.actor());
        json.put("name", act.name());
        json.put("operation", act.operation());
        json.put("subject", act.subject());
        act.advertiser().ifPresent(a -> json.put("advertiser", a));
        json.put("before", act.before());
        json.put("after", act.after());
        json.put("from", act.from());
        json.put("request_id", act.requestId());
        return json;
    }
}
