package mizan.server.api;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Fields;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.rating.KnownPost;
import mizan.server.terms.ReviewQueue;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What raters said of posts, and what people say instead.
///
/// A post's id may be an address, so it stands in a query or a body and never in a path.
public final class ReviewRoutes {
    private static final int MAX_OPEN = 200;
    private static final int DEFAULT_OPEN = 50;
    private static final int MAX_REVIEWER = 100;

    private final Function<Call, Engine> engines;

    public ReviewRoutes(Function<Call, Engine> engines) {
        this.engines = engines;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/verdicts", "listVerdicts", this::verdicts)
                        .needs(Scope.POSTS_WRITE)
                        .answers(200, "PostVerdicts")
                        .query("post", "commitment")
                        .summary("What each rater said of a post, or of the version that a record names"),
                Route.post("/v1/posts/report", "reportPost", this::report)
                        .needs(Scope.POSTS_WRITE)
                        .takes("PostReport")
                        .answers(202, "PostReported")
                        .summary("Ask a person to look at a post, before all others"),
                Route.get("/v1/reviews/posts", "listOpenReviews", this::open)
                        .needs(Scope.POSTS_WRITE)
                        .answers(200, "OpenReviews")
                        .query("limit")
                        .summary("Posts that wait for a person: reported ones, then by what an answer can open to ads"),
                Route.post("/v1/reviews/posts", "reviewPost", this::review)
                        .needs(Scope.POSTS_WRITE)
                        .takes("PostReview")
                        .answers(200, "PostVerdicts")
                        .summary("A person's verdict, which counts before every machine's"));
    }

    /// By the post's id its newest version, by a commitment the version that a record names.
    private Answer verdicts(Call call) {
        var posts = engines.apply(call).posts();
        var found = call.query("commitment").isPresent()
                ? call.query("commitment").flatMap(posts::opening)
                : call.query("post").flatMap(posts::find);
        return Answer.json(200, json(found.orElseThrow(ReviewRoutes::notFound)));
    }

    private Answer report(Call call) {
        var fields = call.fields();
        var post = fields.text("post", 500);
        var words = fields.text("reason", PostVerdict.MAX_EVIDENCE);
        fields.done();
        if (!engines.apply(call).posts().report(post, words)) {
            throw notFound();
        }
        return Answer.json(202, object().put("post", post).put("reported", true));
    }

    private Answer open(Call call) {
        var engine = engines.apply(call);
        var limit = call.query("limit")
                .map(text -> text.matches("[1-9][0-9]{0,2}") ? Integer.parseInt(text) : 0)
                .orElse(DEFAULT_OPEN);
        if (limit < 1 || limit > MAX_OPEN) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, "1 to " + MAX_OPEN)
                    .at("limit")
                    .refused();
        }
        var answer = object().put("open", engine.posts().openCount());
        var list = answer.putArray("data");
        new ReviewQueue(engine).first(limit).forEach(waiting -> {
            var open = waiting.open();
            var one = json(open.post());
            one.put("reach_blocked", waiting.reach());
            one.put("doubt", waiting.doubt());
            one.put("worth", waiting.worth());
            one.put("question", open.question().name().toLowerCase(Locale.ROOT));
            open.report().ifPresent(words -> one.put("report", words));
            one.put("text", open.post().text());
            list.add(one);
        });
        return Answer.json(200, answer);
    }

    /// The commitment says which version the person read: an edited post is another one.
    private Answer review(Call call) {
        var fields = call.fields();
        var post = fields.text("post", 500);
        var commitment = fields.text("commitment", 64);
        var tier = fields.required("tier", fields.choice("tier", Tier.class));
        var topics = topics(fields);
        var why = fields.text("reason", PostVerdict.MAX_EVIDENCE);
        var reviewer = fields.optionalText("reviewer", MAX_REVIEWER);
        fields.done();
        var engine = engines.apply(call);
        if (engine.posts().find(post).isEmpty()) {
            throw notFound();
        }
        var verdict = new PostVerdict(
                tier.orElseThrow(),
                topics,
                Ratings.REVIEW,
                reviewer.orElse(call.principal().keyId()),
                engine.time().instant(),
                Optional.of(why));
        var reviewed = engine.posts()
                .add(post, commitment, verdict)
                .orElseThrow(() -> Problem.of(ProblemCode.STATE_CONFLICT, "the post was edited after it was read")
                        .refused());
        return Answer.json(200, json(reviewed));
    }

    private static Set<Topic> topics(Fields fields) {
        var topics = EnumSet.noneOf(Topic.class);
        for (var text : fields.texts("sensitive_topics", Topic.values().length, 40)) {
            Topic.of(text)
                    .ifPresentOrElse(
                            topics::add, () -> fields.error("sensitive_topics", ProblemCode.INVALID_VALUE, text));
        }
        return topics;
    }

    private static ObjectNode json(KnownPost post) {
        var json = object().put("post", post.id());
        post.language().ifPresent(l -> json.put("language", l));
        json.put("commitment", post.commitment());
        json.put("taken_at", post.takenAt().toString());
        json.put("rated", post.verdict().isPresent());
        post.verdict().ifPresent(v -> json.set("counts", json(v)));
        var awaited = json.putArray("awaited");
        post.ratings().awaited().stream().sorted().forEach(awaited::add);
        var verdicts = json.putArray("verdicts");
        post.ratings().verdicts().forEach(v -> verdicts.add(json(v)));
        return json;
    }

    private static ObjectNode json(PostVerdict verdict) {
        var json = object().put("tier", verdict.tier().name());
        var topics = json.putArray("sensitive_topics");
        verdict.topics().stream()
                .sorted()
                .forEach(topic -> topics.addObject().put("code", topic.code()).put("iab", topic.iabId()));
        json.put("rater", verdict.rater());
        json.put("rater_version", verdict.raterVersion());
        json.put("rated_at", verdict.ratedAt().toString());
        verdict.evidence().ifPresent(e -> json.put("evidence", e));
        verdict.span()
                .ifPresent(s -> json.putObject("span").put("start", s.start()).put("end", s.end()));
        return json;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static Refused notFound() {
        return Problem.of(ProblemCode.NOT_FOUND).refused();
    }
}
