package mizan.server.adcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;
import mizan.server.adcp.Documents.Kind;
import mizan.server.lift.Conversion;
import tools.jackson.databind.node.ObjectNode;

/// What viewers did for an advertiser. Mizan measures it by the key that the platform gives a viewer and by nothing
/// else:
/// no pixel, no e-mail address, no hash of one.
final class Events {
    private static final Duration OLDEST = Duration.ofDays(30);
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /// The standard's name for a key that the platform itself gave a viewer.
    static final String VIEWER_KEY = "publisher_first_party";

    private Events() {}

    static ObjectNode sources(Sale sale) {
        var account = Accounts.of(sale);
        for (var one : sale.asked.objects("event_sources")) {
            var id = one.text("event_source_id");
            var document = one.json().deepCopy();
            document.put(
                    "known", sale.document(Kind.EVENT_SOURCE, account.id(), id).isPresent());
            sale.keep(Kind.EVENT_SOURCE, account.id(), id, document);
        }
        var answer = Sale.node();
        var list = answer.putArray("event_sources");
        sale.documents(Kind.EVENT_SOURCE, account.id()).forEach((id, document) -> {
            var json = list.addObject().put("event_source_id", id);
            json.put("name", document.path("name").asString(id));
            if (!document.path("event_types").isEmpty()) {
                json.set("event_types", document.get("event_types").deepCopy());
            }
            json.put("action_source", "website").put("managed_by", "buyer");
            json.putObject("setup")
                    .put("snippet_type", "server_only")
                    .put("snippet", "log_event with user_match.uids of type " + VIEWER_KEY)
                    .put(
                            "instructions",
                            "Send events from a server. A viewer is named by the key that this platform"
                                    + " gives you; nothing else is matched.");
            json.put("action", document.path("known").asBoolean(false) ? "updated" : "created");
        });
        return answer;
    }

    static ObjectNode log(Sale sale) {
        var source = sale.asked.text("event_source_id");
        var account = Accounts.some(sale).stream()
                .filter(a -> sale.document(Kind.EVENT_SOURCE, a.id(), source).isPresent())
                .findFirst()
                .orElseThrow(() -> new AdcpError("REFERENCE_NOT_FOUND", "no such event source", "event_source_id"));
        var events = sale.asked.objects("events");
        if (events.isEmpty()) {
            throw AdcpError.invalid("events", "at least one");
        }
        var told = new ArrayList<Conversion>();
        var answer = Sale.node().put("events_received", events.size());
        var failures = Sale.node().putArray("failures");
        for (var one : events) {
            var id = one.text("event_id");
            var type = one.text("event_type");
            var at = one.time("event_time", sale.now())
                    .orElseThrow(() -> AdcpError.invalid(one.where() + "event_time", "is required"));
            var viewer = viewer(one);
            boolean old = at.isBefore(sale.now().minus(OLDEST))
                    || at.isAfter(sale.now().plusSeconds(300));
            if (viewer.isEmpty()
                    || old
                    || id.length() > 200
                    || !TYPE.matcher(type).matches()) {
                failures.addObject()
                        .put("event_id", id)
                        .put("code", viewer.isEmpty() ? "NO_MATCH_KEY" : old ? "OUTSIDE_WINDOW" : "INVALID_EVENT")
                        .put("message", "a viewer's key, a type, and a time of the last 30 days");
            } else {
                told.add(new Conversion(account.advertiser().id(), id, viewer.get(), type, at));
            }
        }
        sale.engine().lift().take(told);
        answer.put("events_processed", told.size());
        if (!failures.isEmpty()) {
            answer.set("partial_failures", failures);
        }
        return answer.put("sandbox", sale.sandbox());
    }

    private static Optional<String> viewer(Asked event) {
        return event.object("user_match").stream()
                .flatMap(m -> m.objects("uids").stream())
                .filter(u -> u.text("type").equals(VIEWER_KEY))
                .map(u -> u.text("value"))
                .filter(v -> v.length() <= 200)
                .findFirst();
    }

    /// Kept for people to read: no bid follows from what a buyer says of its own results.
    static ObjectNode feedback(Sale sale) {
        var id = sale.asked.text("media_buy_id");
        var account = Accounts.all(sale).stream()
                .filter(a -> MediaBuys.campaigns(sale, a).stream()
                        .anyMatch(c -> c.id().value().equals(id)))
                .findFirst()
                .orElseThrow(() -> new AdcpError("MEDIA_BUY_NOT_FOUND", "no such media buy", "media_buy_id"));
        var index = sale.asked.json().path("performance_index");
        if (!index.isNumber() || index.doubleValue() < 0) {
            throw AdcpError.invalid("performance_index", "a number of 0 or more");
        }
        var document = sale.asked.json().deepCopy();
        document.put("at", sale.now().toString());
        sale.keep(Kind.FEEDBACK, account.id(), sale.engine().ids().next("fbk"), document);
        return Sale.node().put("success", true).put("sandbox", sale.sandbox());
    }
}
