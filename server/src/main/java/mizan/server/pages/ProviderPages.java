package mizan.server.pages;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Trace;
import mizan.server.http.Traffic;
import mizan.server.oidc.Provider;
import mizan.server.oidc.SignIns;
import mizan.server.oidc.SignIns.Arrival;
import mizan.server.oidc.SignIns.Purpose;
import mizan.server.people.Invitation;
import mizan.server.people.People;
import mizan.server.people.Person;
import mizan.server.people.Workspace;

/// Sign-ins by way of a provider: there and back. A provider says who somebody is; only who was invited comes in.
///
/// An account that exists is never found by its address: whoever has it says so themselves, once, on their account's
/// page. Otherwise an address that somebody typed when they joined would decide whose account it is.
final class ProviderPages {
    private final Workspace workspace;
    private final FrontDoor door;
    private final EntrancePages entrance;
    private final SignIns signIns;
    private final PageShell shell;

    ProviderPages(Workspace workspace, FrontDoor door, EntrancePages entrance, SignIns signIns, PageShell shell) {
        this.workspace = workspace;
        this.door = door;
        this.entrance = entrance;
        this.signIns = signIns;
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/sign-in/with/{provider}", "leaveForProvider", this::leave)
                        .in(Traffic.ENTRANCE)
                        .everybody(),
                Route.get("/sign-in/with/{provider}/back", "arriveFromProvider", this::arrive)
                        .in(Traffic.ENTRANCE)
                        .everybody(),
                Route.form("/account/providers", "linkProvider", this::link)
                        .in(Traffic.ENTRANCE)
                        .signedIn()
                        .confirming(),
                Route.form("/account/providers/remove", "unlinkProvider", this::unlink)
                        .signedIn()
                        .confirming());
    }

    private Provider provider(String id) {
        return signIns.provider(id)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    private Answer leave(Call call) {
        var provider = provider(call.param("provider"));
        return signIns.leave(provider, purpose(call))
                .map(leaving -> door.away(Answer.redirect(303, leaving.to().toString()), leaving.cookie()))
                .orElseGet(() -> entrance.signIn(call, 503, "", Optional.of("provider.unproven")));
    }

    private Purpose purpose(Call call) {
        var session = door.session(call).filter(_ -> call.query("confirm").isPresent());
        if (session.isPresent()) {
            return new Purpose.Confirm(session.get().hash());
        }
        return call.query("join")
                .<Purpose>map(Purpose.Join::new)
                .orElseGet(() -> new Purpose.Enter(call.query("next").orElse("")));
    }

    /// The browser may not follow a form to another site, so the way there is a link of a page.
    private Answer link(Call call) {
        var person = person(call);
        var provider = provider(call.form().getOrDefault("provider", ""));
        return signIns.leave(provider, new Purpose.Link(person.id()))
                .map(leaving -> door.away(
                        shell.html(
                                call,
                                200,
                                shell.console()
                                        .leaving(
                                                shell.frame(call),
                                                shell.words(call),
                                                provider.name(),
                                                leaving.to().toString())),
                        leaving.cookie()))
                .orElseGet(() -> PageShell.done("/account", "provider_away"));
    }

    private Answer unlink(Call call) {
        var person = person(call);
        if (isOnlyWayIn(person)) {
            return PageShell.done("/account", "provider_last");
        }
        workspace.identities().unlink(person, call.form().getOrDefault("issuer", ""));
        workspace.audit().add(call, person.id(), "providerUnlinked", about(person));
        return PageShell.done("/account", "provider_unlinked");
    }

    private boolean isOnlyWayIn(Person person) {
        return person.password().isEmpty()
                && workspace.passkeys().of(person.id()).isEmpty()
                && workspace.identities().of(person.id()).size() < 2;
    }

    private Person person(Call call) {
        return door.person(call)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    private Answer arrive(Call call) {
        var answered = new SignIns.Answered(
                call.param("provider"),
                call.query("state").orElse(""),
                door.wayBack(call).orElse(""),
                call.query("code").filter(c -> !c.isEmpty()),
                call.query("iss"));
        var answer = switch (signIns.arrive(answered)) {
            case Arrival.Proven proven -> arrived(call, proven);
            case Arrival.Lost() -> refused(call, "provider.lost");
            case Arrival.Declined() -> refused(call, "provider.declined");
            case Arrival.Unproven() -> refused(call, "provider.unproven");
        };
        return door.backAgain(answer);
    }

    private Answer refused(Call call, String problem) {
        workspace.audit().add(call, "nobody", "signInRefused", Optional.empty());
        return entrance.signIn(call, 403, "", Optional.of(problem));
    }

    private Answer arrived(Call call, Arrival.Proven proven) {
        return switch (proven.purpose()) {
            case Purpose.Enter(var next) -> enter(call, proven, next);
            case Purpose.Join(var code) ->
                workspace
                        .people()
                        .invitation(code)
                        .map(invitation -> join(call, proven, invitation))
                        .orElseGet(() -> refused(call, "entrance.wrong.link"));
            case Purpose.Link(var person) -> link(call, proven, person);
            case Purpose.Confirm(var session) -> confirm(call, proven, session);
        };
    }

    private Answer enter(Call call, Arrival.Proven proven, String next) {
        var known = known(proven);
        if (known.isPresent()) {
            return entrance.admitted(call, known.get(), "signInByProvider", next);
        }
        return proven.email()
                .flatMap(workspace.people()::invitationFor)
                .map(invitation -> join(call, proven, invitation))
                .orElseGet(() -> refused(call, "provider.uninvited"));
    }

    private Optional<Person> known(Arrival.Proven proven) {
        return workspace
                .identities()
                .person(proven.provider().issuer().toString(), proven.subject())
                .flatMap(workspace.people()::find)
                .filter(Person::isIn);
    }

    private Answer join(Call call, Arrival.Proven proven, Invitation invitation) {
        if (proven.email().isEmpty()) {
            return refused(call, "provider.no_email");
        }
        if (isKnown(proven)) {
            return refused(call, "said.provider_taken");
        }
        try {
            var name = proven.name().isEmpty() ? invitation.name() : proven.name();
            var person = workspace
                    .people()
                    .joinVouched(invitation, name, proven.email().get());
            workspace.identities().link(person, proven.provider().issuer().toString(), proven.subject());
            workspace.audit().add(call, person.id(), "join", Optional.of(EntrancePages.joined(person, invitation)));
            return door.admit(call, person, PageShell.done("/account", "joined"));
        } catch (People.NotJoined e) {
            return refused(call, "entrance.wrong." + e.wrong().name().toLowerCase(Locale.ROOT));
        }
    }

    /// Also somebody who was removed: they do not come back under another invitation.
    private boolean isKnown(Arrival.Proven proven) {
        return workspace
                .identities()
                .person(proven.provider().issuer().toString(), proven.subject())
                .isPresent();
    }

    /// The browser that went is the one that came back, and so is the person: nobody's account is linked to another's.
    private Answer link(Call call, Arrival.Proven proven, String id) {
        var person = door.person(call).filter(p -> p.id().equals(id));
        if (person.isEmpty()) {
            return refused(call, "provider.lost");
        }
        if (!workspace
                .identities()
                .link(person.get(), proven.provider().issuer().toString(), proven.subject())) {
            return PageShell.done("/account", "provider_taken");
        }
        workspace.audit().add(call, id, "providerLinked", about(person.get()));
        return PageShell.done("/account", "provider_linked");
    }

    private Answer confirm(Call call, Arrival.Proven proven, String session) {
        var own = door.session(call).filter(s -> s.hash().equals(session));
        boolean theirs = own.isPresent()
                && known(proven).filter(p -> p.id().equals(own.get().person())).isPresent();
        if (!theirs) {
            return refused(call, "provider.lost");
        }
        workspace.sessions().confirm(own.get());
        return PageShell.done("/account", "confirmed");
    }

    private static Optional<Trace> about(Person person) {
        return Optional.of(new Trace(person.id(), person.advertiser(), Optional.empty(), Optional.empty()));
    }
}
