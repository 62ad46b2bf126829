package mizan.server.reconciliation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import mizan.core.campaign.AdvertiserId;
import mizan.core.reconciliation.Cause;
import mizan.core.reconciliation.Counted;
import mizan.core.reconciliation.Difference;
import mizan.core.reconciliation.Line;
import mizan.core.reconciliation.Measure;
import mizan.core.reconciliation.State;
import mizan.core.reconciliation.Totals;
import mizan.server.http.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A comparison as JSON, for the API and as it is kept. Fields are added, never renamed.
public final class ReconciliationJson {
    private ReconciliationJson() {}

    public static ObjectNode write(Kept kept) {
        var json = head(kept);
        var lines = json.putArray("lines");
        kept.lines().forEach(l -> line(lines.addObject(), l));
        return json;
    }

    /// Without its lines.
    public static ObjectNode head(Kept kept) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", kept.id());
        json.put("advertiser", kept.advertiser().value());
        json.put("by", kept.by());
        json.put("at", kept.at().toString());
        json.put("sha256", kept.sha256());
        json.put("time_zone", kept.zone().getId());
        json.put("currency", kept.currency().getCurrencyCode());
        json.put("level", kept.level().name());
        json.put("tolerance_percent", kept.tolerancePercent());
        json.put("shift_hours", kept.shiftHours());
        json.put("rows", kept.rows());
        var states = json.putObject("states");
        for (var state : State.values()) {
            states.put(state.name(), kept.count(state));
        }
        var ignored = json.putArray("ignored_columns");
        kept.ignored().forEach(ignored::add);
        var wrong = json.putArray("wrong");
        kept.wrong()
                .forEach(w -> wrong.addObject()
                        .put("line", w.line())
                        .put("why", w.why().name())
                        .put("text", w.text()));
        return json;
    }

    private static void line(ObjectNode json, Line line) {
        line.theirs().ifPresent(t -> json.put("line", t.line()));
        json.put("day", line.day().toString()).put("item", line.item());
        json.put("state", line.state().name());
        line.theirs().ifPresent(t -> {
            var theirs = json.putObject("theirs");
            t.impressions().ifPresent(n -> theirs.put("impressions", n));
            t.clicks().ifPresent(n -> theirs.put("clicks", n));
            t.micros().ifPresent(n -> theirs.put("micros", n));
        });
        json.putObject("ours")
                .put("impressions", line.ours().rendered())
                .put("viewable", line.ours().viewable())
                .put("clicks", line.ours().clicks())
                .put("billed", line.ours().billed())
                .put("micros", line.ours().micros());
        var differences = json.putArray("differences");
        for (var d : line.differences()) {
            var one = differences.addObject();
            one.put("measure", d.measure().name())
                    .put("theirs", d.theirs())
                    .put("ours", d.ours())
                    .put("tolerance", d.tolerance())
                    .put("state", d.state().name())
                    .put("unexplained", d.rest());
            var reasons = one.putArray("reasons");
            d.reasons()
                    .forEach(r ->
                            reasons.addObject().put("cause", r.cause().name()).put("amount", r.amount()));
        }
    }

    public static Kept read(String text) {
        var json = StrictJson.own(text);
        var ignored = new ArrayList<String>();
        json.path("ignored_columns").forEach(i -> ignored.add(i.asString()));
        var wrong = new ArrayList<Wrong>();
        json.path("wrong")
                .forEach(w -> wrong.add(new Wrong(
                        w.path("line").asLong(),
                        Wrong.Why.valueOf(w.path("why").asString()),
                        w.path("text").asString())));
        var lines = new ArrayList<Line>();
        json.path("lines").forEach(l -> lines.add(line(l)));
        return new Kept(
                json.path("id").asString(),
                new AdvertiserId(json.path("advertiser").asString()),
                json.path("by").asString(),
                Instant.parse(json.path("at").asString()),
                json.path("sha256").asString(),
                ZoneId.of(json.path("time_zone").asString()),
                Currency.getInstance(json.path("currency").asString()),
                Level.valueOf(json.path("level").asString()),
                json.path("tolerance_percent").asInt(),
                json.path("shift_hours").asInt(),
                json.path("rows").asLong(),
                ignored,
                wrong,
                lines);
    }

    private static Line line(JsonNode json) {
        var day = LocalDate.parse(json.path("day").asString());
        var item = json.path("item").asString();
        var theirs = json.path("theirs");
        var ours = json.path("ours");
        return new Line(
                day,
                item,
                json.has("theirs")
                        ? Optional.of(new Counted(
                                json.path("line").asLong(),
                                day,
                                item,
                                number(theirs.path("impressions")),
                                number(theirs.path("clicks")),
                                number(theirs.path("micros"))))
                        : Optional.empty(),
                new Totals(
                        ours.path("impressions").asLong(),
                        ours.path("viewable").asLong(),
                        ours.path("clicks").asLong(),
                        ours.path("billed").asLong(),
                        ours.path("micros").asLong()),
                differences(json.path("differences")),
                State.valueOf(json.path("state").asString()));
    }

    private static List<Difference> differences(JsonNode json) {
        var found = new ArrayList<Difference>();
        for (var d : json) {
            var reasons = new ArrayList<Difference.Reason>();
            d.path("reasons")
                    .forEach(r -> reasons.add(new Difference.Reason(
                            Cause.valueOf(r.path("cause").asString()),
                            r.path("amount").asLong())));
            found.add(new Difference(
                    Measure.valueOf(d.path("measure").asString()),
                    d.path("theirs").asLong(),
                    d.path("ours").asLong(),
                    reasons,
                    d.path("tolerance").asLong()));
        }
        return found;
    }

    private static OptionalLong number(JsonNode json) {
        return json.isNumber() ? OptionalLong.of(json.asLong()) : OptionalLong.empty();
    }
}
