package mizan.server.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.EntityStatus;
import mizan.core.campaign.ReviewStatus;
import mizan.server.app.Engine;
import mizan.server.booking.CampaignHistories.Step;
import mizan.server.console.page.Notifications;
import mizan.server.console.page.Notifications.Item;
import mizan.server.console.page.Tone;
import mizan.server.console.words.Html;
import mizan.server.console.words.Words;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.people.Approval;
import mizan.server.people.Workspace;
import mizan.server.webhooks.Event;
import mizan.server.webhooks.EventType;
import tools.jackson.databind.JsonNode;

/// Finds what somebody should know in what is kept anyway: the book and its history, requests, findings, documents,
/// disputes, budgets and webhooks. Nothing is written down a second time but up to when a person has read.
final class NotificationView {
    static final int DAYS = 30;
    private static final int MOST = 50;
    /// Of a budget used: what is left is a day's warning for a campaign of ten days.
    private static final double NEARLY = 0.9;

    private final Engine engine;
    private final Workspace workspace;
    private final Words words;
    private final Principal who;

    NotificationView(Engine engine, Workspace workspace, Words words, Principal who) {
        this.engine = engine;
        this.workspace = workspace;
        this.words = words;
        this.who = who;
    }

    /// @param letter whether this person gets the desk by letter; empty for those who cannot
    Notifications read(Instant readUpTo, Optional<Boolean> letter) {
        var happened = happened(readUpTo);
        var shown = happened.stream().limit(MOST).toList();
        int unread = (int) shown.stream().filter(Item::unread).count();
        return new Notifications(standing(), shown, unread, DAYS, letter);
    }

    private List<Item> standing() {
        return Stream.of(asked(), failingWebhooks(), refusedCreatives(), nearlySpent())
                .flatMap(s -> s)
                .limit(MOST)
                .toList();
    }

    /// Requests that this person can decide.
    private Stream<Item> asked() {
        var approvals = workspace.approvals();
        return who.may(Scope.APPROVE)
                ? approvals.all(who).stream()
                        .filter(a -> a.stateAt(approvals.now()) == Approval.State.PENDING)
                        .filter(a -> approvals.hindrance(a, who).isEmpty())
                        .map(a -> now(
                                Tone.WARN,
                                words.t(
                                        "notify.asked",
                                        a.asker().name(),
                                        a.shown().name()),
                                words.t("notify.asked.next", words.dates().date(a.until())),
                                "/approvals/" + a.id()))
                : Stream.empty();
    }

    private Stream<Item> failingWebhooks() {
        return who.may(Scope.KEYS)
                ? engine.webhooks().all().stream()
                        .filter(w -> w.advertiser().equals(who.advertiser()))
                        .filter(w -> w.failingSince().isPresent() || w.disabled())
                        .map(w -> now(
                                Tone.BAD,
                                words.t(
                                        w.disabled() ? "notify.webhook.off" : "notify.webhook",
                                        w.url().getHost()),
                                words.t("notify.webhook.next"),
                                "/webhooks/" + w.id()))
                : Stream.empty();
    }

    /// Creatives that were refused and still stand in an ad of a campaign that is not over.
    private Stream<Item> refusedCreatives() {
        var book = engine.booking().book();
        var refused = book.creatives().values().stream()
                .filter(c -> c.review() == ReviewStatus.REJECTED
                        && who.sees(c.advertiser().value()))
                .collect(Collectors.toMap(c -> c.id(), c -> c));
        if (refused.isEmpty()) {
            return Stream.empty();
        }
        var used = new HashMap<CreativeId, Campaign>();
        book.ads().values().stream()
                .filter(ad -> refused.containsKey(ad.creative()))
                .forEach(ad -> {
                    var group = book.adGroups().get(ad.adGroup());
                    var campaign = group == null ? null : book.campaigns().get(group.campaign());
                    if (campaign != null && campaign.status() != EntityStatus.ARCHIVED) {
                        used.putIfAbsent(ad.creative(), campaign);
                    }
                });
        return refused.values().stream()
                .flatMap(c -> Optional.ofNullable(used.get(c.id())).stream()
                        .map(campaign -> now(
                                Tone.BAD,
                                words.t(
                                        "notify.refused",
                                        c.headline().in(words.lang().tag())),
                                words.t("notify.refused.next"),
                                "/campaigns/" + campaign.id().value())));
    }

    private Stream<Item> nearlySpent() {
        return engine.booking().book().campaigns().values().stream()
                .filter(c -> c.status() == EntityStatus.ACTIVE
                        && who.sees(c.advertiser().value()))
                .filter(c -> share(c) >= NEARLY)
                .sorted(Comparator.comparingDouble(this::share).reversed())
                .map(c -> now(
                        share(c) >= 1 ? Tone.BAD : Tone.WARN,
                        words.t(
                                share(c) >= 1 ? "notify.spent" : "notify.nearly",
                                name(c),
                                words.figures().percent(share(c), 0)),
                        words.t("notify.nearly.next"),
                        "/campaigns/" + c.id().value() + "#act"));
    }

    /// How much of its budget a campaign has used; 0 without a budget.
    private double share(Campaign campaign) {
        var total = campaign.budget().totalMicros();
        return total.isEmpty() || total.getAsLong() == 0
                ? 0
                : (double) engine.accountant().used(campaign.id().value(), "total") / total.getAsLong();
    }

    private List<Item> happened(Instant readUpTo) {
        var from = engine.time().instant().minus(Duration.ofDays(DAYS));
        var items = new ArrayList<Item>();
        engine.histories().now().forEach((advertiser, steps) -> {
            if (who.sees(advertiser)) {
                steps.stream()
                        .filter(s -> s.at().isAfter(from))
                        .forEach(s -> booked(s, readUpTo).ifPresent(items::add));
            }
        });
        engine.happenings().since(from, () -> workspace.approvals().all(who.mode())).stream()
                .filter(e ->
                        e.advertiser().map(who::sees).orElse(who.advertiser().isEmpty()))
                .forEach(e -> items.add(told(e, readUpTo)));
        items.sort(Comparator.comparing((Item i) -> i.at().orElse(Instant.MAX)).reversed());
        return items;
    }

    /// What somebody else did to a campaign: nobody needs to be told what they did themselves.
    private Optional<Item> booked(Step step, Instant readUpTo) {
        if (step.actor().equals(who.keyId())) {
            return Optional.empty();
        }
        return EventType.ofVerb(step.verb()).map(type -> {
            var by = workspace.names().apply(step.actor());
            return item(
                    tone(type),
                    words.t("notify." + type.text(), campaign(step.campaign()), by),
                    said(step.why()),
                    step.at(),
                    "/campaigns/" + step.campaign(),
                    readUpTo);
        });
    }

    private static Tone tone(EventType type) {
        return switch (type) {
            case CAMPAIGN_PAUSED, CAMPAIGN_ARCHIVED -> Tone.BAD;
            case CAMPAIGN_REDUCED, APPROVAL_ASKED, DISPUTE_CHANGED -> Tone.WARN;
            case CAMPAIGN_RAISED, LATE_FINDING -> Tone.GOOD;
            case CAMPAIGN_CREATED, CAMPAIGN_RESUMED, APPROVAL_DECIDED, INVOICE_ISSUED, TEST -> Tone.INFO;
        };
    }

    private Item told(Event event, Instant readUpTo) {
        var data = event.data();
        var name = event.advertiser().map(this::advertiser).orElse("");
        return switch (event.type()) {
            case APPROVAL_ASKED, APPROVAL_DECIDED -> {
                var id = data.path("approval").asString("");
                var approval = workspace.approvals().find(id, who);
                var subject = approval.map(a -> a.shown().name()).orElse("");
                var state = data.path("state").asString("pending");
                yield item(
                        event.type() == EventType.APPROVAL_ASKED
                                ? Tone.WARN
                                : state.equals("applied") ? Tone.GOOD : Tone.INFO,
                        words.t("notify.approval." + state, subject),
                        said(approval.map(a -> event.type() == EventType.APPROVAL_ASKED
                                        ? a.why()
                                        : a.decision()
                                                .map(Approval.Decision::note)
                                                .orElse(""))
                                .orElse("")),
                        event.at(),
                        "/approvals/" + id,
                        readUpTo);
            }
            case LATE_FINDING -> {
                yield item(
                        Tone.GOOD,
                        words.t(
                                "notify.finding",
                                campaign(data.path("campaign").asString("")),
                                money(data.path("price"))),
                        words.t("notify.finding.why"),
                        event.at(),
                        who.may(Scope.PLATFORM_READ)
                                ? "/notices"
                                : "/campaigns/" + data.path("campaign").asString(""),
                        readUpTo);
            }
            case INVOICE_ISSUED -> {
                var document = data.path("document").asString("");
                yield item(
                        Tone.INFO,
                        words.t(
                                "notify.document." + data.path("kind").asString(""),
                                document,
                                name,
                                money(data.path("total"))),
                        said(""),
                        event.at(),
                        "/invoices/" + document,
                        readUpTo);
            }
            case DISPUTE_CHANGED -> {
                var dispute = data.path("dispute").asString("");
                yield item(
                        Tone.WARN,
                        words.t("notify.dispute", name),
                        words.t("notify.dispute." + data.path("by").asString("")),
                        event.at(),
                        "/disputes/" + dispute,
                        readUpTo);
            }
            case CAMPAIGN_CREATED,
                    CAMPAIGN_PAUSED,
                    CAMPAIGN_RESUMED,
                    CAMPAIGN_RAISED,
                    CAMPAIGN_REDUCED,
                    CAMPAIGN_ARCHIVED,
                    TEST -> throw new IllegalArgumentException(event.type() + " is read from the book");
        };
    }

    private Html money(JsonNode money) {
        return words.figures()
                .exactMoney(
                        money.path("micros").asLong(0), money.path("currency").asString("USD"));
    }

    private String name(Campaign campaign) {
        return campaign.name().in(words.lang().tag());
    }

    private String campaign(String id) {
        return Optional.ofNullable(engine.booking().book().campaigns().get(new CampaignId(id)))
                .map(this::name)
                .orElse(id);
    }

    private String advertiser(String id) {
        return Optional.ofNullable(engine.booking().book().advertisers().get(new AdvertiserId(id)))
                .map(a -> a.name().in(words.lang().tag()))
                .orElse(id);
    }

    /// What somebody wrote; nothing where nobody did.
    private static Html said(String text) {
        return text.isEmpty() ? new Html("", "") : Html.data(text);
    }

    private static Item now(Tone tone, Html what, Html more, String href) {
        return new Item(tone, what, more, Optional.empty(), href, false);
    }

    private static Item item(Tone tone, Html what, Html more, Instant at, String href, Instant readUpTo) {
        return new Item(tone, what, more, Optional.of(at), href, at.isAfter(readUpTo));
    }
}
