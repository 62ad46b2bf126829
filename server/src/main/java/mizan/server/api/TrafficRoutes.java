package mizan.server.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mizan.core.campaign.CampaignId;
import mizan.core.identity.SortableId;
import mizan.server.accounting.LedgerBatch;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.reporting.Reports;
import tools.jackson.databind.node.JsonNodeFactory;

/// How much of a campaign's traffic no reader sent, and why.
public final class TrafficRoutes {
    private static final int USUAL_DAYS = 30;
    private final Function<Call, Engine> engines;

    public TrafficRoutes(Function<Call, Engine> engines) {
        this.engines = engines;
    }

    public List<Route> routes() {
        return List.of(Route.get("/v1/campaigns/{id}/invalid-traffic", "getInvalidTraffic", this::invalid)
                .needs(Scope.BOOK_READ)
                .answers(200, "InvalidTraffic")
                .query("from", "to")
                .summary("Events that no reader sent, by reason: kept, and neither counted nor charged"));
    }

    private Answer invalid(Call call) {
        var engine = engines.apply(call);
        var id = call.param("id");
        if (!seen(call, engine, id)) {
            throw Problem.of(ProblemCode.NOT_FOUND).refused();
        }
        var today = LocalDate.ofInstant(engine.time().instant(), ZoneOffset.UTC);
        var to = call.query("to").map(t -> day(t, "to")).orElse(today.plusDays(1));
        var from = call.query("from").map(t -> day(t, "from")).orElse(to.minusDays(USUAL_DAYS));
        if (from.isAfter(to)) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, "not after `to`")
                    .at("from")
                    .refused();
        }
        return Answer.json(200, json(engine.reports(), id, from, to));
    }

    private static tools.jackson.databind.node.ObjectNode json(
            Reports reports, String id, LocalDate from, LocalDate to) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("from", from.toString())
                .put("to", to.toString());
        var invalid = reports.invalid(id, from, to);
        long events = invalid.values().stream().mapToLong(n -> n).sum();
        long valid = valid(reports, id, from, to);
        json.put("valid_events", valid).put("invalid_events", events);
        json.put("invalid_share", valid + events == 0 ? 0 : (double) events / (valid + events));
        var reasons = json.putArray("reasons");
        invalid.entrySet().stream()
                .sorted(Map.Entry.<Reports.Invalid, Long>comparingByValue()
                        .reversed()
                        .thenComparing(e -> e.getKey().toString(), Comparator.naturalOrder()))
                .forEach(e -> reasons.addObject()
                        .put("reason", e.getKey().reason().text())
                        .put("kind", e.getKey().kind().name())
                        .put("events", e.getValue()));
        return json;
    }

    /// Whether there is such a campaign, of whom the caller acts for.
    private static boolean seen(Call call, Engine engine, String id) {
        return Optional.of(id)
                .filter(i -> SortableId.hasForm(CampaignId.PREFIX, i))
                .map(i -> engine.booking().book().campaigns().get(new CampaignId(i)))
                .filter(c -> call.principal().sees(c.advertiser().value()))
                .isPresent();
    }

    private static long valid(Reports reports, String id, LocalDate from, LocalDate to) {
        return reports.daily(Reports.By.CAMPAIGN, start(from), start(to), Optional.of(id)).values().stream()
                .reduce(LedgerBatch.Counts.NONE, LedgerBatch.Counts::plus)
                .events();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static LocalDate day(String text, String name) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException _) {
            throw Problem.of(ProblemCode.INVALID_TIME).at(name).refused();
        }
    }
}
