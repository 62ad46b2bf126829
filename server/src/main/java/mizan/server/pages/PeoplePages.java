package mizan.server.pages;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;
import mizan.core.identity.SortableId;
import mizan.server.api.Actions;
import mizan.server.api.KeyDesk;
import mizan.server.app.Engine;
import mizan.server.console.page.Access;
import mizan.server.http.Answer;
import mizan.server.http.ApiKey;
import mizan.server.http.Call;
import mizan.server.http.Principal;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.http.Trace;
import mizan.server.people.Person;
import mizan.server.people.Role;
import mizan.server.people.Workspace;
import tools.jackson.databind.node.JsonNodeFactory;

/// Who may do what: people and API keys, and the log of what all of them did.
final class PeoplePages {
    private static final int ACTS_A_PAGE = 50;
    private final Engine engine;
    private final Actions actions;
    private final Workspace workspace;
    private final PageShell shell;

    PeoplePages(Engine engine, Actions actions, PageShell shell) {
        this.engine = engine;
        this.actions = actions;
        this.workspace = actions.workspace();
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/people", "peoplePage", call -> people(call, Optional.empty()))
                        .needs(Scope.PEOPLE),
                Route.form("/people", "invite", this::invite)
                        .needs(Scope.PEOPLE)
                        .confirming(),
                Route.form("/people/{id}/help", "helpPerson", this::help)
                        .needs(Scope.PEOPLE)
                        .confirming(),
                Route.form("/people/{id}/remove", "removePerson", this::remove)
                        .needs(Scope.PEOPLE)
                        .confirming(),
                Route.form("/people/{id}/erase", "erasePerson", this::erase).needs(Scope.PEOPLE),
                Route.get("/keys", "keysPage", call -> keys(call, Optional.empty()))
                        .needs(Scope.KEYS),
                Route.form("/keys", "makeKey", this::makeKey).needs(Scope.KEYS).confirming(),
                Route.form("/keys/{id}/revoke", "revokeKey", this::revokeKey)
                        .needs(Scope.KEYS)
                        .confirming(),
                Route.get("/audit", "auditPage", this::audit).needs(Scope.AUDIT_READ));
    }

    private Answer people(Call call, Optional<String> link) {
        var caller = call.principal();
        var rows =
                workspace.people().all(caller).stream().map(p -> row(call, p)).toList();
        var page = new Access.People(rows, roles(caller), advertisers(call), link);
        return shell.html(call, 200, shell.console().people(shell.frame(call), shell.words(call), page));
    }

    private Access.PersonRow row(Call call, Person person) {
        return new Access.PersonRow(
                person.id(),
                person.name(),
                person.login(),
                "role." + person.role().text(),
                person.advertiser().map(a -> advertiserName(call, a)).orElse(""),
                workspace.passkeys().of(person.id()).size(),
                person.totp().isPresent(),
                workspace.sessions().of(person.id()).size(),
                person.createdAt(),
                person.removedAt(),
                person.isIn()
                        && !person.id().equals(call.principal().keyId())
                        && person.role().isWithin(call.principal().scopes()),
                !person.isIn()
                        && !person.isErased()
                        && person.role().isWithin(call.principal().scopes()));
    }

    private String advertiserName(Call call, String id) {
        return Optional.ofNullable(engine.booking().book().advertisers().get(new AdvertiserId(id)))
                .map(a -> a.name().in(PageShell.lang(call).tag()))
                .orElse(id);
    }

    /// Roles that the caller may give away.
    private static List<Access.Choice> roles(Principal caller) {
        return Arrays.stream(Role.values())
                .filter(r -> r.isWithin(caller.scopes()))
                .filter(r -> caller.advertiser().isEmpty() || r.isBound())
                .map(r -> new Access.Choice(r.name(), "role." + r.text(), ""))
                .toList();
    }

    private List<Access.Choice> advertisers(Call call) {
        return engine.booking().book().advertisers().values().stream()
                .filter(a -> call.principal().sees(a.id().value()))
                .map(a -> new Access.Choice(
                        a.id().value(), "", a.name().in(PageShell.lang(call).tag())))
                .sorted(Comparator.comparing(Access.Choice::label))
                .toList();
    }

    private Answer invite(Call call) {
        var form = call.form();
        var role = Arrays.stream(Role.values())
                .filter(r -> r.name().equals(form.getOrDefault("role", "")))
                .findFirst();
        var name = form.getOrDefault("name", "").strip();
        if (role.isEmpty() || name.isEmpty() || name.length() > 100) {
            return PageShell.done("/people", "incomplete");
        }
        var advertiser = role.get().isBound() ? advertiser(call) : Optional.<String>empty();
        if (role.get().isBound() != advertiser.isPresent()) {
            return PageShell.done("/people", "advertiser_needed");
        }
        var code = workspace
                .people()
                .invite(name, role.get(), advertiser, form.getOrDefault("email", ""), call.principal());
        var after = JsonNodeFactory.instance.objectNode();
        after.put("name", name).put("role", role.get().text());
        return people(call, Optional.of(workspace.origin() + "/join/" + code))
                .tracing(new Trace("", advertiser, Optional.empty(), Optional.of(after)));
    }

    /// The caller's own advertiser, or for the platform the one that was chosen.
    private Optional<String> advertiser(Call call) {
        return call.principal()
                .advertiser()
                .or(() -> Optional.of(call.form().getOrDefault("advertiser", ""))
                        .filter(a -> SortableId.hasForm(AdvertiserId.PREFIX, a)
                                && engine.booking().book().advertisers().containsKey(new AdvertiserId(a))));
    }

    private Answer remove(Call call) {
        var id = call.param("id");
        if (id.equals(call.principal().keyId())) {
            throw Problem.of(ProblemCode.STATE_CONFLICT, "oneself").refused();
        }
        var removed = workspace.people().remove(id, call.principal());
        workspace.sessions().endAll(id);
        actions.keys().revokeAll(id);
        return PageShell.done("/people", "removed")
                .tracing(new Trace(id, removed.advertiser(), Optional.empty(), Optional.empty()));
    }

    /// A link for somebody who lost every way in.
    private Answer help(Call call) {
        var id = call.param("id");
        var code = workspace.waysIn().help(id, call.principal());
        var person = workspace.people().find(id).orElseThrow();
        return people(call, Optional.of(workspace.origin() + "/back/" + code))
                .tracing(new Trace(id, person.advertiser(), Optional.empty(), Optional.empty()));
    }

    private Answer erase(Call call) {
        var erased = workspace.erase(call.param("id"), call.principal());
        return PageShell.done("/people", "erased")
                .tracing(new Trace(erased.id(), erased.advertiser(), Optional.empty(), Optional.empty()));
    }

    private Answer keys(Call call, Optional<KeyDesk.Made> made) {
        var rows = actions.keys().visible(call.principal()).reversed().stream()
                .map(k -> row(call, k))
                .toList();
        var page = new Access.Keys(
                rows,
                roles(call.principal()),
                advertisers(call),
                made.map(KeyDesk.Made::text),
                made.flatMap(KeyDesk.Made::waits).map(a -> a.id()));
        return shell.html(call, 200, shell.console().keys(shell.frame(call), shell.words(call), page));
    }

    private Access.KeyRow row(Call call, ApiKey key) {
        var principal = key.principal();
        return new Access.KeyRow(
                principal.keyId(),
                key.name(),
                "mz_" + principal.mode().name().toLowerCase(Locale.ROOT) + "_",
                principal.scopes().stream().map(Scope::text).sorted().toList(),
                principal.advertiser().map(a -> advertiserName(call, a)).orElse(""),
                key.createdAt(),
                key.expiresAt(),
                key.revokedAt(),
                key.isWaiting(),
                key.revokedAt().isEmpty());
    }

    private Answer makeKey(Call call) {
        var form = call.form();
        var role = Arrays.stream(Role.values())
                .filter(r -> r.name().equals(form.getOrDefault("role", "")))
                .findFirst();
        var name = form.getOrDefault("name", "").strip();
        if (role.isEmpty() || name.isEmpty() || name.length() > 100) {
            return PageShell.done("/keys", "incomplete");
        }
        var advertiser = role.get().isBound() ? advertiser(call) : Optional.<String>empty();
        if (role.get().isBound() != advertiser.isPresent()) {
            return PageShell.done("/keys", "advertiser_needed");
        }
        var expires = Optional.of(form.getOrDefault("days", ""))
                .filter(d -> d.matches("[0-9]{1,3}"))
                .map(d -> workspace.people().now().plus(Duration.ofDays(Long.parseLong(d))));
        var made = actions.keys()
                .make(
                        call.principal(),
                        new KeyDesk.Wanted(name, call.mode(), role.get().scopes(), advertiser, expires));
        var after = JsonNodeFactory.instance.objectNode();
        after.put("name", name).put("role", role.get().text());
        return keys(call, Optional.of(made))
                .tracing(new Trace(made.key().principal().keyId(), advertiser, Optional.empty(), Optional.of(after)));
    }

    private Answer revokeKey(Call call) {
        var revoked = actions.keys().revoke(call.principal(), call.param("id"));
        return PageShell.done("/keys", "key_revoked")
                .tracing(new Trace(
                        call.param("id"), revoked.principal().advertiser(), Optional.empty(), Optional.empty()));
    }

    private Answer audit(Call call) {
        long before = call.query("before")
                .filter(b -> b.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
        var acts = workspace.audit().read(call.principal(), before, ACTS_A_PAGE + 1);
        var rows = acts.stream()
                .limit(ACTS_A_PAGE)
                .map(a -> new Access.ActRow(
                        a.sequence(),
                        a.at(),
                        a.actor(),
                        a.name(),
                        a.operation(),
                        a.subject(),
                        a.before(),
                        a.after(),
                        a.from()))
                .toList();
        var next = acts.size() > ACTS_A_PAGE
                ? Optional.of(Long.toString(rows.getLast().sequence()))
                : Optional.<String>empty();
        return shell.html(
                call, 200, shell.console().audit(shell.frame(call), shell.words(call), new Access.Audit(rows, next)));
    }
}
