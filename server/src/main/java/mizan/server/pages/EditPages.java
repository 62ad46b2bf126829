package mizan.server.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;
import mizan.server.api.Actions;
import mizan.server.api.ApprovalRoutes;
import mizan.server.api.GuardedBook;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.console.page.Edit;
import mizan.server.editing.Column;
import mizan.server.editing.Columns;
import mizan.server.editing.Edits;
import mizan.server.http.Answer;
import mizan.server.http.ApiKeys;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A campaign, an ad group or an ad as a form: what would differ is shown, with what it costs, before it can be saved.
/// And a campaign copied, as a draft.
final class EditPages {
    static final int MAX_REASON = 200;
    private final Engine engine;
    private final Actions actions;
    private final PageShell shell;
    private final Edits edits;

    EditPages(Engine engine, Actions actions, PageShell shell) {
        this.engine = engine;
        this.actions = actions;
        this.shell = shell;
        this.edits = new Edits(engine, actions.book());
    }

    List<Route> routes() {
        var routes = new ArrayList<Route>();
        form(routes, Kind.CAMPAIGN, "editCampaign");
        form(routes, Kind.AD_GROUP, "editAdGroup");
        form(routes, Kind.AD, "editAd");
        routes.add(Route.form("/campaigns/{id}/copy", "copyCampaignOnPage", this::copy)
                .needs(Scope.BOOK_WRITE));
        return routes;
    }

    private void form(List<Route> routes, Kind kind, String operation) {
        var path = path(kind, "{id}");
        routes.add(Route.get(path, operation + "Page", call -> open(call, kind)).needs(Scope.BOOK_WRITE));
        routes.add(
                Route.form(path, operation + "Form", call -> take(call, kind)).needs(Scope.BOOK_WRITE));
    }

    private Answer open(Call call, Kind kind) {
        var body = visible(call, kind);
        var texts = Columns.texts(kind, body, edits.zone(kind, call.param("id")));
        return page(call, kind, body, new Typed(texts, Booking.version(body), "", ""), Optional.empty(), List.of());
    }

    /// What somebody typed.
    ///
    /// @param version of the fields that the form was opened with
    /// @param looked what was looked at last, as a fingerprint
    private record Typed(Map<String, String> texts, String version, String reason, String looked) {
        static Typed of(Call call, Kind kind) {
            var texts = new LinkedHashMap<String, String>();
            for (var column : Columns.of(kind)) {
                var text = call.form().get(column.name());
                if (text != null) {
                    texts.put(column.name(), text.replace("\r\n", "\n"));
                }
            }
            return new Typed(texts, text(call, "version"), text(call, "reason"), text(call, "looked"));
        }

        private static String text(Call call, String field) {
            return call.form().getOrDefault(field, "").strip();
        }

        /// A name for these texts against one version of the fields.
        String against(String version) {
            return ApiKeys.hash(version + texts).substring(0, 32);
        }
    }

    /// Looks; and saves what was looked at as it stands here.
    private Answer take(Call call, Kind kind) {
        var body = visible(call, kind);
        var typed = Typed.of(call, kind);
        var look = edits.look(kind, call.param("id"), typed.texts());
        var wrong = new ArrayList<Edit.Wrong>();
        if (!typed.version().equals(look.version())) {
            wrong.add(new Edit.Wrong("version", "newer", ""));
        }
        boolean saves = call.form().getOrDefault("act", "").equals("save")
                && typed.looked().equals(typed.against(look.version()));
        if (saves && (typed.reason().isEmpty() || typed.reason().length() > MAX_REASON)) {
            wrong.add(new Edit.Wrong("reason", "reason", ""));
        }
        return saves && wrong.isEmpty() && look.canBeDone()
                ? save(call, kind, look, typed)
                : page(call, kind, body, typed, Optional.of(look), wrong);
    }

    private Answer save(Call call, Kind kind, Edits.Look look, Typed typed) {
        try {
            return switch (edits.make(call.principal(), look, typed.reason())) {
                case GuardedBook.Outcome.Done(var done, var trace) ->
                    PageShell.done(path(kind, done.id()), "saved").tracing(trace);
                case GuardedBook.Outcome.Waits(var approval) ->
                    PageShell.done("/approvals/" + approval.id(), "waits").tracing(ApprovalRoutes.trace(approval));
            };
        } catch (Refused refused) {
            if (refused.problem().code() != ProblemCode.PRECONDITION_FAILED) {
                throw refused;
            }
            var newer = List.of(new Edit.Wrong("version", "newer", ""));
            return page(call, kind, visible(call, kind), typed, Optional.of(look), newer);
        }
    }

    private static String path(Kind kind, String id) {
        return "/" + kind.path() + "/" + id + "/edit";
    }

    /// @param wrong beside what the look found
    private Answer page(
            Call call, Kind kind, ObjectNode body, Typed typed, Optional<Edits.Look> look, List<Edit.Wrong> wrong) {
        var id = call.param("id");
        var lang = PageShell.lang(call).tag();
        var all = new ArrayList<>(wrong);
        look.ifPresent(l -> all.addAll(EditViews.wrong(l.wrong())));
        var campaign = campaign(kind, id, body);
        var campaignBody = engine.booking().body(Kind.CAMPAIGN, campaign).orElseThrow();
        var page = new Edit(
                path(kind, id),
                kind.code(),
                id,
                kind == Kind.AD
                        ? creative(body.path("creative").asString(""), lang)
                        : Edits.name(body.path("name"), lang),
                campaign,
                Edits.name(campaignBody.path("name"), lang),
                currency(campaignBody),
                Booking.version(body),
                typed.reason(),
                fields(
                        call,
                        kind,
                        typed.texts(),
                        campaignBody.path("advertiser").asString("")),
                look.map(l -> typed.against(l.version())).orElse(""),
                look.map(l -> EditViews.changes(l.differences())).orElse(List.of()),
                all,
                look.map(l -> EditViews.cost(l.cost())).orElse(new Edit.Cost(0, false)),
                look.flatMap(Edits.Look::waits).map(w -> w.text()).orElse(""),
                within(kind, id, lang));
        return shell.html(
                call, all.isEmpty() ? 200 : 400, shell.console().edit(shell.frame(call), shell.words(call), page));
    }

    private List<Edit.Input> fields(Call call, Kind kind, Map<String, String> texts, String advertiser) {
        return Columns.of(kind).stream()
                .map(column -> new Edit.Input(
                        column.name(),
                        texts.getOrDefault(column.name(), ""),
                        EditViews.shape(column),
                        choices(call, column, advertiser)))
                .toList();
    }

    private Map<String, String> choices(Call call, Column column, String advertiser) {
        var lang = PageShell.lang(call).tag();
        var book = engine.booking().book();
        var owner = new AdvertiserId(advertiser);
        var choices = new LinkedHashMap<String, String>();
        switch (column.name()) {
            case "suitability_terms" -> {
                choices.put("", "");
                book.terms().values().stream()
                        .filter(t -> t.advertiser().equals(owner))
                        .sorted(Comparator.comparing(t -> t.id()))
                        .forEach(t -> choices.put(t.id().value(), t.name()));
            }
            case "creative" ->
                book.creatives().values().stream()
                        .filter(c -> c.advertiser().equals(owner))
                        .sorted(Comparator.comparing(c -> c.id()))
                        .forEach(c -> choices.put(c.id().value(), c.headline().in(lang)));
            default ->
                EditViews.codes(column.name())
                        .forEach(code -> choices.put(
                                code,
                                shell.words(call).text("column.code." + code.toLowerCase(java.util.Locale.ROOT))));
        }
        return choices;
    }

    private List<Edit.Within> within(Kind kind, String id, String lang) {
        var book = engine.booking().book();
        return switch (kind) {
            case CAMPAIGN ->
                book.adGroups().values().stream()
                        .filter(g -> g.campaign().value().equals(id))
                        .sorted(Comparator.comparing(g -> g.id()))
                        .map(g -> new Edit.Within(
                                path(Kind.AD_GROUP, g.id().value()),
                                g.name().in(lang),
                                g.status().name()))
                        .toList();
            case AD_GROUP ->
                book.ads().values().stream()
                        .filter(a -> a.adGroup().value().equals(id))
                        .sorted(Comparator.comparing(a -> a.id()))
                        .map(a -> new Edit.Within(
                                path(Kind.AD, a.id().value()),
                                creative(a.creative().value(), lang),
                                a.status().name()))
                        .toList();
            case AD, ADVERTISER, TERMS, CREATIVE, PLACEMENT -> List.of();
        };
    }

    private String creative(String id, String lang) {
        return engine.booking()
                .body(Kind.CREATIVE, id)
                .map(c -> Edits.name(c.path("headline"), lang))
                .orElse(id);
    }

    private String currency(ObjectNode campaign) {
        return engine.booking()
                .body(Kind.ADVERTISER, campaign.path("advertiser").asString(""))
                .map(a -> a.path("currency").asString(""))
                .orElse("");
    }

    private String campaign(Kind kind, String id, ObjectNode body) {
        return switch (kind) {
            case CAMPAIGN -> id;
            case AD_GROUP -> body.path("campaign").asString("");
            case AD, ADVERTISER, TERMS, CREATIVE, PLACEMENT ->
                engine.booking()
                        .body(Kind.AD_GROUP, body.path("ad_group").asString(""))
                        .map(g -> g.path("campaign").asString(""))
                        .orElse("");
        };
    }

    /// A copy of a campaign with its ad groups and ads, as a draft: nothing of it runs before somebody starts it.
    private Answer copy(Call call) {
        var id = call.param("id");
        var _ = visible(call, Kind.CAMPAIGN);
        var name = call.form().getOrDefault("name", "").strip();
        if (name.isEmpty() || name.length() > 120) {
            return PageShell.done("/campaigns/" + id, "name_needed");
        }
        var named =
                JsonNodeFactory.instance.objectNode().put(PageShell.lang(call).tag(), name);
        try {
            return switch (actions.book().copy(call.principal(), engine, id, named)) {
                case GuardedBook.Outcome.Waits(var approval) ->
                    PageShell.done("/approvals/" + approval.id(), "copy_waits").tracing(ApprovalRoutes.trace(approval));
                case GuardedBook.Outcome.Done(var done, var trace) ->
                    PageShell.done(path(Kind.CAMPAIGN, done.id()), "copied").tracing(trace);
            };
        } catch (Refused refused) {
            if (refused.problem().errors().stream().noneMatch(e -> e.param().startsWith("/name"))) {
                throw refused;
            }
            return PageShell.done("/campaigns/" + id, "name_needed");
        }
    }

    /// The fields of something that the caller may see.
    private ObjectNode visible(Call call, Kind kind) {
        var id = call.param("id");
        return engine.booking()
                .body(kind, id)
                .filter(body -> call.principal().sees(edits.owner(kind, id, body)))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }
}
