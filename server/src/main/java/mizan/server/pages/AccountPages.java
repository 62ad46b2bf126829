package mizan.server.pages;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mizan.server.console.page.Access;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Trace;
import mizan.server.http.Traffic;
import mizan.server.oidc.SignIns;
import mizan.server.people.Person;
import mizan.server.people.WaysIn;
import mizan.server.people.Workspace;

/// What people change of their own account: password, passkeys, second factor, and where they are signed in.
///
/// Whatever makes a way in or takes one away asks again who sits there ([Route#confirming]), is written down, and is
/// told
/// by letter. What changed nothing answers 400, so that it is not written down as done.
final class AccountPages {
    private final Workspace workspace;
    private final FrontDoor door;
    private final SignIns signIns;
    private final PageShell shell;

    AccountPages(Workspace workspace, FrontDoor door, SignIns signIns, PageShell shell) {
        this.workspace = workspace;
        this.door = door;
        this.signIns = signIns;
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/account", "accountPage", call -> page(call, person(call), 200, Shown.NOTHING))
                        .signedIn(),
                Route.form("/account/password", "changePassword", own(this::changePassword))
                        .in(Traffic.ENTRANCE)
                        .signedIn(),
                Route.form("/account/passkeys", "addPasskey", own(this::addPasskey))
                        .signedIn()
                        .confirming(),
                Route.form("/account/passkeys/remove", "removePasskey", own(this::removePasskey))
                        .signedIn()
                        .confirming(),
                Route.form("/account/second-factor", "setSecondFactor", own(this::setSecondFactor))
                        .signedIn()
                        .confirming(),
                Route.form("/account/second-factor/remove", "removeSecondFactor", own(this::removeSecondFactor))
                        .signedIn()
                        .confirming(),
                Route.form("/account/recovery-codes", "makeRecoveryCodes", own(this::makeRecoveryCodes))
                        .in(Traffic.ENTRANCE)
                        .signedIn()
                        .confirming(),
                Route.form("/account/sessions/end", "endSessions", own(this::endSessions))
                        .signedIn(),
                Route.form("/account/sessions/end-all", "endAllSessions", own(this::endAllSessions))
                        .signedIn());
    }

    /// What a change of one's own account does.
    private interface Change {
        Answer make(Call call, Person person);
    }

    private Route.Handler own(Change change) {
        return call -> {
            var person = person(call);
            var answer = change.make(call, person);
            return !answer.traces().isEmpty() || answer.status() >= 400
                    ? answer
                    : answer.tracing(new Trace(person.id(), person.advertiser(), Optional.empty(), Optional.empty()));
        };
    }

    /// A key has no account.
    private Person person(Call call) {
        return door.person(call)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    /// What the page says beside what is always there.
    ///
    /// @param problem key of what was wrong; empty when nothing was
    /// @param codes new ones, shown once
    private record Shown(Optional<String> problem, List<String> codes) {
        static final Shown NOTHING = new Shown(Optional.empty(), List.of());

        static Shown wrong(String key) {
            return new Shown(Optional.of(key), List.of());
        }
    }

    private Answer page(Call call, Person person, int status, Shown shown) {
        var current = door.session(call);
        var own = new Access.Own(
                person.name(),
                person.login(),
                "role." + person.role().text(),
                person.password().isPresent(),
                secondFactor(person, shown),
                workspace.passkeys().of(person.id()).stream()
                        .map(k -> new Access.PasskeyRow(k.id(), k.createdAt()))
                        .toList(),
                EntrancePages.ways(signIns).stream()
                        .map(w -> new Access.ProviderRow(
                                w.id(),
                                w.name(),
                                w.issuer(),
                                workspace.identities().of(person.id()).stream()
                                        .anyMatch(i -> i.issuer().equals(w.issuer()))))
                        .toList(),
                workspace.sessions().of(person.id()).stream()
                        .map(s -> new Access.SessionRow(
                                s.createdAt(),
                                s.seenAt(),
                                s.from(),
                                current.filter(c -> c.hash().equals(s.hash())).isPresent()))
                        .toList(),
                workspace.passkeys().challenge(),
                workspace.passkeys().domain(),
                shown.problem());
        return shell.html(call, status, shell.console().account(shell.frame(call), shell.words(call), own));
    }

    private Access.SecondFactor secondFactor(Person person, Shown shown) {
        return person.totp().isPresent()
                ? new Access.SecondFactor(
                        true, Optional.empty(), person.recovery().size(), shown.codes())
                : new Access.SecondFactor(false, Optional.of(workspace.people().newSecret()), 0, List.of());
    }

    private Answer wrong(Call call, Person person, String key) {
        return page(call, person, 400, Shown.wrong(key));
    }

    /// Who has a password says it; who has none shows in another way that it is they.
    private Answer changePassword(Call call, Person person) {
        if (person.password().isEmpty()) {
            var asked = door.confirm(call);
            if (asked.isPresent()) {
                return asked.get();
            }
        }
        var form = call.form();
        var changed = workspace
                .waysIn()
                .changePassword(person, form.getOrDefault("old", ""), form.getOrDefault("password", ""), call.from());
        if (changed != WaysIn.Changed.DONE) {
            return wrong(call, person, "password.wrong." + changed.name().toLowerCase(Locale.ROOT));
        }
        door.session(call).ifPresent(workspace.sessions()::endOthers);
        return PageShell.done("/account", "password");
    }

    private Answer addPasskey(Call call, Person person) {
        var form = call.form();
        return Optional.of(person)
                .filter(workspace.passkeys()::hasRoom)
                .flatMap(_ ->
                        workspace.passkeys().read(form.getOrDefault("passkey", ""), form.getOrDefault("challenge", "")))
                .map(fresh -> {
                    workspace.passkeys().keep(person, fresh);
                    return PageShell.done("/account", "passkey");
                })
                .orElseGet(() -> wrong(call, person, "said.passkey_failed"));
    }

    /// The last way in stays.
    private Answer removePasskey(Call call, Person person) {
        boolean last = person.password().isEmpty()
                && workspace.identities().of(person.id()).isEmpty()
                && workspace.passkeys().of(person.id()).size() < 2;
        if (last) {
            return wrong(call, person, "account.passkey.last");
        }
        return workspace.passkeys().drop(person, call.form().getOrDefault("id", ""))
                ? PageShell.done("/account", "passkey_removed")
                : wrong(call, person, "said.passkey_failed");
    }

    private Answer setSecondFactor(Call call, Person person) {
        var form = call.form();
        var secret = form.getOrDefault("secret", "");
        boolean on = secret.matches("[A-Z2-7]{32}")
                && person.totp().isEmpty()
                && workspace.people().confirm(person, secret, form.getOrDefault("code", ""));
        return on ? withCodes(call, person) : wrong(call, person, "said.second_factor_failed");
    }

    /// Codes are shown here and never again, so this answer is no redirect.
    private Answer withCodes(Call call, Person person) {
        var codes = workspace.waysIn().newRecoveryCodes(person);
        var now = workspace.people().find(person.id()).orElseThrow();
        return page(call, now, 200, new Shown(Optional.empty(), codes));
    }

    private Answer makeRecoveryCodes(Call call, Person person) {
        return person.totp().isPresent() ? withCodes(call, person) : wrong(call, person, "account.codes.none");
    }

    private Answer removeSecondFactor(Call call, Person person) {
        workspace.waysIn().dropSecondFactor(person);
        return PageShell.done("/account", "second_factor_removed");
    }

    private Answer endSessions(Call call, Person person) {
        door.session(call).ifPresent(workspace.sessions()::endOthers);
        return PageShell.done("/account", "sessions_ended");
    }

    private Answer endAllSessions(Call call, Person person) {
        workspace.sessions().endAll(person.id());
        return door.dismiss(call, Answer.redirect(303, "/sign-in"));
    }
}
