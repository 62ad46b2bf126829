package mizan.server.pages;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mizan.server.console.page.Confirmation;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Trace;
import mizan.server.oidc.SignIns;
import mizan.server.people.Person;
import mizan.server.people.Session;
import mizan.server.people.WaysIn;
import mizan.server.people.Workspace;

/// Asks again who sits at a browser, before a form is carried out that gives somebody a way in.
///
/// The page carries the form along: it is sent once more with the proof, and then does what was wanted.
final class Confirming {
    /// Fields of the proof; all others are the form's own.
    private static final String OURS = "confirm_";

    private final Workspace workspace;
    private final SignIns signIns;
    private final PageShell shell;

    Confirming(Workspace workspace, SignIns signIns, PageShell shell) {
        this.workspace = workspace;
        this.signIns = signIns;
        this.shell = shell;
    }

    /// Empty when the form proves whose session it is.
    Optional<Answer> ask(Call call, Session session, Person person) {
        var form = call.form();
        if (form.keySet().stream().noneMatch(name -> name.startsWith(OURS))) {
            return Optional.of(page(call, person, Optional.empty()));
        }
        var proof = form.getOrDefault(OURS + "passkey", "").isEmpty()
                ? workspace
                        .waysIn()
                        .proves(
                                person,
                                form.getOrDefault(OURS + "password", ""),
                                form.getOrDefault(OURS + "code", ""),
                                call.from())
                : byPasskey(form, person);
        return switch (proof) {
            case PROVEN -> {
                workspace.sessions().confirm(session);
                yield Optional.empty();
            }
            case WRONG -> {
                workspace.audit().add(call, person.id(), "confirmRefused", Optional.of(about(person)));
                yield Optional.of(page(call, person, Optional.of("confirm.wrong")));
            }
            case TOO_MANY -> Optional.of(page(call, person, Optional.of("entrance.too_many")));
        };
    }

    private WaysIn.Proof byPasskey(Map<String, String> form, Person person) {
        return workspace
                        .passkeys()
                        .recognise(
                                form.getOrDefault(OURS + "passkey_id", ""),
                                form.getOrDefault(OURS + "passkey", ""),
                                form.getOrDefault(OURS + "challenge", ""))
                        .filter(person.id()::equals)
                        .isPresent()
                ? WaysIn.Proof.PROVEN
                : WaysIn.Proof.WRONG;
    }

    private static Trace about(Person person) {
        return new Trace(person.id(), person.advertiser(), Optional.empty(), Optional.empty());
    }

    private Answer page(Call call, Person person, Optional<String> problem) {
        var carried = new LinkedHashMap<>(call.form());
        carried.keySet().removeIf(name -> name.startsWith(OURS) || name.equals("csrf"));
        var confirmation = new Confirmation(
                call.address(),
                carried,
                workspace.passkeys().of(person.id()).isEmpty()
                        ? Optional.empty()
                        : Optional.of(workspace.passkeys().challenge()),
                workspace.passkeys().domain(),
                person.password().isPresent(),
                person.totp().isPresent(),
                EntrancePages.ways(signIns).stream()
                        .filter(w -> workspace.identities().of(person.id()).stream()
                                .anyMatch(i -> i.issuer().equals(w.issuer())))
                        .toList(),
                problem);
        return shell.html(call, 403, shell.console().confirmation(shell.frame(call), shell.words(call), confirmation));
    }
}
