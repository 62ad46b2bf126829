package mizan.server.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import mizan.core.campaign.AdId;
import mizan.core.campaign.Placement;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedPost;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;
import mizan.core.identity.SortableId;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.DecisionRecord;
import mizan.core.traffic.CrawlerAgents;
import mizan.core.traffic.InvalidTraffic;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Fields;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.http.Traffic;
import mizan.server.rating.Posts;
import mizan.server.serve.Cursors;
import mizan.server.serve.TakeEvents;
import mizan.server.serve.Weighed;
import mizan.server.traffic.RequestRules;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Decisions out, events back.
public final class ServeRoutes {
    private static final int MAX_BATCH = 1_000;
    private final Function<Call, Engine> engines;
    /// What a decision keeps of its posts must fit into one journal entry, also where a post was sent once
    /// and is named two hundred times.
    private static final int MAX_FEED_CHARS = 200_000;

    private static final String AD_FREE = "ad_free";

    private static final List<String> AGE_BRACKETS = Stream.concat(
                    Stream.of(Viewer.Profile.UNDER_18), Viewer.Profile.AGES.stream())
            .toList();

    private final Explanations explanations;
    private final RequestRules traffic;

    /// @param traffic tells readers from programs
    public ServeRoutes(Function<Call, Engine> engines, Explanations explanations, RequestRules traffic) {
        this.engines = engines;
        this.explanations = explanations;
        this.traffic = traffic;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/decisions", "decide", this::decide)
                        .needs(Scope.SERVE)
                        .in(Traffic.DECISIONS)
                        .takes("DecisionRequest")
                        .answers(200, "Decision")
                        .query("explain")
                        .summary("Choose the ads of one page of a feed"),
                Route.get("/v1/decisions/{id}/explanation", "explainDecision", this::explanation)
                        .needs(Scope.SERVE)
                        .answers(200, "Explanation")
                        .summary("Every ad group's outcome in a past decision, with its numbers"),
                Route.post("/v1/events", "sendEvents", this::events)
                        .everybody()
                        .in(Traffic.SIGNALS)
                        .raw(256 << 10)
                        .takes("Events")
                        .answers(202, "EventsTaken")
                        .summary("Report what happened to ads; answered when it would survive a power cut"),
                Route.get("/t/{kind}/{token}", "pixel", this::pixel)
                        .everybody()
                        .in(Traffic.SIGNALS)
                        .summary("A one-pixel picture that reports an event"),
                Route.get("/c/{token}", "click", this::click)
                        .everybody()
                        .in(Traffic.SIGNALS)
                        .summary("Report a click and go to the ad's landing page"));
    }

    private Answer decide(Call call) {
        var engine = engines.apply(call);
        var fields = call.fields();
        var code = fields.text("placement", 60);
        var given = fields.object("viewer");
        var withheld = given.flatMap(v ->
                traffic.told(v.optionalText("user_agent", CrawlerAgents.MAX_CHARS), v.optionalText("address", 50)));
        var viewer = engine.known(viewer(given));
        var posts = feed(fields, engine);
        readingTimes(fields, posts);
        var cursor = fields.optionalText("cursor", Cursors.MAX_CHARS);
        fields.done();
        var placement = Optional.ofNullable(
                        engine.snapshots().current().placements().get(code))
                .orElseThrow(() -> Problem.of(ProblemCode.UNKNOWN_REFERENCE)
                        .at("/placement")
                        .refused());
        var session = cursor.map(c -> engine.serving()
                        .session(placement, c)
                        .orElseThrow(() -> Problem.of(ProblemCode.INVALID_VALUE, "the cursor of the page before")
                                .at("/cursor")
                                .refused()))
                .orElse(Session.START);
        if (withheld.isPresent()) {
            return Answer.json(200, nothing(withheld.get().text(), placement, cursor));
        }
        if (viewer.ads() == Viewer.Ads.NONE) {
            return Answer.json(200, nothing(AD_FREE, placement, cursor));
        }
        var answered = engine.serving().serve(new FeedRequest(placement, viewer, session, posts));
        explanations.remember(answered);
        var page = new DecisionJson(
                answered.snapshot(), engine.pictures(), reader(viewer).orElse(call.language()));
        boolean explained = call.query("explain").filter("true"::equals).isPresent();
        return Answer.written(out -> {
            out.writeStartObject();
            page.write(out, answered, placement);
            if (explained) {
                out.writeName("explanation").writeTree(Explanations.json(answered.record(), answered.snapshot()));
            }
            out.writeEndObject();
        });
    }

    /// Nobody reads, or somebody whose role has no ads: there is nothing to decide, and nothing to record.
    private static ObjectNode nothing(String reason, Placement placement, Optional<String> cursor) {
        var json = json().put("placement", placement.code());
        json.putArray("slots");
        json.put("withheld", reason);
        cursor.ifPresent(c -> json.put("cursor", c));
        return json;
    }

    private static Viewer viewer(Optional<Fields> given) {
        if (given.isEmpty()) {
            return Viewer.UNKNOWN;
        }
        var f = given.get();
        return new Viewer(
                f.optionalText("key", 200),
                f.optionalText("country", 2),
                f.optionalText("region", 6),
                f.optionalText("language", 10),
                f.optionalText("device", 20),
                profile(f),
                f.texts("hidden_ads", 500, 40),
                f.texts("hidden_advertisers", 500, 40),
                ads(f));
    }

    private static Viewer.Ads ads(Fields f) {
        return switch (f.optionalText("ads", 10).orElse("all")) {
            case "all" -> Viewer.Ads.ALL;
            case "fewer" -> Viewer.Ads.FEWER;
            case "none" -> Viewer.Ads.NONE;
            default -> {
                f.error("ads", ProblemCode.INVALID_VALUE, "all, fewer or none");
                yield Viewer.Ads.ALL;
            }
        };
    }

    /// Read whether it may be used or not, so that a wrong field is refused for everybody alike.
    private static Optional<Viewer.Profile> profile(Fields f) {
        var age = f.optionalText("age_bracket", 10);
        if (age.isPresent() && !AGE_BRACKETS.contains(age.get())) {
            f.error("age_bracket", ProblemCode.INVALID_VALUE, "one of " + String.join(", ", AGE_BRACKETS));
        }
        return Viewer.Profile.of(
                f.flag("personalised", false),
                f.flag("minor", false),
                age,
                f.texts("interests", 200, 60),
                f.texts("segments", 1_000, 60));
    }

    /// Posts are named, when they were sent before, or given whole.
    private static List<FeedPost> feed(Fields fields, Engine engine) {
        var posts = new ArrayList<FeedPost>();
        var given = fields.value("posts");
        if (given.isEmpty()) {
            fields.error("posts", ProblemCode.REQUIRED);
            return posts;
        }
        if (!given.get().isArray() || given.get().size() > FeedRequest.MAX_POSTS) {
            fields.error("posts", ProblemCode.OUT_OF_RANGE, "a list of at most " + FeedRequest.MAX_POSTS + " posts");
            return posts;
        }
        long chars = 0;
        for (var node : given.get()) {
            Weighed post;
            if (node.isString() && node.stringValue().length() <= 500) {
                post = engine.posts()
                        .find(node.stringValue())
                        .map(engine.snapshots()::weighed)
                        .orElseGet(() -> new Weighed(Posts.unknown(node.stringValue())));
            } else if (node instanceof ObjectNode object) {
                var sent = engine.intake().inFeed(object, "/posts/" + posts.size());
                post = engine.snapshots().weighed(engine.posts().take(sent));
            } else {
                fields.error("posts", ProblemCode.WRONG_TYPE, "ids or posts");
                return posts;
            }
            posts.add(post.facts());
            chars += post.chars();
        }
        if (chars > MAX_FEED_CHARS) {
            fields.error(
                    "posts", ProblemCode.LIMIT_EXCEEDED, MAX_FEED_CHARS + " characters of ids, authors and topics");
        }
        return posts;
    }

    /// `seconds`: for each post how long the platform expects it to be read.
    private static void readingTimes(Fields fields, List<FeedPost> posts) {
        var given = fields.value("seconds");
        if (given.isEmpty()) {
            return;
        }
        if (!given.get().isArray() || given.get().size() != posts.size()) {
            fields.error("seconds", ProblemCode.OUT_OF_RANGE, "a list of one number for each post");
            return;
        }
        for (int i = 0; i < posts.size(); i++) {
            var seconds = given.get().get(i);
            if (!seconds.isInt() || seconds.intValue() < 0 || seconds.intValue() > FeedPost.MAX_SECONDS) {
                fields.error("seconds", ProblemCode.OUT_OF_RANGE, "whole seconds, 0 to " + FeedPost.MAX_SECONDS);
                return;
            }
            posts.set(i, posts.get(i).reading(seconds.intValue()));
        }
    }

    /// The reader's language, when we speak it. What calls is the platform's server, whose language says nothing.
    private static Optional<String> reader(Viewer viewer) {
        return viewer.language().filter(l -> l.equals("ar") || l.equals("en"));
    }

    private Answer explanation(Call call) {
        var id = call.param("id");
        if (!SortableId.hasForm(DecisionId.PREFIX, id)) {
            throw Problem.of(ProblemCode.NOT_FOUND).refused();
        }
        var engine = engines.apply(call);
        DecisionRecord record = explanations
                .find(engine, new DecisionId(id))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        var snapshot = Snapshot.compile(engine.booking().bookAt(record.bookRevision()));
        return Answer.json(
                200,
                json().put("id", id)
                        .put("at", record.at().toString())
                        .put("book_revision", record.bookRevision())
                        .set("candidates", Explanations.json(record, snapshot)));
    }

    /// `navigator.sendBeacon` sends text/plain, so the body is read whatever it says it is.
    private Answer events(Call call) {
        var fields = Fields.of(StrictJson.object(call.body()));
        var reports = new ArrayList<TakeEvents.Report>();
        var sender = sender(call);
        for (var event : fields.objects("events", MAX_BATCH)) {
            var kind = event.required("kind", event.choice("kind", AdEvent.Kind.class));
            reports.add(new TakeEvents.Report(
                    kind.orElse(AdEvent.Kind.RENDERED), event.text("token", 200), invalid(call, sender, event)));
        }
        if (!fields.has("events")) {
            fields.error("events", ProblemCode.REQUIRED);
        }
        fields.done();
        var accepted = engines.apply(call).events().take(reports);
        var json = json();
        json.put("accepted", accepted.stream().filter(a -> a).count());
        json.put("refused", accepted.stream().filter(a -> !a).count());
        var invalid = json.putObject("invalid");
        for (int i = 0; i < reports.size(); i++) {
            if (accepted.get(i)) {
                reports.get(i)
                        .invalid()
                        .map(InvalidTraffic::text)
                        .ifPresent(reason ->
                                invalid.put(reason, invalid.path(reason).asInt() + 1));
            }
        }
        // Readers' pages are of other origins, and have to see whether they must tell it again.
        return Answer.json(202, json).with("access-control-allow-origin", "*");
    }

    /// A server that relays what its readers did has a key, and says who they were; a browser has none.
    private Optional<InvalidTraffic> invalid(Call call, Optional<InvalidTraffic> sender, Fields event) {
        var agent = event.optionalText("user_agent", CrawlerAgents.MAX_CHARS);
        var address = event.optionalText("address", 50);
        var unseen = event.choice("unseen", Unseen.class).map(Unseen::reason);
        return (call.caller().isEmpty() ? sender : traffic.told(agent, address)).or(() -> unseen);
    }

    /// Why nobody could see an ad, in the words of the page that drew it.
    private enum Unseen {
        HIDDEN(InvalidTraffic.HIDDEN),
        NO_SIZE(InvalidTraffic.NO_SIZE);

        private final InvalidTraffic reason;

        Unseen(InvalidTraffic reason) {
            this.reason = reason;
        }

        InvalidTraffic reason() {
            return reason;
        }
    }

    private Optional<InvalidTraffic> sender(Call call) {
        return call.caller().isPresent()
                ? Optional.empty()
                : traffic.judge(new RequestRules.Signs(
                        call.header("user-agent"),
                        call.header("sec-purpose")
                                .or(() -> call.header("purpose"))
                                .or(() -> call.header("x-moz")),
                        Optional.of(call.from())));
    }

    private static final byte[] PIXEL =
            java.util.Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private Answer pixel(Call call) {
        var kind = call.param("kind");
        if (!Set.of("rendered", "viewable").contains(kind)) {
            throw Problem.of(ProblemCode.NOT_FOUND).refused();
        }
        engines.apply(call)
                .events()
                .take(new TakeEvents.Report(
                        AdEvent.Kind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)),
                        call.param("token"),
                        sender(call)));
        return Answer.bytes(200, "image/gif", PIXEL);
    }

    /// The address is looked up by the ad's id: nothing in the link can send a reader elsewhere.
    private Answer click(Call call) {
        var engine = engines.apply(call);
        var token = engine.events().take(new TakeEvents.Report(AdEvent.Kind.CLICK, call.param("token"), sender(call)));
        var book = engine.booking().book();
        var target = token.map(t -> t.ad())
                .flatMap((AdId id) -> Optional.ofNullable(book.ads().get(id)))
                .flatMap(ad -> Optional.ofNullable(book.creatives().get(ad.creative())))
                .map(c -> c.landingPage().toASCIIString());
        return Answer.redirect(
                303, target.orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused()));
    }

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }
}
