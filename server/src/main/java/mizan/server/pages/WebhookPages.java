package mizan.server.pages;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import mizan.core.campaign.AdvertiserId;
import mizan.server.app.Engine;
import mizan.server.console.page.Webhooks;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Principal;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.http.Trace;
import mizan.server.webhooks.Delivery;
import mizan.server.webhooks.EventType;
import mizan.server.webhooks.Webhook;
import tools.jackson.databind.node.JsonNodeFactory;

/// Where programs are told of events: made, tried, given a new secret, and what was sent to them sent again.
final class WebhookPages {
    private static final String BASE = "/webhooks";
    private static final int MOST_SENT = 100;
    private static final Set<EventType> CHOSEN = EnumSet.complementOf(EnumSet.of(EventType.TEST));
    private final Engine engine;
    private final PageShell shell;

    WebhookPages(Engine engine, PageShell shell) {
        this.engine = engine;
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get(BASE, "webhooksPage", call -> list(call, Optional.empty(), "", false))
                        .needs(Scope.KEYS),
                Route.form(BASE, "makeWebhook", this::make).needs(Scope.KEYS).confirming(),
                Route.get(BASE + "/{id}", "webhookPage", this::one).needs(Scope.KEYS),
                Route.form(BASE + "/{id}/rotate", "rotateWebhook", this::rotate)
                        .needs(Scope.KEYS)
                        .confirming(),
                Route.form(BASE + "/{id}/test", "testWebhook", this::test).needs(Scope.KEYS),
                Route.form(BASE + "/{id}/enable", "enableWebhook", this::enable).needs(Scope.KEYS),
                Route.form(BASE + "/{id}/replay", "replayDelivery", this::replay)
                        .needs(Scope.KEYS),
                Route.form(BASE + "/{id}/remove", "removeWebhook", this::remove)
                        .needs(Scope.KEYS)
                        .confirming());
    }

    private Answer list(Call call, Optional<Webhooks.Secret> shown, String typed, boolean wrong) {
        var page = new Webhooks(
                visible(call.principal()).stream().map(w -> row(call, w)).toList(),
                shown,
                CHOSEN.stream().map(EventType::text).toList(),
                typed,
                wrong);
        return shell.html(
                call, wrong ? 400 : 200, shell.console().webhooks(shell.frame(call), shell.words(call), page));
    }

    private Webhooks.Row row(Call call, Webhook webhook) {
        return new Webhooks.Row(
                webhook.id(),
                webhook.url().toString(),
                webhook.advertiser().map(a -> name(call, a)).orElse(""),
                webhook.types().stream()
                        .filter(CHOSEN::contains)
                        .map(EventType::text)
                        .sorted()
                        .toList(),
                webhook.madeAt(),
                webhook.failingSince(),
                webhook.disabled());
    }

    private String name(Call call, String advertiser) {
        return Optional.ofNullable(engine.booking().book().advertisers().get(new AdvertiserId(advertiser)))
                .map(a -> a.name().in(PageShell.lang(call).tag()))
                .orElse(advertiser);
    }

    private Answer make(Call call) {
        var typed = call.form().getOrDefault("url", "").strip();
        var types = EnumSet.of(EventType.TEST);
        Arrays.stream(EventType.values())
                .filter(t -> call.form().containsKey("type." + t.text()))
                .forEach(types::add);
        var url = mizan.server.webhooks.Webhooks.address(typed);
        boolean many = visible(call.principal()).size() >= mizan.server.webhooks.Webhooks.MOST;
        if (url.isEmpty() || types.size() == 1 || many) {
            return list(call, Optional.empty(), typed, true);
        }
        var made = engine.webhooks().add(call.principal().advertiser(), url.get(), types);
        return list(call, Optional.of(secret(made)), "", false).tracing(trace(made));
    }

    private static Webhooks.Secret secret(Webhook webhook) {
        return new Webhooks.Secret(
                webhook.id(),
                webhook.url().toString(),
                webhook.secrets().getFirst().text());
    }

    private Answer one(Call call) {
        var webhook = visible(call);
        var sent = engine.webhooks().deliveries(webhook, MOST_SENT).stream()
                .map(WebhookPages::sent)
                .toList();
        var page = new Webhooks.Single(row(call, webhook), webhook.oldUntil(), sent);
        return shell.html(call, 200, shell.console().webhook(shell.frame(call), shell.words(call), page));
    }

    private static Webhooks.Sent sent(Delivery delivery) {
        return new Webhooks.Sent(
                delivery.number(),
                delivery.event().id(),
                delivery.event().type().text(),
                delivery.event().at(),
                delivery.state().name().toLowerCase(Locale.ROOT),
                delivery.tries(),
                delivery.said(),
                delivery.state() == Delivery.State.WAITING ? Optional.of(delivery.nextAt()) : Optional.empty());
    }

    private Answer rotate(Call call) {
        var rotated = engine.webhooks().rotate(visible(call));
        return list(call, Optional.of(secret(rotated)), "", false).tracing(trace(rotated));
    }

    private Answer test(Call call) {
        var webhook = visible(call);
        engine.webhooks().test(webhook);
        return PageShell.done(BASE + "/" + webhook.id(), "webhook_test");
    }

    private Answer enable(Call call) {
        var webhook = visible(call);
        engine.webhooks().enable(webhook);
        return PageShell.done(BASE + "/" + webhook.id(), "webhook_on").tracing(trace(webhook));
    }

    private Answer replay(Call call) {
        var webhook = visible(call);
        var delivery = Optional.of(call.form().getOrDefault("delivery", ""))
                .filter(n -> n.matches("[0-9]{1,15}"))
                .flatMap(n -> engine.webhooks().delivery(Long.parseLong(n)))
                .filter(d -> d.webhook().equals(webhook.id()))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        engine.webhooks().replay(delivery);
        return PageShell.done(BASE + "/" + webhook.id(), "webhook_again");
    }

    private Answer remove(Call call) {
        var webhook = visible(call);
        engine.webhooks().remove(webhook);
        return PageShell.done(BASE, "webhook_removed").tracing(trace(webhook));
    }

    /// Never the secret.
    private static Trace trace(Webhook webhook) {
        var after =
                JsonNodeFactory.instance.objectNode().put("url", webhook.url().toString());
        return new Trace(webhook.id(), webhook.advertiser(), Optional.empty(), Optional.of(after));
    }

    /// Those of the caller: an advertiser's people have their own, and the platform's people the platform's.
    private List<Webhook> visible(Principal caller) {
        return engine.webhooks().of(caller.advertiser());
    }

    private Webhook visible(Call call) {
        return visible(call.principal()).stream()
                .filter(w -> w.id().equals(call.param("id")))
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }
}
