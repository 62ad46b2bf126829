package mizan.server.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.core.campaign.AdvertiserId;
import mizan.server.api.Actions;
import mizan.server.app.Engine;
import mizan.server.console.ReportFiles;
import mizan.server.console.page.Report;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.people.PeopleStore;
import mizan.server.people.SavedView;

/// Reports: figures by one thing over a span of days, compared with another span, as a page and as files of exactly
/// what it shows. Questions that people come back to are saved as they stand in the address.
final class ReportPages {
    private static final String BASE = "/reports";
    private static final int MAX_NAME = 80;
    private static final List<String> PARAMETERS =
            List.of("by", "from", "to", "compare", "advertiser", "campaign", "sort");
    private final Engine engine;
    private final PeopleStore kept;
    private final PageShell shell;

    ReportPages(Engine engine, Actions actions, PageShell shell) {
        this.engine = engine;
        this.kept = actions.workspace().store();
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get(BASE, "reportPage", this::show).needs(Scope.LEDGER_READ),
                Route.form(BASE + "/views", "saveViewForm", this::save).needs(Scope.LEDGER_READ),
                Route.form(BASE + "/views/{id}/remove", "removeViewForm", this::remove)
                        .needs(Scope.LEDGER_READ));
    }

    private Answer show(Call call) {
        var view = new ReportView(engine, PageShell.lang(call).tag(), zone(call));
        var question = view.question(call);
        var report = view.read(question);
        var name = "report-" + report.by().code() + "-" + report.from() + "-" + report.to();
        return switch (call.query("format").orElse("")) {
            case "csv" ->
                file(
                        name + ".csv",
                        "text/csv; charset=utf-8",
                        ReportFiles.csv(report).getBytes(StandardCharsets.UTF_8));
            case "xlsx" -> file(name + ".xlsx", ReportFiles.XLSX, ReportFiles.xlsx(report));
            case "json" ->
                file(
                        name + ".json",
                        "application/json",
                        ReportFiles.json(report).toString().getBytes(StandardCharsets.UTF_8));
            default -> page(call, question, report);
        };
    }

    private static Answer file(String name, String type, byte[] bytes) {
        return Answer.bytes(200, type, bytes).with("content-disposition", "attachment; filename=\"" + name + '"');
    }

    /// The advertiser's clock; the console's where there are many.
    private ZoneId zone(Call call) {
        return call.principal()
                .advertiser()
                .or(() -> call.query("advertiser"))
                .flatMap(id -> engine.booking().body(mizan.server.booking.Kind.ADVERTISER, id))
                .map(body -> ZoneId.of(body.path("time_zone").asString("UTC")))
                .orElse(shell.words(call).dates().zone());
    }

    private Answer page(Call call, ReportView.Question question, Report report) {
        var lang = PageShell.lang(call).tag();
        var book = engine.booking().book();
        var advertisers = call.principal().advertiser().isPresent()
                ? Map.<String, String>of()
                : sorted(book.advertisers().values().stream()
                        .map(a -> Map.entry(a.id().value(), a.name().in(lang))));
        var campaigns = question.advertiser().isEmpty()
                ? Map.<String, String>of()
                : sorted(book.campaigns().values().stream()
                        .filter(c -> c.advertiser().equals(new AdvertiserId(question.advertiser())))
                        .map(c -> Map.entry(c.id().value(), c.name().in(lang))));
        var page = new Report.Page(
                report,
                call.principal().advertiser().isPresent() ? "" : question.advertiser(),
                question.campaign(),
                question.sort().code(),
                question.compare().code(),
                advertisers,
                campaigns,
                own(call).map(v -> new Report.View(v.id(), v.name(), v.query())).toList(),
                query(call));
        return shell.html(call, 200, shell.console().report(shell.frame(call), shell.words(call), page));
    }

    private static Map<String, String> sorted(Stream<Map.Entry<String, String>> named) {
        return named.sorted(Map.Entry.<String, String>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one, LinkedHashMap::new));
    }

    /// What the address asks for, and nothing else that stands in it.
    private static String query(Call call) {
        return query(call.query());
    }

    private static String query(Map<String, String> asked) {
        return PARAMETERS.stream()
                .filter(name -> !asked.getOrDefault(name, "").isBlank())
                .map(name -> name + "=" + URLEncoder.encode(asked.get(name), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private Stream<SavedView> own(Call call) {
        return kept.views().stream()
                .filter(v -> v.owner().equals(call.principal().keyId()))
                .sorted(Comparator.comparing(SavedView::name).thenComparing(SavedView::id));
    }

    private Answer save(Call call) {
        var name = call.form().getOrDefault("name", "").strip();
        var query = query(call.form());
        if (name.isEmpty() || name.length() > MAX_NAME || query.length() > 500) {
            return Answer.redirect(303, at(query, "view_name"));
        }
        if (own(call).count() >= SavedView.MOST) {
            return Answer.redirect(303, at(query, "view_many"));
        }
        kept.put(new SavedView(
                engine.ids().next(SavedView.PREFIX),
                call.principal().keyId(),
                name,
                query,
                engine.time().instant()));
        return Answer.redirect(303, at(query, "view_saved"));
    }

    private static String at(String query, String said) {
        return BASE + "?" + query + (query.isEmpty() ? "" : "&") + "said=" + said;
    }

    private Answer remove(Call call) {
        var found = Optional.of(call.param("id"))
                .flatMap(id -> own(call).filter(v -> v.id().equals(id)).findFirst())
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        kept.drop(found);
        return Answer.redirect(303, at("", "view_removed"));
    }
}
