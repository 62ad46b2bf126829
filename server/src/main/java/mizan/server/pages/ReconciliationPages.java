package mizan.server.pages;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mizan.core.campaign.CampaignId;
import mizan.core.identity.SortableId;
import mizan.server.api.Actions;
import mizan.server.api.DisputeDesk;
import mizan.server.api.ReconciliationDesk;
import mizan.server.app.Engine;
import mizan.server.disputes.Dispute;
import mizan.server.editing.Amounts;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.reconciliation.CountsFile;
import mizan.server.reconciliation.Reconciliations;

/// An advertiser's own counts beside the platform's, and the button that disputes what stays open.
final class ReconciliationPages {
    /// The file and what a form needs around it.
    private static final int MAX_FORM = CountsFile.MAX_BYTES + (64 << 10);

    private static final int ROOM_FOR_LINES = 1_000;

    private final Engine engine;
    private final ReconciliationDesk desk;
    private final DisputeDesk disputes;
    private final PageShell shell;

    ReconciliationPages(Engine engine, Actions actions, PageShell shell) {
        this.engine = engine;
        this.desk = new ReconciliationDesk(engine);
        this.disputes = new DisputeDesk(actions.workspace().approvals());
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/reconciliations", "reconciliationsPage", this::list).needs(Scope.LEDGER_READ),
                Route.get("/reconciliations/{id}", "reconciliationPage", this::one)
                        .needs(Scope.LEDGER_READ),
                Route.form("/reconciliations", "reconcileOnPage", this::take)
                        .upTo(MAX_FORM)
                        .needs(Scope.MONEY_WRITE),
                Route.form("/reconciliations/{id}/dispute", "disputeReconciliationOnPage", this::dispute)
                        .needs(Scope.MONEY_WRITE));
    }

    private ReconciliationView view(Call call) {
        return new ReconciliationView(engine, call.principal(), PageShell.lang(call));
    }

    private Answer list(Call call) {
        var page = shell.console()
                .reconciliations(
                        shell.frame(call), shell.words(call), view(call).list());
        return shell.html(call, 200, page);
    }

    private Answer one(Call call) {
        var kept = desk.find(call.principal(), call.param("id"));
        var page = shell.console()
                .reconciliation(shell.frame(call), shell.words(call), view(call).one(kept, desk));
        return shell.html(call, 200, page);
    }

    private Answer take(Call call) {
        var form = call.form();
        var tolerance = Amounts.count(form.getOrDefault("tolerance", ""));
        if (tolerance.isEmpty() || tolerance.getAsLong() > Reconciliations.MOST_TOLERANCE) {
            return PageShell.done("/reconciliations", "recon_tolerance");
        }
        try {
            var kept = desk.take(
                    call.principal(), Optional.ofNullable(form.get("advertiser")), form.getOrDefault("file", ""), (int)
                            tolerance.getAsLong());
            return PageShell.done("/reconciliations/" + kept.id(), "recon_kept")
                    .tracing(ReconciliationDesk.trace(kept));
        } catch (CountsFile.Unreadable e) {
            return PageShell.done("/reconciliations", "recon_" + e.why().name().toLowerCase(Locale.ROOT));
        } catch (Refused refused) {
            if (refused.problem().code() == ProblemCode.LIMIT_EXCEEDED) {
                return PageShell.done("/reconciliations", "recon_limit");
            }
            throw refused;
        }
    }

    private Answer dispute(Call call) {
        var kept = desk.find(call.principal(), call.param("id"));
        var page = "/reconciliations/" + kept.id();
        var text = call.form().getOrDefault("text", "").strip();
        if (text.isEmpty() || text.length() > Dispute.MAX_TEXT - ROOM_FOR_LINES) {
            return PageShell.done(page, "recon_text");
        }
        var campaign = Optional.of(call.form().getOrDefault("campaign", ""))
                .filter(id -> SortableId.hasForm(CampaignId.PREFIX, id))
                .map(CampaignId::new)
                .orElseThrow(() ->
                        Problem.of(ProblemCode.UNKNOWN_REFERENCE).at("campaign").refused());
        try {
            var opened = disputes.open(call.principal(), engine, desk.dispute(kept, campaign, text));
            return PageShell.done("/disputes/" + opened.id(), "dispute_opened").tracing(DisputeDesk.trace(opened));
        } catch (Refused refused) {
            return switch (refused.problem().code()) {
                case OUT_OF_RANGE -> PageShell.done(page, "dispute_days");
                case LIMIT_EXCEEDED -> PageShell.done(page, "dispute_limit");
                default -> throw refused;
            };
        }
    }
}
