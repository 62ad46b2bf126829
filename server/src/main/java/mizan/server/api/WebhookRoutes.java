package mizan.server.api;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Fields;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.http.Trace;
import mizan.server.webhooks.Delivery;
import mizan.server.webhooks.EventType;
import mizan.server.webhooks.Webhook;
import mizan.server.webhooks.Webhooks;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Webhooks for programs that set themselves up: made, listed, given a new secret, and what was sent sent again. The
/// pages do the same by the same rules.
public final class WebhookRoutes {
    private static final String BASE = "/v1/webhooks";
    private static final int MOST_SENT = 100;
    private final Function<Call, Engine> engines;

    public WebhookRoutes(Function<Call, Engine> engines) {
        this.engines = engines;
    }

    public List<Route> routes() {
        return List.of(
                Route.post(BASE, "createWebhook", this::create)
                        .needs(Scope.KEYS)
                        .confirming()
                        .takes("NewWebhook")
                        .answers(201, "CreatedWebhook")
                        .summary("Tell an address of events; its secret is in this answer and nowhere else"),
                Route.get(BASE, "listWebhooks", this::list)
                        .needs(Scope.KEYS)
                        .answers(200, "WebhookList")
                        .summary("Every webhook of the caller, without its secret"),
                Route.get(BASE + "/{id}", "getWebhook", call -> Answer.json(200, json(visible(call))))
                        .needs(Scope.KEYS)
                        .answers(200, "Webhook"),
                Route.post(BASE + "/{id}/rotate", "rotateWebhookSecret", this::rotate)
                        .bodiless()
                        .needs(Scope.KEYS)
                        .confirming()
                        .answers(200, "CreatedWebhook")
                        .summary("A new secret; the old one signs too for a day"),
                Route.post(BASE + "/{id}/test", "sendTestEvent", this::test)
                        .bodiless()
                        .needs(Scope.KEYS)
                        .answers(200, "Webhook")
                        .summary("Send an event that says nothing"),
                Route.post(BASE + "/{id}/enable", "switchWebhookOn", this::enable)
                        .bodiless()
                        .needs(Scope.KEYS)
                        .answers(200, "Webhook")
                        .summary("Tell it again of what happens from now on"),
                Route.post(BASE + "/{id}/remove", "dropWebhook", this::remove)
                        .bodiless()
                        .needs(Scope.KEYS)
                        .confirming()
                        .answers(200, "Webhook")
                        .summary("Tell it of nothing any more"),
                Route.get(BASE + "/{id}/deliveries", "listDeliveries", this::deliveries)
                        .needs(Scope.KEYS)
                        .answers(200, "WebhookDeliveryList")
                        .summary("What was sent to it or is on its way, newest first"),
                Route.post(BASE + "/{id}/deliveries/{number}/replay", "sendAgain", this::replay)
                        .bodiless()
                        .needs(Scope.KEYS)
                        .answers(200, "WebhookDelivery")
                        .summary("Send an event again, whatever became of it"));
    }

    private Answer create(Call call) {
        var fields = call.fields();
        var url = fields.parsed("url", Webhooks.MAX_URL, WebhookRoutes::address);
        fields.required("url", url);
        var types = types(fields);
        var webhooks = engines.apply(call).webhooks();
        if (webhooks.of(call.principal().advertiser()).size() >= Webhooks.MOST) {
            fields.error("url", ProblemCode.LIMIT_EXCEEDED, Webhooks.MOST + " webhooks");
        }
        fields.done();
        var made = webhooks.add(call.principal().advertiser(), url.orElseThrow(), types);
        // Its secret is not kept for repetitions either: whoever missed it asks for a new one.
        return Answer.json(201, withSecret(made))
                .onceOnly(Answer.json(201, json(made)))
                .tracing(trace(made));
    }

    private static URI address(String text) {
        return Webhooks.address(text).orElseThrow(IllegalArgumentException::new);
    }

    private static Set<EventType> types(Fields fields) {
        var types = EnumSet.of(EventType.TEST);
        for (var text : fields.texts("types", EventType.values().length, 40)) {
            EventType.of(text)
                    .ifPresentOrElse(types::add, () -> fields.error("types", ProblemCode.INVALID_VALUE, text));
        }
        if (types.size() == 1 && fields.sound()) {
            fields.error("types", ProblemCode.REQUIRED);
        }
        return types;
    }

    private Answer list(Call call) {
        var json = JsonNodeFactory.instance.objectNode();
        var data = json.putArray("data");
        engines.apply(call).webhooks().of(call.principal().advertiser()).forEach(w -> data.add(json(w)));
        json.put("has_more", false);
        return Answer.json(200, json);
    }

    private Answer rotate(Call call) {
        var rotated = engines.apply(call).webhooks().rotate(visible(call));
        return Answer.json(200, withSecret(rotated))
                .onceOnly(Answer.json(200, json(rotated)))
                .tracing(trace(rotated));
    }

    private Answer test(Call call) {
        var webhook = visible(call);
        engines.apply(call).webhooks().test(webhook);
        return Answer.json(200, json(webhook));
    }

    private Answer enable(Call call) {
        engines.apply(call).webhooks().enable(visible(call));
        var enabled = visible(call);
        return Answer.json(200, json(enabled)).tracing(trace(enabled));
    }

    private Answer remove(Call call) {
        var webhook = visible(call);
        engines.apply(call).webhooks().remove(webhook);
        return Answer.json(200, json(webhook)).tracing(trace(webhook));
    }

    private Answer deliveries(Call call) {
        var json = JsonNodeFactory.instance.objectNode();
        var data = json.putArray("data");
        engines.apply(call).webhooks().deliveries(visible(call), MOST_SENT).forEach(d -> data.add(json(d)));
        json.put("has_more", false);
        return Answer.json(200, json);
    }

    private Answer replay(Call call) {
        var webhook = visible(call);
        var webhooks = engines.apply(call).webhooks();
        var delivery = Optional.of(call.param("number"))
                .filter(n -> n.matches("[0-9]{1,15}"))
                .flatMap(n -> webhooks.delivery(Long.parseLong(n)))
                .filter(d -> d.webhook().equals(webhook.id()))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        webhooks.replay(delivery);
        return Answer.json(200, json(webhooks.delivery(delivery.number()).orElse(delivery)));
    }

    private Webhook visible(Call call) {
        return engines.apply(call).webhooks().of(call.principal().advertiser()).stream()
                .filter(w -> w.id().equals(call.param("id")))
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    private static ObjectNode withSecret(Webhook webhook) {
        return json(webhook).put("secret", webhook.secrets().getFirst().text());
    }

    private static ObjectNode json(Webhook webhook) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", webhook.id()).put("url", webhook.url().toString());
        var types = json.putArray("types");
        webhook.types().stream()
                .filter(t -> t != EventType.TEST)
                .map(EventType::text)
                .sorted()
                .forEach(types::add);
        webhook.advertiser().ifPresent(a -> json.put("advertiser", a));
        json.put("created_at", webhook.madeAt().toString());
        webhook.oldUntil().ifPresent(until -> json.put("old_secret_until", until.toString()));
        webhook.failingSince().ifPresent(since -> json.put("failing_since", since.toString()));
        return json.put("disabled", webhook.disabled());
    }

    private static ObjectNode json(Delivery delivery) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("number", delivery.number())
                .put("event", delivery.event().id())
                .put("type", delivery.event().type().text())
                .put("at", delivery.event().at().toString())
                .put("state", delivery.state().name().toLowerCase(Locale.ROOT))
                .put("tries", delivery.tries())
                .put("said", delivery.said());
        if (delivery.state() == Delivery.State.WAITING) {
            json.put("next_at", delivery.nextAt().toString());
        }
        return json;
    }

    /// Never the secret.
    private static Trace trace(Webhook webhook) {
        return new Trace(webhook.id(), webhook.advertiser(), Optional.empty(), Optional.of(json(webhook)));
    }
}
