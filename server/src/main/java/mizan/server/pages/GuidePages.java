package mizan.server.pages;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.AdvertiserId;
import mizan.core.identity.SortableId;
import mizan.server.api.Actions;
import mizan.server.api.ApprovalRoutes;
import mizan.server.api.GuardedBook;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.console.page.Guide;
import mizan.server.console.page.GuideStep;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.people.Person;
import mizan.server.picture.redraw.Limits;

/// The first campaign, step by step: billing, terms, campaign, ad group, creative, ad, start. Each step is one form and
/// one change of the book, second persons included; whoever comes back goes on where the book stands.
final class GuidePages {
    private static final String BASE = "/first-campaign";
    /// Bytes of a form beside its picture.
    private static final int FIELDS = 1 << 16;

    private final Engine engine;
    private final Actions actions;
    private final PageShell shell;
    private final Community community;

    GuidePages(Engine engine, Actions actions, PageShell shell, Community community) {
        this.engine = engine;
        this.actions = actions;
        this.shell = shell;
        this.community = community;
    }

    List<Route> routes() {
        return List.of(
                Route.get(BASE, "guidePage", this::choose).needs(Scope.BOOK_WRITE),
                Route.form(BASE, "createAdvertiserOnPage", this::make).needs(Scope.BOOK_WRITE),
                Route.get(BASE + "/{id}", "guideStepPage", this::show).needs(Scope.BOOK_WRITE),
                Route.form(BASE + "/{id}/{step}", "guideStepForm", this::take)
                        .upTo(Limits.SENT_BYTES + FIELDS)
                        .needs(Scope.BOOK_WRITE));
    }

    /// Whose first campaign: who acts for one advertiser is not asked.
    private Answer choose(Call call) {
        return call.principal()
                .advertiser()
                .map(own -> Answer.redirect(303, BASE + "/" + own))
                .orElseGet(() -> choice(call, Map.of(), List.of()));
    }

    private Answer choice(Call call, Map<String, String> form, List<Guide.Wrong> wrong) {
        var names = engine.booking().book().advertisers().values().stream()
                .sorted(Comparator.comparing(Advertiser::id).reversed())
                .collect(Collectors.toMap(
                        a -> a.id().value(),
                        a -> a.name().in(PageShell.lang(call).tag()),
                        (one, _) -> one,
                        LinkedHashMap::new));
        var page = new Guide.Choice(names, form, wrong);
        return shell.html(
                call,
                wrong.isEmpty() ? 200 : 400,
                shell.console().guideChoice(shell.frame(call), shell.words(call), page));
    }

    private Answer make(Call call) {
        if (call.principal().advertiser().isPresent()) {
            throw Problem.of(ProblemCode.FORBIDDEN, "another advertiser").refused();
        }
        var form = new GuideForm(call.form(), PageShell.lang(call).tag());
        try {
            var wish = new Booking.Wish(Kind.ADVERTISER, Optional.empty(), "create", form.advertiser());
            return book(call, wish, id -> BASE + "/" + id);
        } catch (Refused refused) {
            return choice(
                    call,
                    call.form(),
                    GuideForm.wrong(refused, PageShell.lang(call).tag()));
        }
    }

    private Answer show(Call call) {
        var state = FirstCampaign.of(engine, visible(call));
        var step = call.query("step").flatMap(GuideStep::of).orElse(state.next());
        return page(
                call,
                state,
                step,
                GuideForm.of(
                        state, step, PageShell.lang(call).tag(), engine.time().instant()),
                List.of());
    }

    private Answer take(Call call) {
        var advertiser = visible(call);
        var state = FirstCampaign.of(engine, advertiser);
        var step = GuideStep.of(call.param("step"))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        if (state.missing(step).isPresent() || isClosed(state, step)) {
            return Answer.redirect(303, at(advertiser));
        }
        var typed = new HashMap<>(call.form());
        var form = new GuideForm(typed, PageShell.lang(call).tag());
        try {
            typed.put("picture", picture(call));
            var wish = form.wish(state, step, signer(call), engine.time().instant());
            return form.wrong().isEmpty()
                    ? book(call, wish, _ -> at(advertiser))
                    : page(call, state, step, typed, form.wrong());
        } catch (Refused refused) {
            return page(
                    call,
                    state,
                    step,
                    typed,
                    GuideForm.wrong(refused, PageShell.lang(call).tag()));
        }
    }

    /// The name of the picture that was sent now, or that stood in the form; empty for none. It is kept even when
    /// another field is wrong, so that nobody sends it twice.
    private String picture(Call call) {
        return call.file("picture")
                .map(sent -> engine.pictures()
                        .take(sent, call.principal().advertiser())
                        .name())
                .orElseGet(() -> call.form().getOrDefault("picture_name", ""));
    }

    /// What runs is changed on its own page, where its consequences stand; terms have a form of their own.
    private static boolean isClosed(FirstCampaign state, GuideStep step) {
        boolean onceOnly = step == GuideStep.TERMS || step == GuideStep.AD;
        return step != GuideStep.BILLING
                && (state.begun() || (onceOnly && state.done().contains(step)));
    }

    private static String at(Advertiser advertiser) {
        return BASE + "/" + advertiser.id();
    }

    private String signer(Call call) {
        return shell.person(call).map(Person::name).orElse(call.principal().keyId());
    }

    private Answer book(Call call, Booking.Wish wish, UnaryOperator<String> to) {
        return switch (actions.book().change(call.principal(), engine, wish, "", _ -> {})) {
            case GuardedBook.Outcome.Done(var done, var trace) ->
                PageShell.done(to.apply(done.id()), "step_done").tracing(trace);
            case GuardedBook.Outcome.Waits(var approval) ->
                PageShell.done("/approvals/" + approval.id(), "waits").tracing(ApprovalRoutes.trace(approval));
        };
    }

    private Answer page(
            Call call, FirstCampaign state, GuideStep step, Map<String, String> form, List<Guide.Wrong> wrong) {
        var guide = new GuideView(engine, community, shell.words(call)).read(state, step, form, wrong);
        return shell.html(
                call, wrong.isEmpty() ? 200 : 400, shell.console().guide(shell.frame(call), shell.words(call), guide));
    }

    /// An advertiser that the caller may see.
    private Advertiser visible(Call call) {
        return Optional.of(call.param("id"))
                .filter(id -> SortableId.hasForm(AdvertiserId.PREFIX, id)
                        && call.principal().sees(id))
                .map(id -> engine.booking().book().advertisers().get(new AdvertiserId(id)))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }
}
