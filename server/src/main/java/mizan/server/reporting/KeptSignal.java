package mizan.server.reporting;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import mizan.core.campaign.AdvertiserId;
import mizan.core.signal.Act;
import mizan.core.signal.Signal;
import mizan.core.signal.When;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A signal as it was read from a text, and what a person made of it.
///
/// @param source where the text came from, in the words or with the address that was given
/// @param published the day of the text
/// @param readAt when it was read
/// @param decidedBy who confirmed or rejected it; empty before
public record KeptSignal(
        String id,
        Signal signal,
        String source,
        LocalDate published,
        Instant readAt,
        State state,
        String decidedBy,
        String why) {
    /// A signal counts only once a person has confirmed it.
    public enum State {
        PROPOSED,
        CONFIRMED,
        REJECTED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final String PREFIX = "sgl";

    KeptSignal decided(State now, String by, String reason) {
        return new KeptSignal(id, signal, source, published, readAt, now, by, reason);
    }

    /// As it stands in the log and in answers.
    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("advertiser", signal.advertiser().value());
        json.put("act", signal.act().code());
        json.put("by", signal.by().name().toLowerCase(Locale.ROOT));
        json.put("stance", signal.stance().name().toLowerCase(Locale.ROOT));
        json.putObject("when")
                .put("from", signal.when().from().toString())
                .put("to", signal.when().to().toString())
                .put("stated", signal.when().stated());
        json.put("told_by", signal.toldBy());
        json.put("some", signal.some());
        json.put("evidence", signal.evidence());
        json.put("cue", signal.cue());
        json.put("source", source);
        json.put("published", published.toString());
        return json;
    }

    static KeptSignal read(String id, JsonNode json, Instant readAt) {
        var when = json.path("when");
        var signal = new Signal(
                new AdvertiserId(json.path("advertiser").stringValue()),
                Act.valueOf(upper(json, "act")),
                Signal.By.valueOf(upper(json, "by")),
                Signal.Stance.valueOf(upper(json, "stance")),
                new When(
                        LocalDate.parse(when.path("from").stringValue()),
                        LocalDate.parse(when.path("to").stringValue()),
                        when.path("stated").booleanValue()),
                json.path("told_by").stringValue(),
                json.path("some").booleanValue(),
                json.path("evidence").stringValue(),
                json.path("cue").stringValue());
        return new KeptSignal(
                id,
                signal,
                json.path("source").stringValue(),
                LocalDate.parse(json.path("published").stringValue()),
                readAt,
                State.PROPOSED,
                "",
                "");
    }

    private static String upper(JsonNode json, String name) {
        return json.path(name).stringValue().toUpperCase(Locale.ROOT);
    }
}
