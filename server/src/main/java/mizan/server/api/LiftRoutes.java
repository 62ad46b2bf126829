package mizan.server.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.CampaignId;
import mizan.core.experiment.Effect;
import mizan.core.identity.SortableId;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Fields;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.lift.Conversion;
import mizan.server.lift.Lift;
import mizan.server.lift.LiftStore;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What viewers did, told by the platform; and what a campaign's ads changed of it.
public final class LiftRoutes {
    /// Days after a first ad or ghost within which something done may count.
    private static final Set<String> WINDOWS = Set.of("1", "7", "30");

    private static final int MAX_BATCH = 1_000;
    private static final Duration OLDEST = Duration.ofDays(30);
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private final Function<Call, Engine> engines;

    public LiftRoutes(Function<Call, Engine> engines) {
        this.engines = engines;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/conversions", "sendConversions", this::conversions)
                        .needs(Scope.SERVE)
                        .takes("Conversions")
                        .answers(202, "ConversionsTaken")
                        .summary(
                                "Tell what viewers did, such as purchases; answered when it would survive a power cut"),
                Route.get("/v1/campaigns/{id}/lift", "getCampaignLift", this::lift)
                        .needs(Scope.BOOK_READ)
                        .answers(200, "Lift")
                        .query("window_days", "kind")
                        .summary("What the ads changed: viewers who saw one against held-out viewers who would have"));
    }

    private Answer conversions(Call call) {
        var engine = engines.apply(call);
        var now = engine.time().instant();
        var fields = call.fields();
        var told = new ArrayList<Conversion>();
        for (var one : fields.objects("conversions", MAX_BATCH)) {
            told.add(new Conversion(
                    advertiser(one, engine),
                    one.text("id", 200),
                    engine.viewers().name(one.text("viewer", 200)),
                    kind(one),
                    at(one, now)));
        }
        if (!fields.has("conversions")) {
            fields.error("conversions", ProblemCode.REQUIRED);
        }
        fields.done();
        int fresh = engine.lift().take(told);
        return Answer.json(
                202,
                JsonNodeFactory.instance.objectNode().put("accepted", fresh).put("repeated", told.size() - fresh));
    }

    private static AdvertiserId advertiser(Fields one, Engine engine) {
        var id = one.text("advertiser", 40);
        if (!SortableId.hasForm(AdvertiserId.PREFIX, id)) {
            one.error("advertiser", ProblemCode.UNKNOWN_REFERENCE);
            return new AdvertiserId(SortableId.of(AdvertiserId.PREFIX, 0, 0, 0));
        }
        var advertiser = new AdvertiserId(id);
        if (!engine.booking().book().advertisers().containsKey(advertiser)) {
            one.error("advertiser", ProblemCode.UNKNOWN_REFERENCE);
        }
        return advertiser;
    }

    private static String kind(Fields one) {
        var kind = one.text("kind", 40);
        if (!KIND.matcher(kind).matches()) {
            one.error("kind", ProblemCode.INVALID_VALUE, "such as purchase: a-z, 0-9 and _");
        }
        return kind;
    }

    private static Instant at(Fields one, Instant now) {
        var at = one.time("at").orElse(now);
        if (at.isBefore(now.minus(OLDEST)) || at.isAfter(now.plus(AHEAD))) {
            one.error("at", ProblemCode.OUT_OF_RANGE, "the last 30 days");
        }
        return at;
    }

    private Answer lift(Call call) {
        var engine = engines.apply(call);
        var campaign = campaign(call, engine);
        int days = call.query("window_days").map(LiftRoutes::days).orElse((int) Lift.USUAL_WINDOW.toDays());
        var kind = call.query("kind");
        if (kind.isPresent() && !KIND.matcher(kind.get()).matches()) {
            throw Problem.of(ProblemCode.INVALID_VALUE, "such as purchase: a-z, 0-9 and _")
                    .at("kind")
                    .refused();
        }
        var json = JsonNodeFactory.instance.objectNode().put("window_days", days);
        kind.ifPresent(k -> json.put("kind", k));
        campaign.holdout().ifPresent(h -> json.put("holdout_percent", h.percent()));
        engine.lift()
                .of(campaign, Duration.ofDays(days), kind, engine.time().instant())
                .ifPresentOrElse(figures -> put(json, figures), () -> json.put("finding", "NO_HOLDOUT"));
        return Answer.json(200, json);
    }

    private static int days(String text) {
        if (!WINDOWS.contains(text)) {
            throw Problem.of(ProblemCode.INVALID_VALUE, "1, 7 or 30")
                    .at("window_days")
                    .refused();
        }
        return Integer.parseInt(text);
    }

    private static Campaign campaign(Call call, Engine engine) {
        return Optional.of(call.param("id"))
                .filter(i -> SortableId.hasForm(CampaignId.PREFIX, i))
                .map(i -> engine.booking().book().campaigns().get(new CampaignId(i)))
                .filter(c -> call.principal().sees(c.advertiser().value()))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    private static void put(ObjectNode json, Lift.Figures figures) {
        put(json.putObject("exposed"), figures.exposed());
        put(json.putObject("ghosts"), figures.ghosts());
        switch (figures.effect()) {
            case Effect.TooEarly() -> json.put("finding", "TOO_EARLY");
            case Effect.Known known ->
                json.put("finding", finding(known))
                        .put("difference", known.difference())
                        .put("low", known.low())
                        .put("high", known.high())
                        .put("p", known.p());
        }
    }

    private static String finding(Effect.Known known) {
        if (!known.differs()) {
            return "NOTHING_FOUND_YET";
        }
        return known.difference() > 0 ? "MORE" : "FEWER";
    }

    private static void put(ObjectNode json, LiftStore.Group group) {
        json.put("viewers", group.viewers()).put("converted", group.converted()).put("waiting", group.waiting());
        if (group.viewers() > 0) {
            json.put("rate", (double) group.converted() / group.viewers());
        }
    }
}
