package mizan.server.pages;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import mizan.server.api.Actions;
import mizan.server.api.EvidenceDesk;
import mizan.server.app.Engine;
import mizan.server.console.page.DisputeList;
import mizan.server.console.page.EvidenceForm;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Route;
import mizan.server.http.Scope;

/// Where people ask for an evidence pack.
final class EvidencePages {
    private static final int MOST_ADVERTISERS = 500;
    private static final int USUAL_DAYS = 90;

    private final Engine engine;
    private final EvidenceDesk desk;
    private final PageShell shell;

    EvidencePages(Engine engine, Actions actions, PageShell shell) {
        this.engine = engine;
        this.desk = new EvidenceDesk(actions.workspace());
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/evidence", "evidencePage", this::form).needs(Scope.AUDIT_READ),
                Route.get("/evidence/pack", "evidencePackOnPage", this::pack).needs(Scope.AUDIT_READ));
    }

    private Answer form(Call call) {
        var lang = PageShell.lang(call).tag();
        var today = LocalDate.ofInstant(engine.time().instant(), ZoneOffset.UTC);
        var advertisers = engine.booking().book().advertisers().values().stream()
                .filter(a -> call.principal().sees(a.id().value()))
                .map(a -> new DisputeList.Choice(a.id().value(), a.name().in(lang)))
                .sorted(Comparator.comparing(DisputeList.Choice::name))
                .limit(MOST_ADVERTISERS)
                .toList();
        var form = new EvidenceForm(advertisers, today.minusDays(USUAL_DAYS), today.plusDays(1), lang);
        return shell.html(call, 200, shell.console().evidence(shell.frame(call), shell.words(call), form));
    }

    private Answer pack(Call call) {
        return desk.pack(call, engine, call.query("advertiser").orElse(""));
    }
}
