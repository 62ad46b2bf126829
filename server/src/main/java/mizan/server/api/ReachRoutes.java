package mizan.server.api;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mizan.core.campaign.CampaignId;
import mizan.core.identity.SortableId;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.reporting.ReachSketch;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How many people a campaign reached, how often each saw it, and how many of them another campaign reached too.
public final class ReachRoutes {
    private static final int MOST_DAYS = 366;
    private final Function<Call, Engine> engines;

    public ReachRoutes(Function<Call, Engine> engines) {
        this.engines = engines;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/campaigns/{id}/reach", "getCampaignReach", this::reach)
                        .needs(Scope.BOOK_READ)
                        .answers(200, "Reach")
                        .query("from", "to")
                        .summary("Different viewers reached, estimated by sketches, and how often they saw it"),
                Route.get("/v1/campaigns/{id}/reach/overlap", "getReachOverlap", this::overlap)
                        .needs(Scope.BOOK_READ)
                        .answers(200, "ReachOverlap")
                        .query("with", "from", "to")
                        .summary("Different viewers that two campaigns both reached"));
    }

    /// Days are UTC; `to` is the first that is not asked for.
    private record Days(LocalDate from, LocalDate to) {
        ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("from", from.toString())
                    .put("to", to.toString());
        }
    }

    private Answer reach(Call call) {
        var engine = engines.apply(call);
        var campaign = campaign(call, engine, Optional.of(call.param("id")), "id");
        var days = days(call, engine);
        var merged = engine.reach().of(campaign, days.from(), days.to());
        var json = days.json();
        put(json, "viewers", merged.viewers());
        var frequencies = json.putArray("frequencies");
        var histogram = merged.histogram();
        for (int times = 1; times <= histogram.size(); times++) {
            frequencies
                    .addObject()
                    .put("times", times)
                    .put("or_more", times == histogram.size())
                    .put("viewers", histogram.get(times - 1));
        }
        return Answer.json(200, json);
    }

    private Answer overlap(Call call) {
        var engine = engines.apply(call);
        var campaign = campaign(call, engine, Optional.of(call.param("id")), "id");
        var other = campaign(call, engine, call.query("with"), "with");
        var days = days(call, engine);
        var one = engine.reach().of(campaign, days.from(), days.to());
        var two = engine.reach().of(other, days.from(), days.to());
        var json = days.json();
        put(json, "viewers", one.viewers());
        put(json, "viewers_of_other", two.viewers());
        put(json, "viewers_of_both", one.overlap(two));
        return Answer.json(200, json);
    }

    private static void put(ObjectNode json, String name, ReachSketch.Estimate estimate) {
        json.putObject(name)
                .put("estimate", estimate.viewers())
                .put("low", estimate.low())
                .put("high", estimate.high());
    }

    private static String campaign(Call call, Engine engine, Optional<String> id, String name) {
        return id.filter(i -> SortableId.hasForm(CampaignId.PREFIX, i))
                .map(i -> engine.booking().book().campaigns().get(new CampaignId(i)))
                .filter(c -> call.principal().sees(c.advertiser().value()))
                .map(c -> c.id().value())
                .orElseThrow(() -> name.equals("id")
                        ? Problem.of(ProblemCode.NOT_FOUND).refused()
                        : Problem.of(ProblemCode.INVALID_VALUE, "the id of a campaign")
                                .at(name)
                                .refused());
    }

    /// The last 30 days when nothing is said.
    private static Days days(Call call, Engine engine) {
        var tomorrow =
                LocalDate.ofInstant(engine.time().instant(), ZoneOffset.UTC).plusDays(1);
        var to = day(call, "to").orElse(tomorrow);
        var from = day(call, "from").orElse(to.minusDays(30));
        long days = ChronoUnit.DAYS.between(from, to);
        if (days < 1 || days > MOST_DAYS) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, "1 to " + MOST_DAYS + " days after `from`")
                    .at("to")
                    .refused();
        }
        return new Days(from, to);
    }

    private static Optional<LocalDate> day(Call call, String name) {
        try {
            // Four digits of a year: more would pass the range that a database keeps.
            return call.query(name).map(text -> {
                if (text.length() != 10) {
                    throw new DateTimeParseException("a day has ten characters", text, 0);
                }
                return LocalDate.parse(text);
            });
        } catch (DateTimeParseException _) {
            throw Problem.of(ProblemCode.INVALID_VALUE, "a day such as 2026-03-01")
                    .at(name)
                    .refused();
        }
    }
}
