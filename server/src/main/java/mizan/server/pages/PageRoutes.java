package mizan.server.pages;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import mizan.server.app.Engine;
import mizan.server.console.Assets;
import mizan.server.console.Console;
import mizan.server.console.page.Frame;
import mizan.server.console.page.Notice;
import mizan.server.console.words.Digits;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;

/// Pages for people: the desk, the lists, a campaign, the ledger, the feed and the public repository.
///
/// Reading only. Whoever may open the port may read them, so they are served by the demo and not yet by
/// `mizan start`.
public final class PageRoutes {
    private static final ZoneId ZONE = ZoneId.of("Asia/Riyadh");
    private final Engine engine;
    private final String workspace;
    private final Supplier<List<String>> newestPosts;
    private final Assets assets = Assets.load();
    private final Console console = new Console(assets);

    /// @param newestPosts ids of the posts that the feed page shows, newest first
    public PageRoutes(Engine engine, String workspace, Supplier<List<String>> newestPosts) {
        this.engine = engine;
        this.workspace = workspace;
        this.newestPosts = newestPosts;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/", "home", this::desk),
                Route.get("/desk", "desk", this::desk),
                Route.get("/advertisers", "advertisersPage", this::advertisers),
                Route.get("/campaigns", "campaignsPage", this::campaigns),
                Route.get("/campaigns/{id}", "campaignPage", this::campaign),
                Route.get("/ledger", "ledgerPage", this::ledger),
                Route.get("/feed", "feedPage", this::feed),
                Route.get("/ads", "repositoryPage", this::repository),
                Route.get("/ads/{id}", "adPage", this::ad),
                Route.get("/assets/{file}", "asset", this::asset));
    }

    private Answer desk(Call call) {
        return html(console.revenueDesk(frame(call), words(call), new DeskView(engine, ZONE).read(call, lang(call))));
    }

    private Answer advertisers(Call call) {
        return html(console.advertisers(frame(call), words(call), new ListViews(engine).advertisers(call, lang(call))));
    }

    private Answer campaigns(Call call) {
        return html(console.campaigns(frame(call), words(call), new ListViews(engine).campaigns(call, lang(call))));
    }

    private Answer campaign(Call call) {
        return new CampaignView(engine, ZONE)
                .read(call.param("id"), lang(call))
                .map(view -> html(console.campaign(frame(call), words(call), view)))
                .orElseGet(() -> missing(call));
    }

    private Answer ledger(Call call) {
        return html(console.ledger(frame(call), words(call), new LedgerView(engine).read(call, lang(call))));
    }

    private Answer feed(Call call) {
        return html(
                console.feed(frame(call), words(call), new FeedView(engine, newestPosts.get()).read(call, lang(call))));
    }

    private Answer repository(Call call) {
        return html(
                console.repository(frame(call), words(call), new RepositoryView(engine, ZONE).read(call, lang(call))));
    }

    private Answer ad(Call call) {
        return new RepositoryView(engine, ZONE)
                .single(call.param("id"), lang(call))
                .map(view -> html(console.ad(frame(call), words(call), view)))
                .orElseGet(() -> missing(call));
    }

    private Answer missing(Call call) {
        return page(404, console.notice(frame(call), words(call), new Notice.Failure(404, call.requestId())));
    }

    private Answer asset(Call call) {
        var found = assets.find(call.param("file"))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        return Answer.bytes(200, found.contentType(), found.bytes())
                .with("cache-control", "public, max-age=31536000, immutable")
                .with("etag", found.etag());
    }

    private static Answer html(String html) {
        return page(200, html);
    }

    private static Answer page(int status, String html) {
        return Answer.html(status, html).with("content-security-policy", Console.CONTENT_SECURITY_POLICY);
    }

    private static Lang lang(Call call) {
        return call.query("lang").flatMap(Lang::of).orElse(call.language().equals("ar") ? Lang.AR : Lang.EN);
    }

    private static Words words(Call call) {
        return Words.of(lang(call), Digits.LATIN, ZONE);
    }

    private Frame frame(Call call) {
        var book = engine.booking().book();
        var theme = switch (call.query("theme").orElse("")) {
            case "dark" -> Frame.Theme.DARK;
            case "light" -> Frame.Theme.LIGHT;
            default -> Frame.Theme.AUTO;
        };
        return new Frame(
                call.address(),
                call.query(),
                theme,
                workspace,
                true,
                Optional.empty(),
                OptionalInt.of(book.advertisers().size()),
                OptionalInt.of(book.campaigns().size()),
                Optional.empty(),
                "");
    }

    /// The Monday that a day's week begins with.
    static LocalDate weekOf(LocalDate day) {
        return day.minusDays(day.getDayOfWeek().getValue() - 1L);
    }
}
