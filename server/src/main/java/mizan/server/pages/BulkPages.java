package mizan.server.pages;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.AdvertiserId;
import mizan.core.identity.SortableId;
import mizan.server.api.Actions;
import mizan.server.app.Engine;
import mizan.server.console.page.Edit;
import mizan.server.editing.BulkFile;
import mizan.server.editing.BulkPlan;
import mizan.server.editing.Edits;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;

/// Many campaigns and ad groups changed in a spreadsheet: fetched as a file, sent back, looked at line by line, and
/// carried out.
final class BulkPages {
    /// A file of the most lines with long lists of words.
    private static final int MAX_FORM = 4 << 20;

    private final Engine engine;
    private final PageShell shell;
    private final Edits edits;

    BulkPages(Engine engine, Actions actions, PageShell shell) {
        this.engine = engine;
        this.shell = shell;
        this.edits = new Edits(engine, actions.book());
    }

    List<Route> routes() {
        return List.of(
                Route.get("/bulk", "bulkChoicePage", this::choose).needs(Scope.BOOK_WRITE),
                Route.get("/bulk/{id}", "bulkPage", this::open).needs(Scope.BOOK_WRITE),
                Route.get("/bulk/{id}/file", "bulkFile", this::file).needs(Scope.BOOK_READ),
                Route.form("/bulk/{id}", "bulkForm", this::take).upTo(MAX_FORM).needs(Scope.BOOK_WRITE));
    }

    private Answer choose(Call call) {
        return call.principal()
                .advertiser()
                .map(own -> Answer.redirect(303, "/bulk/" + own))
                .orElseGet(() -> page(call, Optional.empty(), Optional.empty(), List.of()));
    }

    private Answer open(Call call) {
        return page(call, Optional.of(visible(call)), Optional.empty(), List.of());
    }

    private Answer file(Call call) {
        var advertiser = visible(call);
        var text = BulkFile.write(engine, advertiser);
        return Answer.bytes(200, "text/csv; charset=utf-8", text.getBytes(StandardCharsets.UTF_8))
                .with("content-disposition", "attachment; filename=\"campaigns-" + advertiser.id() + ".csv\"");
    }

    /// Looks at a file; or carries out one that was looked at.
    private Answer take(Call call) {
        var advertiser = visible(call);
        var plan = BulkPlan.of(
                engine, edits, advertiser.id(), sent(call), PageShell.lang(call).tag());
        boolean saves = call.form().getOrDefault("act", "").equals("save");
        var reason = reason(call);
        if (!saves || plan.ready().isEmpty()) {
            return page(call, Optional.of(advertiser), Optional.of(plan), List.of());
        }
        if (reason.isEmpty() || reason.length() > EditPages.MAX_REASON) {
            var missing = new Edit.Wrong("reason", "reason", "");
            return page(call, Optional.of(advertiser), Optional.of(plan), List.of(missing));
        }
        var done = plan.make(edits, call.principal(), advertiser.id(), reason);
        return Answer.redirect(
                        303,
                        "/bulk/" + advertiser.id() + "?booked=" + done.booked() + "&waits=" + done.waits() + "&refused="
                                + done.refused())
                .tracing(done.trace());
    }

    /// The file, or what was looked at before.
    private static String sent(Call call) {
        var file = call.form().getOrDefault("file", "");
        return file.isEmpty() ? call.form().getOrDefault("looked", "") : file;
    }

    private static String reason(Call call) {
        return call.form().getOrDefault("reason", "").strip();
    }

    private Answer page(Call call, Optional<Advertiser> advertiser, Optional<BulkPlan> plan, List<Edit.Wrong> wrong) {
        var broken = plan.flatMap(BulkPlan::wrong)
                .map(EditViews::wrong)
                .or(() -> wrong.stream().findFirst());
        var page = new Edit.Bulk(
                advertiser.isPresent() ? Map.of() : names(call),
                advertiser.map(a -> a.id().value()).orElse(""),
                advertiser.map(a -> a.name().in(PageShell.lang(call).tag())).orElse(""),
                advertiser.map(a -> a.currency().getCurrencyCode()).orElse(""),
                BulkFile.MAX_LINES,
                plan.filter(p -> p.wrong().isEmpty()).map(_ -> sent(call)).orElse(""),
                reason(call),
                broken,
                plan.map(BulkPages::ready).orElse(List.of()),
                plan.map(p -> p.bad().stream().map(EditViews::line).toList()).orElse(List.of()),
                plan.map(BulkPlan::unchanged).orElse(0),
                plan.map(p -> EditViews.cost(p.cost())).orElse(new Edit.Cost(0, false)),
                done(call));
        int status = broken.isPresent() ? 400 : 200;
        return shell.html(call, status, shell.console().bulk(shell.frame(call), shell.words(call), page));
    }

    private static List<Edit.Line> ready(BulkPlan plan) {
        return plan.lines().stream()
                .filter(line -> line.wrong().isEmpty())
                .map(EditViews::line)
                .toList();
    }

    private static Optional<Edit.Done> done(Call call) {
        return call.query("booked").isPresent()
                ? Optional.of(new Edit.Done(count(call, "booked"), count(call, "waits"), count(call, "refused")))
                : Optional.empty();
    }

    private static int count(Call call, String name) {
        return call.query(name)
                .filter(n -> n.matches("[0-9]{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    private Map<String, String> names(Call call) {
        return engine.booking().book().advertisers().values().stream()
                .sorted(Comparator.comparing(
                        a -> a.name().in(PageShell.lang(call).tag())))
                .collect(Collectors.toMap(
                        a -> a.id().value(),
                        a -> a.name().in(PageShell.lang(call).tag()),
                        (one, _) -> one,
                        LinkedHashMap::new));
    }

    /// An advertiser that the caller may see.
    private Advertiser visible(Call call) {
        return Optional.of(call.param("id"))
                .filter(id -> SortableId.hasForm(AdvertiserId.PREFIX, id)
                        && call.principal().sees(id))
                .flatMap(id -> Optional.ofNullable(
                        engine.booking().book().advertisers().get(new AdvertiserId(id))))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }
}
