package mizan.server.pages;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.receipt.DecisionRecord;
import mizan.server.accounting.Fact;
import mizan.server.api.Actions;
import mizan.server.app.Engine;
import mizan.server.console.Assets;
import mizan.server.console.Console;
import mizan.server.console.Csv;
import mizan.server.console.page.Feed;
import mizan.server.console.page.Frame;
import mizan.server.console.page.Notice;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.people.EntryLinks;
import mizan.server.people.Person;
import mizan.server.people.Session;
import mizan.server.serve.FactCodec;

/// Pages for people: the desk, the lists, a campaign, the ledger, the feed and the public repository.
///
/// The repository is for everybody; the console is for whom [FrontDoor] knows.
public final class PageRoutes {
    private static final ZoneId ZONE = ZoneId.of("Asia/Riyadh");
    private static final int MOST_DECISIONS = 200;
    private final Engine engine;
    private final Community community;
    private final SignalPages signalPages;
    private final Assets assets = Assets.load();
    private final Console console = new Console(assets);
    private final PageShell shell;
    private final EntrancePages entrance;
    private final AccountPages account;
    private final ProviderPages providers;
    private final Confirming confirming;
    private final PeoplePages people;
    private final ApprovalPages approvals;
    private final CampaignActs acts;
    private final Actions actions;

    /// The last decisions that the feed page made, so that a link to one of their slots shows that decision
    /// and no new one.
    private final Map<String, FeedView.Shown> decided = new LinkedHashMap<>();

    /// Pages of a server that sends no letters.
    public PageRoutes(
            Engine engine, Community community, Actions actions, FrontDoor door, EntryLinks links, boolean testMode) {
        this(engine, community, actions, door, Entrances.of(links), testMode);
    }

    /// @param testMode whether a badge says that this is test data
    public PageRoutes(
            Engine engine,
            Community community,
            Actions actions,
            FrontDoor door,
            Entrances entrances,
            boolean testMode) {
        this.engine = engine;
        this.community = community;
        this.actions = actions;
        this.signalPages = new SignalPages(engine, community);
        this.shell = new PageShell(engine, community, door, testMode, ZONE, console);
        this.entrance = new EntrancePages(actions.workspace(), door, entrances, shell);
        this.account = new AccountPages(actions.workspace(), door, entrances.signIns(), shell);
        this.providers = new ProviderPages(actions.workspace(), door, entrance, entrances.signIns(), shell);
        this.confirming = new Confirming(actions.workspace(), entrances.signIns(), shell);
        this.people = new PeoplePages(engine, actions, shell);
        this.approvals = new ApprovalPages(engine, actions, shell);
        this.acts = new CampaignActs(engine, actions);
        door.answersWith(this);
    }

    public List<Route> routes() {
        var routes = new ArrayList<Route>(List.of(
                Route.get("/", "home", this::home).everybody(),
                Route.get("/desk", "desk", this::desk).needs(Scope.PLATFORM_READ),
                Route.get("/advertisers", "advertisersPage", this::advertisers).needs(Scope.PLATFORM_READ),
                Route.get("/campaigns", "campaignsPage", this::campaigns).needs(Scope.BOOK_READ),
                Route.get("/campaigns/{id}", "campaignPage", this::campaign).needs(Scope.BOOK_READ),
                Route.get("/signals", "signalsPage", this::signals).needs(Scope.PLATFORM_READ),
                Route.form("/signals", "readNewsForm", this::readNews)
                        .upTo(SignalPages.MAX_FORM)
                        .needs(Scope.DESK_WRITE),
                Route.form("/signals/{id}", "decideSignalForm", this::decideSignal)
                        .needs(Scope.DESK_WRITE),
                Route.form("/desk/{id}/note", "noteForm", this::note).needs(Scope.DESK_WRITE),
                Route.get("/notices", "noticesPage", this::notices).needs(Scope.PLATFORM_READ),
                Route.get("/reviews", "reviewsPage", this::reviews).needs(Scope.PLATFORM_READ),
                Route.form("/reviews", "takeReview", this::review).needs(Scope.REVIEW),
                Route.get("/raters", "ratersPage", this::raters).needs(Scope.PLATFORM_READ),
                Route.get("/shared/desk/{code}", "sharedDesk", this::shared).everybody(),
                Route.get("/ledger", "ledgerPage", this::ledger).needs(Scope.PLATFORM_READ),
                Route.get("/feed", "feedPage", this::feed).needs(Scope.PLATFORM_READ),
                Route.get("/ads", "repositoryPage", this::repository).everybody(),
                Route.get("/ads/{id}", "adPage", this::ad).everybody(),
                Route.get("/trust", "trustPage", this::trust).everybody(),
                Route.get("/verify", "verifyPage", call -> html(call, 200, console.verify(frame(call), words(call))))
                        .everybody(),
                Route.get("/assets/{file}", "asset", this::asset).everybody()));
        routes.addAll(entrance.routes());
        routes.addAll(account.routes());
        routes.addAll(providers.routes());
        routes.addAll(people.routes());
        routes.addAll(approvals.routes());
        routes.addAll(acts.routes());
        routes.addAll(new DisputePages(engine, actions, shell).routes());
        routes.addAll(new ReconciliationPages(engine, actions, shell).routes());
        routes.addAll(new EvidencePages(engine, actions, shell).routes());
        routes.addAll(new InvoicePages(engine, shell).routes());
        routes.addAll(new CreativePages(engine, community, actions, shell).routes());
        routes.addAll(new WebhookPages(engine, shell).routes());
        routes.addAll(new NotificationPages(engine, actions, shell).routes());
        routes.addAll(new ReportPages(engine, actions, shell).routes());
        routes.addAll(new EditPages(engine, actions, shell).routes());
        routes.addAll(new BulkPages(engine, actions, shell).routes());
        routes.addAll(new GuidePages(engine, actions, shell, community).routes());
        routes.addAll(new TermsPages(engine, community, actions, shell).routes());
        routes.addAll(new WhyPages(engine, shell).routes());
        return List.copyOf(routes);
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

    /// The first page that the caller may see; without one, the public repository.
    private Answer home(Call call) {
        if (call.caller().filter(p -> p.may(Scope.PLATFORM_READ)).isPresent()) {
            return desk(call);
        }
        return Answer.redirect(303, call.caller().isPresent() ? "/campaigns" : "/ads");
    }

    /// What a page shows that was refused: whoever is not known may sign in.
    Answer refused(Call call, Problem problem) {
        return problem.code() == ProblemCode.UNAUTHENTICATED
                ? entrance.signIn(call, 401, "", Optional.of("signin.needed"))
                : shell.notice(
                        call,
                        problem.code().status(),
                        new Notice.Failure(problem.code().status(), call.requestId()));
    }

    /// What a form is answered whose session has to show again whose it is; empty when it does.
    Optional<Answer> confirm(Call call, Session session, Person person) {
        return confirming.ask(call, session, person);
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
                .read(call.param("id"), call.principal(), actions.workspace())
                .map(view -> html(call, 200, console.campaign(frame(call), words(call), view)))
                .orElseGet(() -> missing(call));
    }

    private Answer ledger(Call call) {
        var ledger = new LedgerView(engine, words(call)).read(call);
        return wantsCsv(call)
                ? csv("ledger.csv", Csv.ledger(ledger))
                : html(call, 200, console.ledger(frame(call), words(call), ledger));
    }

    private Answer notices(Call call) {
        return html(
                call,
                200,
                console.notices(frame(call), words(call), termsViews(call).notices(call)));
    }

    private TermsViews termsViews(Call call) {
        return new TermsViews(engine, community, lang(call), actions.workspace().names()::apply);
    }

    private Answer reviews(Call call) {
        return html(
                call, 200, console.reviews(frame(call), words(call), new ReviewView(engine).read(call.query("saved"))));
    }

    private Answer review(Call call) {
        return Answer.redirect(
                303, "/reviews?saved=" + new ReviewView(engine).take(call).name());
    }

    private Answer raters(Call call) {
        return html(call, 200, console.raters(frame(call), words(call), new RaterView(engine).read(lang(call))));
    }

    /// A decision made now; with `?decision=` one that this page made before; with `?at=` any recorded one by
    /// its place in the journal.
    private Answer feed(Call call) {
        var view = new FeedView(engine, community, words(call));
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
                console.repository(frame(call), words(call), new RepositoryView(engine, ZONE).read(call, lang(call))));
    }

    private Answer ad(Call call) {
        return new RepositoryView(engine, ZONE)
                .single(call.param("id"), lang(call))
                .map(view -> html(call, 200, console.ad(frame(call), words(call), view)))
                .orElseGet(() -> missing(call));
    }

    private Answer trust(Call call) {
        return new TrustView(engine)
                .read()
                .map(view -> html(call, 200, console.trust(frame(call), words(call), view)))
                .orElseGet(() -> missing(call));
    }

    private Answer missing(Call call) {
        return shell.missing(call);
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

    private Answer html(Call call, int status, String html) {
        return shell.html(call, status, html);
    }

    private static Lang lang(Call call) {
        return PageShell.lang(call);
    }

    private Words words(Call call) {
        return shell.words(call);
    }

    private Frame frame(Call call) {
        return shell.frame(call);
    }

    /// The Monday that a day's week begins with.
    static LocalDate weekOf(LocalDate day) {
        return day.minusDays(day.getDayOfWeek().getValue() - 1L);
    }
}
