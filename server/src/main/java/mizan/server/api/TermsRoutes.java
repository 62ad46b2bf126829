package mizan.server.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mizan.core.decision.DryRun;
import mizan.core.identity.SortableId;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.server.app.Engine;
import mizan.server.booking.SharedLists;
import mizan.server.findings.Finding;
import mizan.server.findings.FindingsStore;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.terms.DryRuns;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Terms before they are signed, and what became of them after ads were shown.
public final class TermsRoutes {
    private static final int MOST_WORDS = 120;
    private final Function<Call, Engine> engines;

    public TermsRoutes(Function<Call, Engine> engines) {
        this.engines = engines;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/suitability-terms/dry-run", "tryNewTerms", this::tryNew)
                        .needs(Scope.BOOK_READ)
                        .takes("Terms")
                        .answers(200, "DryRun")
                        .summary(
                                "Had these terms applied to the advertiser's campaigns without terms in the last 7 days"),
                Route.post("/v1/suitability-terms/{id}/dry-run", "tryTerms", this::tryChanged)
                        .needs(Scope.BOOK_READ)
                        .takes("TermsPatch")
                        .answers(200, "DryRun")
                        .summary("Had these terms been changed like this 7 days ago: ads lost, posts blocked"),
                Route.get("/v1/suitability-terms/{id}/list", "exportTerms", this::export)
                        .needs(Scope.BOOK_READ)
                        .answers(200, "SharedList")
                        .summary("The entries of terms as a list for others, with its version and hash"),
                Route.get("/v1/notices", "listNotices", this::notices)
                        .needs(Scope.BOOK_READ)
                        .answers(200, "NoticeList")
                        .query("limit", "after", "advertiser")
                        .summary("Posts that turned bad after an ad was shown beside them, and what was credited"));
    }

    private Answer tryNew(Call call) {
        var engine = engines.apply(call);
        var proposed = engine.booking().terms(Optional.empty(), call.json());
        own(call, proposed);
        return Answer.json(200, json(new DryRuns(engine).of(Optional.empty(), proposed), engine));
    }

    private Answer tryChanged(Call call) {
        var engine = engines.apply(call);
        var id = call.param("id");
        var now = visible(call, engine, id);
        var proposed = engine.booking().terms(Optional.of(id), call.json());
        own(call, proposed);
        return Answer.json(200, json(new DryRuns(engine).of(Optional.of(now), proposed), engine));
    }

    private Answer export(Call call) {
        return Answer.json(200, SharedLists.export(visible(call, engines.apply(call), call.param("id"))));
    }

    private static Terms visible(Call call, Engine engine, String id) {
        return Optional.of(id)
                .filter(i -> SortableId.hasForm(TermsId.PREFIX, i))
                .flatMap(
                        i -> Optional.ofNullable(engine.booking().book().terms().get(new TermsId(i))))
                .filter(t -> call.principal().sees(t.advertiser().value()))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    private static void own(Call call, Terms terms) {
        if (!call.principal().sees(terms.advertiser().value())) {
            throw Problem.of(ProblemCode.FORBIDDEN, "another advertiser").refused();
        }
    }

    private static ObjectNode json(DryRuns.Answer answer, Engine engine) {
        var result = answer.result();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("from", answer.from().toString());
        json.put("to", answer.to().toString());
        var ads = json.putObject("ads");
        ads.put("shown", result.shown());
        ads.put("kept", result.kept());
        ads.put("moved", result.moved());
        ads.put("lost", result.lost());
        ads.put("one_in", answer.shownOneIn());
        share(json, "reach_change_ppm", answer.lostPpm());
        json.putObject("viewers").put("reached", result.viewers()).put("lost", result.viewersLost());
        json.putObject("pages")
                .put("looked_at", result.pages())
                .put("opened", result.opened())
                .put("one_in", answer.pagesOneIn());
        share(json.putObject("posts"), result.posts());
        ((ObjectNode) json.get("posts")).put("without_words", answer.withoutWords());
        shares(json, "by_language", "language", result.byLanguage());
        shares(json, "by_topic", "topic", result.byTopic());
        var blocked = json.putArray("blocked_posts");
        for (var one : result.blocked()) {
            var post = blocked.addObject();
            post.put("post", one.post().id());
            post.put("commitment", one.post().commitment());
            post.put("rule", one.rule().code());
            post.put("detail", one.detail());
            post.put("ads", one.ads());
            one.post().language().ifPresent(l -> post.put("language", l));
            one.post().verdict().ifPresent(v -> post.put("tier", v.tier().name()));
            engine.posts().opening(one.post().commitment()).ifPresent(p -> post.put("text", shortened(p.text())));
        }
        return json;
    }

    /// What is lost is written below zero: reach falls by it.
    private static void share(ObjectNode json, String name, DryRuns.Share lost) {
        json.putObject(name)
                .put("estimate", -lost.ppm())
                .put("low", -lost.high())
                .put("high", -lost.low());
    }

    private static void share(ObjectNode json, DryRun.Share share) {
        json.put("looked_at", share.posts());
        json.put("blocked_now", share.blockedNow());
        json.put("blocked", share.blocked());
        json.put("newly_blocked_though_safe", share.newlyBlockedThoughSafe());
    }

    private static void shares(ObjectNode json, String name, String key, Map<String, DryRun.Share> shares) {
        var list = json.putArray(name);
        shares.entrySet().stream()
                .sorted(java.util.Comparator.comparingLong((Map.Entry<String, DryRun.Share> e) ->
                                -e.getValue().posts())
                        .thenComparing(Map.Entry::getKey))
                .limit(30)
                .forEach(e -> share(list.addObject().put(key, e.getKey()), e.getValue()));
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= MOST_WORDS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_WORDS)) + "…";
    }

    private Answer notices(Call call) {
        var page = Page.of(call);
        var whose = call.principal().advertiser().or(() -> call.query("advertiser"));
        long below = page.after().map(TermsRoutes::number).orElse(Long.MAX_VALUE);
        var found = engines.apply(call).findings().newest(whose, below, page.limit() + 1);
        var data = JsonNodeFactory.instance.arrayNode();
        found.stream().limit(page.limit()).forEach(n -> data.add(notice(n)));
        var next = found.size() > page.limit()
                ? Optional.of(Long.toString(found.get(page.limit() - 1).number()))
                : Optional.<String>empty();
        return Answer.json(200, Page.json(data, next));
    }

    private static long number(String place) {
        try {
            return Long.parseLong(place);
        } catch (NumberFormatException _) {
            throw Page.badCursor();
        }
    }

    private static ObjectNode notice(FindingsStore.Numbered numbered) {
        Finding f = numbered.finding();
        var json = JsonNodeFactory.instance.objectNode().put("number", numbered.number());
        json.put("advertiser", f.advertiser().value());
        json.put("campaign", f.campaign().value());
        json.put("ad", f.ad().value());
        json.put("impression", f.impression().value());
        json.put("decision", f.decision().value());
        f.terms()
                .ifPresent(
                        t -> json.putObject("terms").put("id", t.id().value()).put("version", t.version()));
        json.put("post", f.breach().postId());
        json.put("commitment", f.commitment());
        json.put("cause", f.cause().name());
        json.put("rule", f.breach().rule().code());
        json.put("detail", f.breach().detail());
        json.put("served_at", f.servedAt().toString());
        json.put("changed_at", f.changedAt().toString());
        json.putObject("credited")
                .put("currency", f.currency().getCurrencyCode())
                .put("micros", f.creditedMicros());
        json.put("charged", f.creditedMicros() > 0);
        return json;
    }
}
