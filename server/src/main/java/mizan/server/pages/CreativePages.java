package mizan.server.pages;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import mizan.core.campaign.Creative;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.ReviewStatus;
import mizan.core.identity.SortableId;
import mizan.server.api.Actions;
import mizan.server.api.GuardedBook;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Change;
import mizan.server.booking.Kind;
import mizan.server.console.page.CreativeQueue;
import mizan.server.console.page.CreativeQueue.Reason;
import mizan.server.console.page.CreativeQueue.Saved;
import mizan.server.http.Answer;
import mizan.server.http.ApiKeys;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.landing.LandingPage;
import mizan.server.landing.Look;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Creatives that wait for a person: each as it would stand in the feed, and a verdict on just what is shown.
final class CreativePages {
    private static final String BASE = "/creatives";
    private static final int SHOWN = 20;
    /// Versions that are looked back on for the one that was approved last.
    private static final int MAX_HISTORY = 100;

    private final Engine engine;
    private final Community community;
    private final Actions actions;
    private final PageShell shell;

    CreativePages(Engine engine, Community community, Actions actions, PageShell shell) {
        this.engine = engine;
        this.community = community;
        this.actions = actions;
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get(BASE, "creativesPage", this::show).needs(Scope.PLATFORM_READ),
                Route.form(BASE + "/{id}/review", "reviewCreativeForm", this::take)
                        .needs(Scope.REVIEW),
                Route.form(BASE + "/{id}/landing", "reviewLandingForm", this::landing)
                        .needs(Scope.REVIEW));
    }

    private Answer show(Call call) {
        var waiting = engine.booking().book().creatives().values().stream()
                .filter(c -> c.review() == ReviewStatus.PENDING_REVIEW)
                .toList();
        var saved = Arrays.stream(Saved.values())
                .filter(s -> call.query("saved").filter(s.name()::equals).isPresent())
                .findFirst();
        var queue = new CreativeQueue(
                waiting.size(),
                engine.time().instant(),
                waiting.stream()
                        .map(c -> waiting(call, c))
                        .sorted(Comparator.comparing(CreativeQueue.Waiting::since))
                        .limit(SHOWN)
                        .toList(),
                engine.landings().drifted().stream()
                        .limit(SHOWN)
                        .flatMap(page -> drifted(call, page).stream())
                        .toList(),
                saved);
        return shell.html(call, 200, shell.console().creatives(shell.frame(call), shell.words(call), queue));
    }

    private CreativeQueue.Waiting waiting(Call call, Creative creative) {
        var id = creative.id().value();
        var body = engine.booking().body(Kind.CREATIVE, id).orElseThrow();
        var history = engine.booking().history(id, MAX_HISTORY);
        var advertiser = Optional.ofNullable(
                        engine.booking().book().advertisers().get(creative.advertiser()))
                .orElseThrow();
        return new CreativeQueue.Waiting(
                id,
                version(body),
                advertiser.name().in(PageShell.lang(call).tag()),
                advertiser.payer(),
                history.stream().map(Change::at).findFirst().orElse(creative.createdAt()),
                creative.landingPage().toString(),
                creative.category().orElse(""),
                history.stream()
                        .map(Change::body)
                        .filter(b -> b.path("review_status").asString("").equals("APPROVED"))
                        .findFirst()
                        .map(approved -> differing(approved, body))
                        .orElse(List.of()),
                new FeedSamples(engine, community, shell.words(call)).of(advertiser, creative));
    }

    private Optional<CreativeQueue.Drifted> drifted(Call call, LandingPage page) {
        var book = engine.booking().book();
        return Optional.ofNullable(book.creatives().get(page.creative()))
                .map(creative -> new CreativeQueue.Drifted(
                        creative.id().value(),
                        Optional.ofNullable(book.advertisers().get(creative.advertiser()))
                                .orElseThrow()
                                .name()
                                .in(PageShell.lang(call).tag()),
                        Reading.text(creative.headline(), PageShell.lang(call)),
                        page.address(),
                        page.drift().name().toLowerCase(Locale.ROOT),
                        switch (page.drift()) {
                            case ELSEWHERE -> page.latest().map(Look::host).orElse("");
                            case GONE -> page.trouble();
                            case NONE, OTHER_WORDS -> "";
                        },
                        page.approved()
                                .flatMap(then -> page.latest().map(then::resembles))
                                .orElse(0.0),
                        page.approved().map(Look::at)));
    }

    private static String version(ObjectNode body) {
        return ApiKeys.hash(body.toString()).substring(0, 32);
    }

    private static List<String> differing(ObjectNode before, ObjectNode after) {
        var names = new TreeSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        return names.stream()
                .filter(name ->
                        !name.startsWith("review_") && !before.path(name).equals(after.path(name)))
                .toList();
    }

    private String known(Call call) {
        var id = call.param("id");
        if (!SortableId.hasForm(CreativeId.PREFIX, id)
                || engine.booking().body(Kind.CREATIVE, id).isEmpty()) {
            throw Problem.of(ProblemCode.NOT_FOUND).refused();
        }
        return id;
    }

    /// A landing page that changed: it is as it should be, or its creative is taken down.
    private Answer landing(Call call) {
        var id = known(call);
        return switch (call.form().getOrDefault("act", "")) {
            case "accept" -> {
                engine.landings().accept(new CreativeId(id));
                yield after(Saved.ACCEPTED);
            }
            case "suspend" -> {
                var json = JsonNodeFactory.instance
                        .objectNode()
                        .put("review_status", ReviewStatus.SUSPENDED.name())
                        .put("review_reason", Reason.CONTENT_DRIFT.code());
                var now = engine.booking().body(Kind.CREATIVE, id).orElseThrow();
                yield take(call, id, json, version(now), Saved.SUSPENDED);
            }
            default -> after(Saved.INCOMPLETE);
        };
    }

    private Answer take(Call call) {
        var id = known(call);
        var form = call.form();
        var verdict = Stream.of(ReviewStatus.APPROVED, ReviewStatus.REJECTED)
                .filter(v -> v.name().equals(form.getOrDefault("decision", "")))
                .findFirst();
        var reason = Arrays.stream(Reason.values())
                .filter(r -> r.name().equals(form.getOrDefault("reason", "")))
                .findFirst();
        if (verdict.isEmpty() || (verdict.get() == ReviewStatus.REJECTED && reason.isEmpty())) {
            return after(Saved.INCOMPLETE);
        }
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("review_status", verdict.get().name());
        if (verdict.get() == ReviewStatus.REJECTED) {
            json.put("review_reason", reason.get().code());
        } else {
            json.putNull("review_reason");
        }
        return take(
                call,
                id,
                json,
                form.getOrDefault("version", ""),
                Saved.valueOf(verdict.get().name()));
    }

    private Answer take(Call call, String id, ObjectNode verdict, String version, Saved saved) {
        var wish = new Booking.Wish(Kind.CREATIVE, Optional.of(id), "review", verdict);
        var why = verdict.path("review_reason").asString("");
        try {
            return switch (actions.book().change(call.principal(), engine, wish, why, now -> {
                if (!version(now).equals(version)) {
                    throw Problem.of(ProblemCode.PRECONDITION_FAILED).refused();
                }
            })) {
                case GuardedBook.Outcome.Done done -> after(saved).tracing(done.trace());
                case GuardedBook.Outcome.Waits(var approval) -> PageShell.done("/approvals/" + approval.id(), "waits");
            };
        } catch (Refused refused) {
            if (refused.problem().code() == ProblemCode.PRECONDITION_FAILED) {
                return after(Saved.CHANGED);
            }
            throw refused;
        }
    }

    private static Answer after(Saved saved) {
        return Answer.redirect(303, BASE + "?saved=" + saved.name());
    }
}
