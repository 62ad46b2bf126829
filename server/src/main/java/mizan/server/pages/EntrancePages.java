package mizan.server.pages;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mizan.server.console.page.Entrance;
import mizan.server.console.page.LinkProblem;
import mizan.server.console.page.Notice;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Route;
import mizan.server.http.Trace;
import mizan.server.http.Traffic;
import mizan.server.mail.AccountLetters;
import mizan.server.oidc.SignIns;
import mizan.server.people.EntryLinks;
import mizan.server.people.Invitation;
import mizan.server.people.Passkeys;
import mizan.server.people.People;
import mizan.server.people.Person;
import mizan.server.people.WaysIn;
import mizan.server.people.Workspace;
import tools.jackson.databind.node.JsonNodeFactory;

/// How people come in and leave: by passkey or password, by the link that makes their account, by the demo's link.
final class EntrancePages {
    private static final String RECOVER = "./mizan start --recover";
    private final Workspace workspace;
    private final FrontDoor door;
    private final EntryLinks links;
    private final Optional<AccountLetters> letters;
    private final SignIns signIns;
    private final PageShell shell;

    EntrancePages(Workspace workspace, FrontDoor door, Entrances entrances, PageShell shell) {
        this.workspace = workspace;
        this.door = door;
        this.links = entrances.links();
        this.letters = entrances.letters();
        this.signIns = entrances.signIns();
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/in/{code}", "useEntryLink", this::useLink).everybody(),
                Route.get("/sign-in", "signInPage", call -> signIn(call, 200, "", Optional.empty()))
                        .everybody(),
                Route.form("/sign-in", "signIn", this::enter)
                        .in(Traffic.ENTRANCE)
                        .everybody(),
                Route.get("/join/{code}", "joinPage", call -> join(call, 200, Map.of(), Optional.empty()))
                        .everybody(),
                Route.form("/join/{code}", "join", this::make)
                        .in(Traffic.ENTRANCE)
                        .everybody(),
                Route.form("/sign-out", "signOut", this::leave).signedIn(),
                Route.get("/forgotten", "forgottenPage", call -> forgotten(call, false))
                        .everybody(),
                Route.form("/forgotten", "forgotPassword", this::forgot)
                        .in(Traffic.ENTRANCE)
                        .everybody(),
                Route.get("/back/{code}", "backPage", call -> back(call, 200, Optional.empty()))
                        .everybody(),
                Route.form("/back/{code}", "comeBack", this::comeBack)
                        .in(Traffic.ENTRANCE)
                        .everybody());
    }

    private Answer useLink(Call call) {
        return switch (links.enter(call.param("code"))) {
            case EntryLinks.Entry.Admitted(String id) -> {
                var person = workspace.people().find(id).orElseThrow();
                workspace.audit().add(call, id, "useEntryLink", about(person));
                var lang = call.query("lang").filter(l -> l.equals("ar") || l.equals("en"));
                yield door.admit(
                        call,
                        person,
                        Answer.redirect(
                                303, "/desk" + lang.map(l -> "?lang=" + l).orElse("")));
            }
            case EntryLinks.Entry.Refused(var why) ->
                shell.notice(call, 403, new Notice.SignIn(LinkProblem.valueOf(why.name()), RECOVER));
        };
    }

    /// The page that lets people in; it is also what a page answers that needs somebody.
    Answer signIn(Call call, int status, String login, Optional<String> problem) {
        var next = status == 401 ? call.address() : call.query("next").orElse("");
        var step = new Entrance.Step.Return(login, isPath(next) ? next : "");
        return page(call, status, step, problem);
    }

    private Answer page(Call call, int status, Entrance.Step step, Optional<String> problem) {
        var passkeys = workspace.passkeys();
        var entrance = new Entrance(passkeys.challenge(), passkeys.domain(), problem, ways(signIns), step);
        return shell.html(call, status, shell.console().entrance(shell.frame(call), shell.words(call), entrance));
    }

    static List<Entrance.Way> ways(SignIns signIns) {
        return signIns.providers().stream()
                .map(p -> new Entrance.Way(p.id(), p.name(), p.issuer().toString()))
                .toList();
    }

    /// A place of ours, and no address of others.
    private static boolean isPath(String next) {
        return next.matches("/[A-Za-z0-9_\\-/]{0,200}") && !next.startsWith("//");
    }

    private Answer enter(Call call) {
        var form = call.form();
        var login = form.getOrDefault("login", "");
        var byPasskey = !form.getOrDefault("passkey", "").isEmpty();
        if (byPasskey) {
            var person = workspace
                    .passkeys()
                    .recognise(
                            form.getOrDefault("passkey_id", ""),
                            form.getOrDefault("passkey", ""),
                            form.getOrDefault("challenge", ""))
                    .flatMap(workspace.people()::find)
                    .filter(Person::isIn);
            return person.map(p -> admitted(call, p, "signInByPasskey"))
                    .orElseGet(() -> refused(call, login, "entrance.passkey.unknown"));
        }
        return switch (workspace
                .people()
                .enter(login, form.getOrDefault("password", ""), form.getOrDefault("code", ""), call.from())) {
            case People.Entry.Admitted(var person) -> admitted(call, person, "signInByPassword");
            case People.Entry.Refused() -> refused(call, login, "entrance.wrong");
            case People.Entry.TooMany() -> signIn(call, 429, login, Optional.of("entrance.too_many"));
        };
    }

    private Answer admitted(Call call, Person person, String how) {
        return admitted(call, person, how, call.form().getOrDefault("next", ""));
    }

    /// Lets somebody in who has shown who they are.
    Answer admitted(Call call, Person person, String how, String next) {
        workspace.audit().add(call, person.id(), how, about(person));
        return door.admit(call, person, Answer.redirect(303, isPath(next) && !next.isEmpty() ? next : "/"));
    }

    private Answer refused(Call call, String login, String problem) {
        // The login as it was sent may be a password in the wrong field: it is not written down.
        workspace.audit().add(call, "nobody", "signInRefused", Optional.empty());
        return signIn(call, 403, login, Optional.of(problem));
    }

    private static Optional<Trace> about(Person person) {
        return Optional.of(new Trace(person.id(), person.advertiser(), Optional.empty(), Optional.empty()));
    }

    private Answer join(Call call, int status, Map<String, String> form, Optional<String> problem) {
        var known = workspace.people().invitation(call.param("code"));
        var now = workspace.people().now();
        if (known.filter(i -> i.usedAt().isEmpty() && now.isBefore(i.until())).isEmpty()) {
            var why = known.isEmpty()
                    ? LinkProblem.UNKNOWN
                    : known.get().usedAt().isPresent() ? LinkProblem.USED : LinkProblem.EXPIRED;
            return shell.notice(call, 403, new Notice.SignIn(why, RECOVER));
        }
        var invitation = known.get();
        var step = new Entrance.Step.Join(
                call.param("code"),
                invitation.by().equals(People.SETUP),
                "role." + invitation.role().text(),
                invitation.advertiser().orElse(""),
                form.getOrDefault("name", invitation.name()),
                form.getOrDefault("login", ""));
        return page(call, status, step, problem);
    }

    private Answer make(Call call) {
        var form = call.form();
        var fresh = Optional.<Passkeys.Fresh>empty();
        if (!form.getOrDefault("passkey", "").isEmpty()) {
            fresh = workspace.passkeys().read(form.getOrDefault("passkey", ""), form.getOrDefault("challenge", ""));
            if (fresh.isEmpty()) {
                return join(call, 400, form, Optional.of("entrance.passkey.failed"));
            }
        } else if (form.getOrDefault("password", "").isEmpty()) {
            return join(call, 400, form, Optional.of("entrance.wrong.password"));
        }
        try {
            var invitation = workspace.people().invitation(call.param("code"));
            var person = workspace
                    .people()
                    .join(
                            call.param("code"),
                            new People.Joining(
                                    form.getOrDefault("name", ""),
                                    form.getOrDefault("login", ""),
                                    form.getOrDefault("password", "")));
            fresh.ifPresent(f -> workspace.passkeys().keep(person, f));
            workspace.audit().add(call, person.id(), "join", Optional.of(joined(person, invitation.orElseThrow())));
            return door.admit(call, person, PageShell.done("/account", "joined"));
        } catch (People.NotJoined e) {
            return join(
                    call,
                    400,
                    form,
                    Optional.of("entrance.wrong." + e.wrong().name().toLowerCase(Locale.ROOT)));
        }
    }

    static Trace joined(Person person, Invitation invitation) {
        var after = JsonNodeFactory.instance.objectNode();
        after.put("name", person.name());
        after.put("role", person.role().text());
        after.put("invited_by", invitation.by());
        return new Trace(person.id(), person.advertiser(), Optional.empty(), Optional.of(after));
    }

    private Answer leave(Call call) {
        return door.dismiss(call, Answer.redirect(303, "/sign-in"));
    }

    /// @param asked whether somebody has just asked for a letter
    private Answer forgotten(Call call, boolean asked) {
        return page(call, 200, new Entrance.Step.Forgotten(letters.isPresent(), asked, RECOVER), Optional.empty());
    }

    /// Whatever the address is, the answer is the same.
    private Answer forgot(Call call) {
        letters.ifPresent(l -> l.wantBack(call.form().getOrDefault("login", "")));
        return forgotten(call, true);
    }

    private Answer back(Call call, int status, Optional<String> problem) {
        var known = workspace.waysIn().wayBack(call.param("code"));
        if (known.filter(w -> w.admits(workspace.people().now())).isEmpty()) {
            var why = known.isEmpty()
                    ? LinkProblem.UNKNOWN
                    : known.get().usedAt().isPresent() ? LinkProblem.USED : LinkProblem.EXPIRED;
            return shell.notice(call, 403, new Notice.SignIn(why, RECOVER));
        }
        var step = new Entrance.Step.Back(call.param("code"), known.get().isByHand());
        return page(call, status, step, problem);
    }

    /// Whoever is back signs in with the new password, and with their second factor where they have one.
    private Answer comeBack(Call call) {
        var way = workspace.waysIn().wayBack(call.param("code"));
        var changed =
                workspace.waysIn().comeBack(call.param("code"), call.form().getOrDefault("password", ""));
        if (changed != WaysIn.Changed.DONE) {
            return back(
                    call, 400, Optional.of("password.wrong." + changed.name().toLowerCase(Locale.ROOT)));
        }
        var person = workspace.people().find(way.orElseThrow().person()).orElseThrow();
        workspace.sessions().endAll(person.id());
        return Answer.redirect(303, "/sign-in?said=came_back")
                .tracing(about(person).orElseThrow());
    }
}
