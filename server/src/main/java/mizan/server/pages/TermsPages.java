package mizan.server.pages;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import mizan.core.identity.SortableId;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.server.api.Actions;
import mizan.server.api.ApprovalRoutes;
import mizan.server.api.GuardedBook;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.booking.SharedLists;
import mizan.server.console.page.TermsEdit;
import mizan.server.console.page.TermsEdit.Wrong;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.people.Person;
import mizan.server.terms.DryRuns;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Suitability terms for the people who sign them: read, change, try, save, sign, and pass on as a list. Into the book
/// by the same way as the API, second persons included.
final class TermsPages {
    /// Three lists of 10,000 entries and the shared ones.
    private static final int MAX_FORM = 8 << 20;

    private static final int MAX_REASON = 200;
    private static final int MOST_MEASURED = 1_000;
    private final Engine engine;
    private final Community community;
    private final Actions actions;
    private final PageShell shell;

    /// How long each version took from its form to the snapshot that decisions go by; lost with a restart.
    private final Map<String, Duration> took = new LinkedHashMap<>();

    TermsPages(Engine engine, Community community, Actions actions, PageShell shell) {
        this.engine = engine;
        this.community = community;
        this.actions = actions;
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/terms", "termsListPage", this::all).needs(Scope.BOOK_READ),
                Route.get("/terms/{id}", "termsPage", this::one).needs(Scope.BOOK_READ),
                Route.get("/terms/{id}/list", "termsListFile", this::export).needs(Scope.BOOK_READ),
                Route.get("/terms/{id}/edit", "editTermsPage", this::edit).needs(Scope.BOOK_WRITE),
                Route.form("/terms/{id}/edit", "editTermsForm", call -> take(call, Optional.of(visible(call))))
                        .upTo(MAX_FORM)
                        .needs(Scope.BOOK_WRITE),
                Route.form("/terms/{id}/sign", "signTermsForm", this::sign).needs(Scope.BOOK_WRITE),
                Route.get("/new-terms", "newTermsPage", this::fresh).needs(Scope.BOOK_WRITE),
                Route.form("/new-terms", "newTermsForm", call -> take(call, Optional.empty()))
                        .upTo(MAX_FORM)
                        .needs(Scope.BOOK_WRITE));
    }

    private Answer all(Call call) {
        return shell.html(
                call,
                200,
                shell.console()
                        .termsList(
                                shell.frame(call),
                                shell.words(call),
                                views(call).all(call)));
    }

    private Answer one(Call call) {
        var terms = visible(call);
        var page = views(call).page(call, terms, measured(terms));
        return shell.html(call, 200, shell.console().terms(shell.frame(call), shell.words(call), page));
    }

    private TermsViews views(Call call) {
        return new TermsViews(
                engine, community, PageShell.lang(call), actions.workspace().names()::apply);
    }

    /// The entries as a file for others, with its version and hash.
    private Answer export(Call call) {
        var terms = visible(call);
        return Answer.bytes(
                        200,
                        "application/json",
                        SharedLists.export(terms).toString().getBytes(StandardCharsets.UTF_8))
                .with(
                        "content-disposition",
                        "attachment; filename=\"" + terms.id() + "-" + terms.version() + ".json\"");
    }

    private Answer edit(Call call) {
        var terms = visible(call);
        var stored = engine.booking().body(Kind.TERMS, terms.id().value()).orElseThrow();
        return form(call, Optional.of(terms), TermsForm.of(terms, stored), List.of(), Optional.empty());
    }

    private Answer fresh(Call call) {
        return form(
                call,
                Optional.empty(),
                TermsForm.empty(call.query("advertiser").orElse("")),
                List.of(),
                Optional.empty());
    }

    /// What was sent, looked at or saved.
    private Answer take(Call call, Optional<Terms> now) {
        var form = TermsForm.read(call.form(), now);
        call.principal()
                .advertiser()
                .filter(_ -> now.isEmpty())
                .ifPresent(own -> form.fields().put("advertiser", own));
        if (!form.wrong().isEmpty()) {
            return form(call, now, form.shown(), form.wrong(), Optional.empty());
        }
        var begunWith = call.form().getOrDefault("version", "");
        boolean overtaken = now.isPresent()
                && !begunWith.isEmpty()
                && !begunWith.equals(Integer.toString(now.get().version()));
        try {
            var proposed = engine.booking()
                    .terms(now.map(t -> t.id().value()), form.fields().deepCopy());
            if (!call.principal().sees(proposed.advertiser().value())) {
                throw Problem.of(ProblemCode.FORBIDDEN, "another advertiser").refused();
            }
            boolean saves = call.form().getOrDefault("act", "").equals("save");
            if (saves
                    && (form.shown().reason().isEmpty() || form.shown().reason().length() > MAX_REASON)) {
                var missing = new Wrong("reason", 0, "", "reason");
                return form(call, now, form.shown(), List.of(missing), Optional.of(proposed));
            }
            if (saves && overtaken) {
                var newer = new Wrong("version", 0, "", "newer");
                return form(call, now, form.shown(), List.of(newer), Optional.of(proposed));
            }
            return saves ? save(call, now, form) : form(call, now, form.shown(), List.of(), Optional.of(proposed));
        } catch (Refused refused) {
            if (refused.problem().errors().isEmpty()) {
                throw refused;
            }
            var wrong = refused.problem().errors().stream()
                    .map(e -> new Wrong(field(e.param()), 0, String.join(", ", e.args()), "refused"))
                    .toList();
            return form(call, now, form.shown(), wrong, Optional.empty());
        }
    }

    /// The field of the form that an error of the book is about, such as `lists` of `/lists/0/sha256`.
    private static String field(String param) {
        var name = param.replaceFirst("^/", "").replaceFirst("/.*$", "");
        return name.equals("lists") ? "list_file" : name;
    }

    private Answer save(Call call, Optional<Terms> now, TermsForm form) {
        var fields = form.fields();
        if (form.shown().signs()) {
            sign(fields, call);
        } else if (now.isPresent()) {
            fields.putNull("signed_by").putNull("signed_at"); // Who signed a version has not signed the next.
        }
        var wish = new Booking.Wish(
                Kind.TERMS, now.map(t -> t.id().value()), now.isPresent() ? "update" : "create", fields);
        return book(call, wish, form.shown().reason(), "terms_saved");
    }

    /// A signature makes a version of its own, which receipts name from then on.
    private Answer sign(Call call) {
        var fields = JsonNodeFactory.instance.objectNode();
        sign(fields, call);
        var wish = new Booking.Wish(Kind.TERMS, Optional.of(visible(call).id().value()), "sign", fields);
        return book(call, wish, "", "terms_signed");
    }

    private void sign(ObjectNode fields, Call call) {
        fields.put(
                "signed_by",
                shell.person(call).map(Person::name).orElse(call.principal().keyId()));
        fields.put("signed_at", engine.time().instant().toString());
    }

    private Answer book(Call call, Booking.Wish wish, String why, String said) {
        long began = System.nanoTime();
        var outcome = actions.book().change(call.principal(), engine, wish, why, _ -> {});
        var spent = Duration.ofNanos(System.nanoTime() - began);
        return switch (outcome) {
            case GuardedBook.Outcome.Done(var done, var trace) -> {
                measured(new TermsId(done.id()), spent);
                yield PageShell.done("/terms/" + done.id(), said).tracing(trace);
            }
            case GuardedBook.Outcome.Waits(var approval) ->
                PageShell.done("/approvals/" + approval.id(), "waits").tracing(ApprovalRoutes.trace(approval));
        };
    }

    private void measured(TermsId id, Duration spent) {
        var terms = engine.booking().book().terms().get(id);
        if (terms == null) {
            return;
        }
        synchronized (took) {
            took.put(versioned(terms), spent);
            if (took.size() > MOST_MEASURED) {
                took.remove(took.keySet().iterator().next());
            }
        }
    }

    private Optional<Duration> measured(Terms terms) {
        synchronized (took) {
            return Optional.ofNullable(took.get(versioned(terms)));
        }
    }

    private static String versioned(Terms terms) {
        return terms.id() + "@" + terms.version();
    }

    /// @param proposed what was looked at; empty where nothing was, or where it cannot be read
    private Answer form(
            Call call, Optional<Terms> now, TermsEdit.Form shown, List<Wrong> wrong, Optional<Terms> proposed) {
        var words = shell.words(call);
        var views = views(call);
        var page = new TermsEdit(
                now.map(views::row),
                now.isPresent() ? List.of() : owners(call),
                languages(call),
                shown,
                wrong,
                now.isPresent() && proposed.isPresent()
                        ? TermsDifferences.between(now.get(), proposed.get(), words)
                        : List.of(),
                proposed.isPresent(),
                proposed.map(p -> TermsViews.trial(new DryRuns(engine).of(now, p), engine)));
        return shell.html(call, wrong.isEmpty() ? 200 : 400, shell.console().termsEdit(shell.frame(call), words, page));
    }

    private List<TermsEdit.Owner> owners(Call call) {
        return engine.booking().book().advertisers().values().stream()
                .filter(a -> call.principal().sees(a.id().value()))
                .map(a -> new TermsEdit.Owner(
                        a.id().value(), a.name().in(PageShell.lang(call).tag())))
                .sorted(Comparator.comparing(TermsEdit.Owner::name))
                .toList();
    }

    private static Map<String, String> languages(Call call) {
        var names = new TreeMap<String, String>();
        TermsForm.LANGUAGES.forEach(l -> names.put(l, Reading.language(l, PageShell.lang(call))));
        return names;
    }

    /// Terms that the caller may see.
    private Terms visible(Call call) {
        return Stream.of(call.param("id"))
                .filter(id -> SortableId.hasForm(TermsId.PREFIX, id))
                .flatMap(id -> Stream.ofNullable(engine.booking().book().terms().get(new TermsId(id))))
                .filter(t -> call.principal().sees(t.advertiser().value()))
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }
}
