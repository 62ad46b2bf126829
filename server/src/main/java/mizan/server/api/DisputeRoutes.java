package mizan.server.api;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import mizan.core.receipt.ImpressionId;
import mizan.server.app.Engine;
import mizan.server.disputes.Dispute;
import mizan.server.disputes.DisputeJson;
import mizan.server.disputes.DisputeStore;
import mizan.server.disputes.Verdict;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Fields;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.people.Approvals;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An advertiser objects, the platform answers, and anybody who may sees what became of each showing.
public final class DisputeRoutes {
    private static final long MOST = 1_000_000_000_000_000L;
    private static final Set<Dispute.State> ANSWERS = Set.of(
            Dispute.State.ANSWERED, Dispute.State.ACCEPTED, Dispute.State.ACCEPTED_IN_PART, Dispute.State.REFUSED);
    private final Function<Call, Engine> engines;
    private final DisputeDesk desk;

    public DisputeRoutes(Function<Call, Engine> engines, Approvals approvals) {
        this.engines = engines;
        this.desk = new DisputeDesk(approvals);
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/disputes", "openDispute", this::open)
                        .needs(Scope.MONEY_WRITE)
                        .takes("DisputeOpening")
                        .answers(201, "Dispute")
                        .summary("Object to showings, days or all of a campaign"),
                Route.get("/v1/disputes", "listDisputes", this::list)
                        .needs(Scope.LEDGER_READ)
                        .answers(200, "DisputeList")
                        .query("limit", "after", "advertiser", "state")
                        .summary("Disputes, newest first"),
                Route.get("/v1/disputes/{id}", "getDispute", this::get)
                        .needs(Scope.LEDGER_READ)
                        .answers(200, "Dispute")
                        .summary("A dispute with both sides' numbers and all that was said"),
                Route.get("/v1/disputes/{id}/showings", "listDisputedShowings", this::showings)
                        .needs(Scope.LEDGER_READ)
                        .answers(200, "DisputedShowingList")
                        .query("limit", "after")
                        .summary("The billed showings of a dispute, with their receipts and credits, oldest first"),
                Route.post("/v1/disputes/{id}/notes", "noteDispute", call -> say(call, false))
                        .needs(Scope.MONEY_WRITE)
                        .takes("DisputeText")
                        .answers(200, "Dispute")
                        .summary("Add a word to an open dispute"),
                Route.post("/v1/disputes/{id}/withdraw", "withdrawDispute", call -> say(call, true))
                        .needs(Scope.MONEY_WRITE)
                        .takes("DisputeText")
                        .answers(200, "Dispute")
                        .summary("Take an open dispute back"),
                Route.post("/v1/disputes/{id}/answer", "answerDispute", this::answer)
                        .needs(Scope.FUNDS_WRITE)
                        .takes("DisputeAnswer")
                        .answers(200, "Dispute")
                        .withMoney()
                        .summary("Answer, accept in full or in part, or refuse; what is accepted is credited once"));
    }

    private Answer open(Call call) {
        var engine = engines.apply(call);
        var fields = call.fields();
        var campaign = fields.text("campaign", 40);
        var reason = fields.required("reason", fields.choice("reason", Dispute.Reason.class));
        var impressions = List.copyOf(fields.texts("impressions", Dispute.MAX_NAMED, 40));
        var from = fields.parsed("from", 10, DisputeRoutes::day);
        var to = fields.parsed("to", 10, DisputeRoutes::day);
        var claimed = fields.object("claimed");
        var numbers = claimed.map(c -> new Dispute.Claimed(
                        c.optionalNumber("impressions", 0, MOST),
                        c.optionalNumber("clicks", 0, MOST),
                        c.optionalNumber("micros", 0, MOST)))
                .orElse(new Dispute.Claimed(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
        var text = fields.text("text", Dispute.MAX_TEXT);
        fields.done();
        var wish = new DisputeDesk.Wish(campaign, reason.orElseThrow(), impressions, from, to, numbers, text);
        var opened = desk.open(call.principal(), engine, wish);
        return Answer.json(201, json(engine, opened)).tracing(DisputeDesk.trace(opened));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a day such as 2026-03-01", e);
        }
    }

    private Answer list(Call call) {
        var page = Page.of(call);
        var engine = engines.apply(call);
        var state = call.query("state")
                .map(s -> List.of(Dispute.State.values()).stream()
                        .filter(known -> known.name().equals(s))
                        .findFirst()
                        .orElseThrow(() -> Problem.of(ProblemCode.INVALID_VALUE)
                                .at("state")
                                .refused()));
        var whose = call.principal().advertiser().or(() -> call.query("advertiser"));
        long below = page.after().map(DisputeRoutes::number).orElse(Long.MAX_VALUE);
        var found = engine.disputes().store().newest(whose, state, below, page.limit() + 1);
        var data = JsonNodeFactory.instance.arrayNode();
        found.stream().limit(page.limit()).forEach(n -> data.add(json(engine, n.dispute())));
        var next = found.size() > page.limit()
                ? Optional.of(Long.toString(found.get(page.limit() - 1).number()))
                : Optional.<String>empty();
        return Answer.json(200, Page.json(data, next));
    }

    private static long number(String place) {
        try {
            return Long.parseLong(place);
        } catch (NumberFormatException _) {
            throw Page.badCursor();
        }
    }

    private Answer get(Call call) {
        var engine = engines.apply(call);
        return Answer.json(200, json(engine, DisputeDesk.find(call.principal(), engine, call.param("id"))));
    }

    private Answer showings(Call call) {
        var page = Page.of(call);
        var engine = engines.apply(call);
        var dispute = DisputeDesk.find(call.principal(), engine, call.param("id"));
        var after = page.after().orElse("");
        var rows = engine.disputes().billed(dispute).stream()
                .map(s -> s.impression())
                .filter(i -> i.id().value().compareTo(after) > 0)
                .limit(page.limit() + 1L)
                .toList();
        var credits = engine.disputes().store().credits(dispute.id(), after, page.limit() + 1).stream()
                .collect(Collectors.toMap(DisputeStore.Credit::impression, c -> c));
        var data = JsonNodeFactory.instance.arrayNode();
        for (var shown : rows.subList(0, Math.min(rows.size(), page.limit()))) {
            var row = data.addObject();
            row.put("impression", shown.id().value());
            row.put("served_at", shown.servedAt().toString());
            row.putObject("billed")
                    .put("currency", shown.currency().getCurrencyCode())
                    .put("micros", shown.priceMicros());
            Optional.ofNullable(credits.get(shown.id()))
                    .map(DisputeStore.Credit::credited)
                    .ifPresent(c -> c.ifPresent(micros -> row.put("credited_micros", micros)));
            engine.sealing()
                    .map(s -> s.store().index("receipt", shown.id().value()))
                    .filter(OptionalLong::isPresent)
                    .ifPresent(index -> row.put("receipt_index", index.getAsLong())
                            .put("proof", "/v1/impressions/" + shown.id() + "/proof"));
        }
        var next = rows.size() > page.limit()
                ? Optional.of(rows.get(page.limit() - 1).id().value())
                : Optional.<String>empty();
        return Answer.json(200, Page.json(data, next));
    }

    private Answer say(Call call, boolean withdraw) {
        var engine = engines.apply(call);
        var dispute = DisputeDesk.find(call.principal(), engine, call.param("id"));
        var fields = call.fields();
        var text = fields.text("text", Dispute.MAX_TEXT);
        fields.done();
        var said = withdraw
                ? desk.withdraw(call.principal(), engine, dispute, text)
                : desk.note(call.principal(), engine, dispute, text);
        return Answer.json(200, json(engine, said)).tracing(DisputeDesk.trace(said));
    }

    private Answer answer(Call call) {
        var engine = engines.apply(call);
        var dispute = DisputeDesk.find(call.principal(), engine, call.param("id"));
        var verdict = verdict(call.fields(), dispute);
        return switch (desk.answer(call.principal(), engine, dispute, verdict)) {
            case DisputeDesk.Outcome.Done(var done) ->
                Answer.json(200, json(engine, done)).tracing(DisputeDesk.trace(done));
            case DisputeDesk.Outcome.Waits(var approval) -> ApprovalRoutes.waiting(approval, call);
        };
    }

    private static Verdict verdict(Fields fields, Dispute dispute) {
        var becomes = fields.required("outcome", fields.choice("outcome", Dispute.State.class));
        var text = fields.text("text", Dispute.MAX_TEXT);
        var impressions = fields.texts("impressions", Dispute.MAX_NAMED, 40);
        var from = fields.parsed("from", 10, DisputeRoutes::day);
        var to = fields.parsed("to", 10, DisputeRoutes::day);
        var atMost = fields.optionalNumber("at_most_micros", 1, MOST);
        if (fields.sound() && !ANSWERS.contains(becomes.orElseThrow())) {
            fields.error(
                    "outcome", ProblemCode.INVALID_VALUE, ANSWERS.toString().toLowerCase(Locale.ROOT));
        }
        boolean named = !impressions.isEmpty() || from.isPresent() || to.isPresent() || atMost.isPresent();
        if (fields.sound() && named != (becomes.orElseThrow() == Dispute.State.ACCEPTED_IN_PART)) {
            fields.error("outcome", ProblemCode.INVALID_VALUE, "a part with ACCEPTED_IN_PART, and only then");
        }
        if (from.isPresent() != to.isPresent()) {
            fields.error("to", ProblemCode.REQUIRED);
        }
        fields.done();
        return new Verdict(becomes.orElseThrow(), part(dispute, impressions, from, to, atMost), text);
    }

    private static Verdict.Part part(
            Dispute dispute,
            Set<String> impressions,
            Optional<LocalDate> from,
            Optional<LocalDate> to,
            OptionalLong atMost) {
        var ids = new HashSet<ImpressionId>();
        for (var id : impressions) {
            if (!mizan.core.identity.SortableId.hasForm(ImpressionId.PREFIX, id)) {
                throw Problem.of(ProblemCode.UNKNOWN_REFERENCE, id)
                        .at("impressions")
                        .refused();
            }
            ids.add(new ImpressionId(id));
        }
        var zone = dispute.subject() instanceof Dispute.Subject.Days d ? d.zone() : java.time.ZoneOffset.UTC;
        return new Verdict.Part(ids, from.map(f -> new Dispute.Subject.Days(f, to.orElseThrow(), zone)), atMost);
    }

    static ObjectNode json(Engine engine, Dispute dispute) {
        var credited = engine.disputes().store().credited(dispute.id());
        var json = DisputeJson.write(dispute);
        json.putObject("credited")
                .put("currency", dispute.currency().getCurrencyCode())
                .put("micros", credited.micros())
                .put("showings", credited.showings());
        json.put("overdue", dispute.isOverdue(engine.time().instant()));
        return json;
    }
}
