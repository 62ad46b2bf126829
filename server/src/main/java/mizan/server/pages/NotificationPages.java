package mizan.server.pages;

import java.time.Instant;
import java.util.List;
import mizan.server.api.Actions;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.people.Workspace;

/// What a person should know of what is theirs, and up to when they have read it.
final class NotificationPages {
    private static final String BASE = "/notifications";
    /// The name of the preference; its value is an instant.
    private static final String READ = "notifications.read_up_to";

    private final Engine engine;
    private final Workspace workspace;
    private final PageShell shell;

    NotificationPages(Engine engine, Actions actions, PageShell shell) {
        this.engine = engine;
        this.workspace = actions.workspace();
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get(BASE, "notificationsPage", this::show).signedIn(),
                Route.form(BASE + "/read", "readNotifications", this::read).signedIn(),
                Route.form(BASE + "/letter", "wantDeskLetter", this::letter).needs(Scope.PLATFORM_READ));
    }

    private Answer show(Call call) {
        var words = shell.words(call);
        var readUpTo = workspace
                .store()
                .preference(call.principal().keyId(), READ)
                .map(Instant::parse)
                .orElse(Instant.EPOCH);
        var letter =
                shell.person(call).filter(DeskLetters::canHave).map(person -> DeskLetters.wants(workspace, person));
        var page = new NotificationView(engine, workspace, words, call.principal()).read(readUpTo, letter);
        return shell.html(call, 200, shell.console().notifications(shell.frame(call), words, page));
    }

    private Answer read(Call call) {
        workspace
                .store()
                .prefer(call.principal().keyId(), READ, engine.time().instant().toString());
        return PageShell.done(BASE, "notifications_read");
    }

    private Answer letter(Call call) {
        boolean wanted = call.form().getOrDefault("letter", "").equals(DeskLetters.YES);
        workspace.store().prefer(call.principal().keyId(), DeskLetters.WANTED, wanted ? DeskLetters.YES : "no");
        return PageShell.done(BASE, wanted ? "letter_wanted" : "letter_unwanted");
    }
}
