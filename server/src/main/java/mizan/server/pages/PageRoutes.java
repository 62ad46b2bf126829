package mizan.server.pages;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import mizan.core.receipt.DecisionRecord;
import mizan.server.accounting.Fact;
import mizan.server.app.Engine;
import mizan.server.console.Assets;
import mizan.server.console.Console;
import mizan.server.console.Csv;
import mizan.server.console.page.Feed;
import mizan.server.console.page.Frame;
import mizan.server.console.page.LinkProblem;
import mizan.server.console.page.Notice;
import mizan.server.console.words.Digits;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.proof.Sealing;
import mizan.server.serve.FactCodec;

/// Pages for people: the desk, the lists, a campaign, the ledger, the feed and the public repository.
///
/// Reading only, but for reviews. The repository is for everybody; the console is for whom [SignIn] admits.
public final class PageRoutes {
    private static final ZoneId ZONE = ZoneId.of("Asia/Riyadh");
    private static final int MOST_DECISIONS = 200;
    private static final int MAX_FORM = 8 << 10;
    private final Engine engine;
    private final Community community;
    private final SignIn signIn;
    private final boolean testMode;
    private final SignalPages signalPages;
    private final Assets assets = Assets.load();
    private final Console console = new Console(assets);

    /// The last decisions that the feed page made, so that a link to one of their slots shows that decision
    /// and no new one.
    private final Map<String, FeedView.Shown> decided = new LinkedHashMap<>();

    /// @param testMode whether a badge says that this is test data
    public PageRoutes(Engine engine, Community community, SignIn signIn, boolean testMode) {
        this.engine = engine;
        this.community = community;
        this.signIn = signIn;
        this.signalPages = new SignalPages(engine, community);
        this.testMode = testMode;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/", "home", call -> signIn.admits(call) ? desk(call) : Answer.redirect(303, "/ads")),
                Route.get("/in/{code}", "signIn", this::enter),
                Route.get("/desk", "desk", inside(this::desk)),
                Route.get("/signals", "signalsPage", inside(this::signals)),
                Route.get("/advertisers", "advertisersPage", inside(this::advertisers)),
                Route.get("/campaigns", "campaignsPage", inside(this::campaigns)),
                Route.get("/campaigns/{id}", "campaignPage", inside(this::campaign)),
                Route.get("/ledger", "ledgerPage", inside(this::ledger)),
                Route.get("/terms", "termsListPage", inside(this::termsList)),
                Route.get("/terms/{id}", "termsPage", inside(this::terms)),
                Route.get("/notices", "noticesPage", inside(this::notices)),
                Route.get("/reviews", "reviewsPage", inside(this::reviews)),
                Route.post("/reviews", "takeReview", inside(this::review)).raw(MAX_FORM),
                Route.get("/feed", "feedPage", inside(this::feed)),
                Route.get("/shared/desk/{code}", "sharedDesk", this::shared),
                Route.get("/ads", "repositoryPage", this::repository),
                Route.get("/ads/{id}", "adPage", this::ad),
                Route.get("/verify", "verifyPage", call -> html(call, 200, console.verify(frame(call), words(call)))),
                Route.get("/assets/{file}", "asset", this::asset));
    }

    /// Everything: pages and what is written in them.
    public List<Route> all() {
        return Stream.concat(routes().stream(), forms().stream()).toList();
    }

    /// What people write in the console.
    private List<Route> forms() {
        return List.of(
                Route.post("/signals", "readNewsForm", inside(this::readNews)).raw(SignalPages.MAX_FORM),
                Route.post("/signals/{id}", "decideSignalForm", inside(this::decideSignal))
                        .raw(SignalPages.MAX_FORM),
                Route.post("/desk/{id}/note", "noteForm", inside(this::note)).raw(SignalPages.MAX_FORM));
    }

    private Answer signals(Call call) {
        return html(call, 200, console.signals(frame(call), words(call), signalPages.show(lang(call))));
    }

    private Answer readNews(Call call) {
        return html(call, 200, console.signals(frame(call), words(call), signalPages.read(call, lang(call))));
    }

    private Answer decideSignal(Call call) {
        signalPages.decide(call);
        return Answer.redirect(303, "/signals");
    }

    private Answer note(Call call) {
        signalPages.note(call);
        return Answer.redirect(303, "/desk?advertiser=" + call.param("id") + "#h-tl");
    }

    /// The desk for whoever holds a link that somebody signed.
    private Answer shared(Call call) {
        var open = engine.shareLinks()
                .open(call.param("code"), engine.desk(), engine.time().instant());
        return open.isPresent() ? desk(call) : missing(call);
    }

    private Route.Handler inside(Route.Handler page) {
        return call -> signIn.admits(call)
                ? page.handle(call)
                : html(call, 401, console.notice(frame(call), words(call), notice(LinkProblem.NEEDED)));
    }

    private Answer enter(Call call) {
        return switch (signIn.enter(call.param("code"))) {
            case SignIn.Entry.Admitted(String cookie) ->
                Answer.redirect(
                                303,
                                "/desk"
                                        + call.query("lang")
                                                .flatMap(Lang::of)
                                                .map(l -> "?lang=" + l.tag())
                                                .orElse(""))
                        .with("set-cookie", cookie);
            case SignIn.Entry.Refused(var why) ->
                html(call, 403, console.notice(frame(call), words(call), notice(why)));
        };
    }

    private static Notice notice(LinkProblem why) {
        return new Notice.SignIn(why, "./mizan start");
    }

    private Answer desk(Call call) {
        var desk = new DeskView(engine, community, words(call), ZONE).read(call);
        return wantsCsv(call)
                ? csv("revenue-desk.csv", Csv.revenueDesk(desk))
                : html(call, 200, console.revenueDesk(frame(call), words(call), desk));
    }

    private Answer advertisers(Call call) {
        return html(
                call,
                200,
                console.advertisers(
                        frame(call), words(call), new ListViews(engine, community).advertisers(call, lang(call))));
    }

    private Answer campaigns(Call call) {
        return html(
                call,
                200,
                console.campaigns(
                        frame(call), words(call), new ListViews(engine, community).campaigns(call, lang(call))));
    }

    private Answer campaign(Call call) {
        return new CampaignView(engine, community, words(call), ZONE)
                .read(call.param("id"))
                .map(view -> html(call, 200, console.campaign(frame(call), words(call), view)))
                .orElseGet(() -> missing(call));
    }

    private Answer ledger(Call call) {
        var ledger = new LedgerView(engine, words(call)).read(call);
        return wantsCsv(call)
                ? csv("ledger.csv", Csv.ledger(ledger))
                : html(call, 200, console.ledger(frame(call), words(call), ledger));
    }

    private Answer termsList(Call call) {
        return html(
                call,
                200,
                console.termsList(frame(call), words(call), termsViews(call).all(call)));
    }

    private Answer terms(Call call) {
        return termsViews(call)
                .one(call)
                .map(view -> html(call, 200, console.terms(frame(call), words(call), view)))
                .orElseGet(() -> missing(call));
    }

    private Answer notices(Call call) {
        return html(
                call,
                200,
                console.notices(frame(call), words(call), termsViews(call).notices(call)));
    }

    private TermsViews termsViews(Call call) {
        return new TermsViews(engine, lang(call));
    }

    private Answer reviews(Call call) {
        return html(
                call, 200, console.reviews(frame(call), words(call), new ReviewView(engine).read(call.query("saved"))));
    }

    /// The session's cookie does not come with a form of another site; where nobody signs in, the browser
    /// says whose form it is.
    private Answer review(Call call) {
        if (!call.header("sec-fetch-site").orElse("same-origin").equals("same-origin")) {
            throw Problem.of(ProblemCode.FORBIDDEN).refused();
        }
        return Answer.redirect(
                303, "/reviews?saved=" + new ReviewView(engine).take(call).name());
    }

    /// A decision made now; with `?decision=` one that this page made before; with `?at=` any recorded one by
    /// its place in the journal.
    private Answer feed(Call call) {
        var view = new FeedView(engine, community, assets, words(call));
        var who = call.query("viewer").filter(v -> v.equals("guest")).orElse("reem");
        if (call.query("at").isPresent()) {
            return recorded(call.query("at").get())
                    .map(record -> new FeedView.Shown(record, Map.of(), Optional.empty()))
                    .map(shown -> feed(call, frame(call), view.page(shown, who, slot(call))))
                    .orElseGet(() -> missing(call));
        }
        boolean again = call.query("decision").isPresent();
        var shown = again ? call.query("decision").flatMap(this::remembered) : view.decide(who);
        if (shown.isEmpty()) {
            return again ? missing(call) : feed(call, frame(call), view.empty(who));
        }
        remember(shown.get());
        var frame = frame(call).with("decision", shown.get().record().id().value());
        return feed(call, frame, view.page(shown.get(), who, slot(call)));
    }

    private Answer feed(Call call, Frame frame, Feed feed) {
        return html(call, 200, console.feed(frame, words(call), feed));
    }

    private static int slot(Call call) {
        return call.query("slot")
                .filter(s -> s.matches("[0-9]{1,3}"))
                .map(Integer::parseInt)
                .orElse(1);
    }

    private Optional<DecisionRecord> recorded(String position) {
        return Optional.of(position)
                .filter(p -> p.matches("[0-9]{1,15}"))
                .flatMap(p -> engine.journal().at(Long.parseLong(p)))
                .flatMap(FactCodec::decision)
                .map(Fact.Decided::record);
    }

    private Optional<FeedView.Shown> remembered(String decision) {
        synchronized (decided) {
            return Optional.ofNullable(decided.get(decision));
        }
    }

    private void remember(FeedView.Shown shown) {
        synchronized (decided) {
            decided.putIfAbsent(shown.record().id().value(), shown);
            if (decided.size() > MOST_DECISIONS) {
                decided.remove(decided.keySet().iterator().next());
            }
        }
    }

    private Answer repository(Call call) {
        return html(
                call,
                200,
                console.repository(
                        frame(call), words(call), new RepositoryView(engine, assets, ZONE).read(call, lang(call))));
    }

    private Answer ad(Call call) {
        return new RepositoryView(engine, assets, ZONE)
                .single(call.param("id"), lang(call))
                .map(view -> html(call, 200, console.ad(frame(call), words(call), view)))
                .orElseGet(() -> missing(call));
    }

    private Answer missing(Call call) {
        return html(call, 404, console.notice(frame(call), words(call), new Notice.Failure(404, call.requestId())));
    }

    private Answer asset(Call call) {
        var found = assets.find(call.param("file"))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        return Answer.bytes(200, found.contentType(), found.bytes())
                .with("cache-control", "public, max-age=31536000, immutable")
                .with("etag", found.etag());
    }

    private static boolean wantsCsv(Call call) {
        return call.query("format").filter("csv"::equals).isPresent();
    }

    private static Answer csv(String name, String text) {
        return Answer.bytes(200, "text/csv; charset=utf-8", text.getBytes(StandardCharsets.UTF_8))
                .with("content-disposition", "attachment; filename=\"" + name + '"');
    }

    /// A language that was chosen by a link stays chosen.
    private static Answer html(Call call, int status, String html) {
        var answer = Answer.html(status, html).with("content-security-policy", Console.CONTENT_SECURITY_POLICY);
        return call.query("lang")
                .flatMap(Lang::of)
                .map(lang ->
                        answer.with("set-cookie", "lang=" + lang.tag() + "; Path=/; SameSite=Lax; Max-Age=31536000"))
                .orElse(answer);
    }

    private static Lang lang(Call call) {
        return call.query("lang")
                .flatMap(Lang::of)
                .or(() -> SignIn.cookie(call, "lang").flatMap(Lang::of))
                .orElse(call.language().equals("ar") ? Lang.AR : Lang.EN);
    }

    private static Words words(Call call) {
        return Words.of(lang(call), Digits.LATIN, ZONE);
    }

    private Frame frame(Call call) {
        var book = engine.booking().book();
        var theme = switch (call.query("theme")
                .or(() -> SignIn.cookie(call, "theme"))
                .orElse("")) {
            case "dark" -> Frame.Theme.DARK;
            case "light" -> Frame.Theme.LIGHT;
            default -> Frame.Theme.AUTO;
        };
        return new Frame(
                call.address(),
                call.query(),
                theme,
                community.name(lang(call)),
                testMode,
                Optional.empty(),
                OptionalInt.of(book.advertisers().size()),
                OptionalInt.of(book.campaigns().size()),
                seal(),
                "");
    }

    private Optional<Frame.Seal> seal() {
        return engine.sealing()
                .flatMap(Sealing::newest)
                .map(newest -> new Frame.Seal(newest.at(), newest.root().substring(0, 8)));
    }

    /// The Monday that a day's week begins with.
    static LocalDate weekOf(LocalDate day) {
        return day.minusDays(day.getDayOfWeek().getValue() - 1L);
    }
}
