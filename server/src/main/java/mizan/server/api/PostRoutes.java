package mizan.server.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.rating.KnownPost;
import mizan.server.reading.PostFormat;
import mizan.server.reading.PostIntake;
import mizan.server.reading.PostIntake.Sent;
import mizan.server.reading.PostIntake.Taken;
import mizan.server.reading.PostReaders;
import mizan.server.reading.ReadPostJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Posts in, and out of sight again.
public final class PostRoutes {
    private static final int MAX_BATCH = 1_000;
    private static final List<String> OTHER_TYPES = List.of(
            "application/activity+json",
            "application/ld+json",
            "application/feed+json",
            "application/atom+xml",
            "application/rss+xml",
            "application/rdf+xml",
            "application/xml",
            "text/xml");
    private final Function<Call, Engine> engines;

    public PostRoutes(Function<Call, Engine> engines) {
        this.engines = engines;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/posts", "sendPosts", this::posts)
                        .needs(Scope.POSTS_WRITE)
                        .takes("Posts")
                        .takesAlso(OTHER_TYPES)
                        .answers(200, "RatedPosts")
                        .query("format")
                        .summary(
                                "Rate posts, so that ads can be placed beside them: in Mizan's form, as"
                                        + " ActivityStreams, an ATProto record, RSS, Atom or JSON Feed; edits and deletions too"),
                Route.post("/v1/posts/erase", "erasePosts", this::erase)
                        .needs(Scope.POSTS_WRITE)
                        .takes("Erasure")
                        .answers(200, "Erased")
                        .summary("Delete the words of posts for good; records keep commitments that nothing opens"));
    }

    /// One post that cannot be taken is refused as a whole; among others it is named and the rest is taken.
    private Answer posts(Call call) {
        var engine = engines.apply(call);
        var format = format(call);
        var sent = format == PostFormat.FEED
                ? PostReaders.read(format, call.body()).stream()
                        .<Sent>map(Sent.Theirs::new)
                        .toList()
                : json(one(StrictJson.value(call.body()), format), format);
        if (sent.isEmpty() || sent.size() > MAX_BATCH) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, "1 to " + MAX_BATCH + " posts")
                    .at("/posts")
                    .refused();
        }
        var taken = engine.intake().take(sent);
        if (taken.size() == 1 && taken.getFirst() instanceof Taken.Refused(var problem)) {
            throw problem.refused();
        }
        var answer = JsonNodeFactory.instance.objectNode();
        var list = answer.putArray("data");
        taken.forEach(one -> list.add(json(one, call)));
        return Answer.json(200, answer);
    }

    /// `?format=` says it where the media type does not.
    private static PostFormat format(Call call) {
        var said = call.query("format");
        if (said.isPresent()) {
            return PostFormat.named(said.get())
                    .orElseThrow(() -> Problem.of(
                                    ProblemCode.INVALID_VALUE, "one of json, activitystreams, atproto, feed, jsonfeed")
                            .at("format")
                            .refused());
        }
        return call.header("content-type").flatMap(PostFormat::ofMediaType).orElse(PostFormat.JSON);
    }

    private static PostFormat named(String name, String at) {
        return PostFormat.named(name)
                .orElseThrow(() -> Problem.of(
                                ProblemCode.INVALID_VALUE, "one of json, activitystreams, atproto, feed, jsonfeed")
                        .at(at)
                        .refused());
    }

    /// Expanded JSON-LD is a list, also of one thing.
    private static JsonNode one(JsonNode body, PostFormat said) {
        return said == PostFormat.ACTIVITYSTREAMS && body instanceof ArrayNode list && list.size() == 1
                ? list.get(0)
                : body;
    }

    /// One post, or `posts` with, where they do not show it themselves, their `format`.
    private static List<Sent> json(JsonNode body, PostFormat said) {
        if (!(body instanceof ObjectNode object)
                || !(object.get("posts") instanceof ArrayNode posts)
                || object.size() != (object.has("format") ? 2 : 1)) {
            return PostIntake.sent(object(body, ""), Optional.of(said), "");
        }
        var format =
                Optional.of(object.has("format") ? named(object.path("format").asString(""), "/format") : said);
        if (posts.size() > MAX_BATCH) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, "1 to " + MAX_BATCH + " posts")
                    .at("/posts")
                    .refused();
        }
        var sent = new ArrayList<Sent>();
        for (int i = 0; i < posts.size(); i++) {
            var at = "/posts/" + i;
            sent.addAll(PostIntake.sent(object(posts.get(i), at), format, at));
        }
        return sent;
    }

    private static ObjectNode object(JsonNode node, String at) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw Problem.of(ProblemCode.WRONG_TYPE, "an object").at(at).refused();
    }

    private static ObjectNode json(Taken taken, Call call) {
        return switch (taken) {
            case Taken.Kept(var post, var read) -> {
                var json = rated(post);
                read.ifPresent(r -> json.set("read", ReadPostJson.of(r)));
                yield json;
            }
            case Taken.Erased(var id, var known) ->
                JsonNodeFactory.instance.objectNode().put("id", id).put("erased", known);
            case Taken.Refused(var problem) -> {
                var json = JsonNodeFactory.instance.objectNode();
                json.set("problem", problem.json(call.language(), call.address(), call.requestId()));
                yield json;
            }
        };
    }

    private static ObjectNode rated(KnownPost post) {
        var json = JsonNodeFactory.instance.objectNode().put("id", post.id());
        post.language().ifPresent(l -> json.put("language", l));
        json.put("rated", post.verdict().isPresent());
        post.verdict().ifPresent(v -> {
            json.put("tier", v.tier().name());
            var topics = json.putArray("sensitive_topics");
            v.topics().stream().sorted().forEach(t -> topics.add(t.code()));
            json.put("rater", v.rater());
            json.put("rater_version", v.raterVersion());
        });
        json.put("commitment", post.commitment());
        return json;
    }

    private Answer erase(Call call) {
        var fields = call.fields();
        var ids = fields.texts("ids", MAX_BATCH, 500);
        if (ids.isEmpty() && fields.sound()) {
            fields.error("ids", ProblemCode.REQUIRED);
        }
        fields.done();
        var erased = engines.apply(call).posts().erase(ids);
        return Answer.json(200, JsonNodeFactory.instance.objectNode().put("erased", erased));
    }
}
