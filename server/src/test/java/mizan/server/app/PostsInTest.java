package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.rating.PostChanges;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Posts come in over HTTP, in the forms of others.
class PostsInTest {
    private static final String KEY = "mz_test_0000000000000000000000000000000000000000000000000000";
    private static final Path SAMPLES = Path.of("src/test/resources/mizan/server/reading");
    private static final String ACTIVITY = "application/activity+json";
    private static final String HUDA = "https://mastodon.example/users/huda";
    private static final String HUDAS = HUDA + "/statuses/113000000000000001";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private Engine engine;
    private Server server;
    private Optional<DescribedApi> described = Optional.empty();
    private final List<PostChanges.Change> changes = new ArrayList<>();

    @BeforeEach
    void start() {
        engine = Engine.embedded(folder, LeaseRules.STANDARD, InstantSource.system(), new SplittableRandom(1));
        engine.posts().onChange(changes::add);
        var keys = new ApiKeys();
        keys.admit(
                ApiKeys.hash(KEY), new Principal("key_test", Mode.TEST, EnumSet.allOf(Scope.class), Optional.empty()));
        server = new Server(
                new Server.Listen("127.0.0.1", 0),
                Map.of(Mode.TEST, engine),
                Mode.TEST,
                keys,
                List.of(),
                InstantSource.system());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ObjectNode send(String type, String query, String body, int status) throws Exception {
        return send("POST", "/v1/posts" + query, type, body, status);
    }

    private ObjectNode send(String method, String path, String type, String body, int status) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("authorization", "Bearer " + KEY)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        var answer = CLIENT.send(
                (body.isEmpty() ? request : request.header("content-type", type)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(status, answer.statusCode(), answer::body);
        if (described.isEmpty()) {
            var document = CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/openapi.json"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            described = Optional.of(new DescribedApi(StrictJson.own(document.body())));
        }
        boolean ours = !type.contains("xml") && !body.startsWith("["); // what others define is not described
        described.get().check(method, path, ours ? body : "", status, answer.body());
        return StrictJson.own(answer.body());
    }

    private static String sample(String name) throws IOException {
        return Files.readString(SAMPLES.resolve(name));
    }

    @Test
    void givenEachKindOfServer_whenItsPostIsSent_thenItIsKeptAndTheAnswerShowsWhatWasRead() throws Exception {
        for (var sent : Map.of(
                        "mastodon.json", ACTIVITY,
                        "lemmy-page.json", "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
                        "peertube.json", "application/json",
                        "atproto-record.json", "application/json",
                        "jetstream-event.json", "application/json",
                        "rss.xml", "application/rss+xml; charset=utf-8",
                        "atom.xml", "application/atom+xml",
                        "jsonfeed.json", "application/feed+json")
                .entrySet()) {
            var first = send(sent.getValue(), "", sample(sent.getKey()), 200)
                    .path("data")
                    .get(0);
            assertTrue(first.path("rated").booleanValue(), sent.getKey() + first);
            assertFalse(first.path("read").path("authors").isEmpty(), sent.getKey());
            assertTrue(engine.posts().find(first.path("id").stringValue()).isPresent(), sent.getKey());
        }
        assertEquals(List.of(), changes);
    }

    @Test
    void givenUnusualSpellingsOfAForm_whenSent_thenTheyAreReadToo() throws Exception {
        var expanded = send(ACTIVITY, "", "[" + sample("long-names.json") + "]", 200);
        assertEquals("ar", expanded.path("data").get(0).path("language").stringValue());
        var rdf = send("application/rdf+xml", "", sample("rss1.xml"), 200);
        assertTrue(rdf.path("data").get(0).path("rated").booleanValue(), rdf.toString());
    }

    /// Web pages put direction isolates around names, and some people overrides around words.
    @Test
    void givenAPostOfOurOwnFormWithDirectionControls_whenSent_thenItIsTakenAndItsWordsAreSeenThrough()
            throws Exception {
        var words = "\u2068سلمى\u2069 says: the \u202Enopaew\u202C is on the table";
        var post = "{\"posts\":[{\"id\":\"turned\",\"author\":\"a\",\"text\":\"" + words + "\"}]}";
        var sent = send("application/json", "", post, 200).path("data").get(0);
        assertTrue(engine.posts().find("turned").orElseThrow().text().contains("nopaew"));
        assertEquals("MEDIUM", sent.path("tier").stringValue(), sent.toString());
        assertEquals("arms", sent.path("sensitive_topics").get(0).stringValue());
    }

    @Test
    void givenAFeedWithABrokenItem_whenSent_thenTheRestIsTakenAndTheProblemSaysWhichAndWhy() throws Exception {
        var data =
                send("application/feed+json", "", sample("jsonfeed.json"), 200).path("data");
        assertEquals(3, data.size());
        assertEquals("/items/2/id", data.get(2).path("problem").path("param").stringValue());
        assertEquals("required", data.get(2).path("problem").path("code").stringValue());
    }

    @Test
    void givenAKeptPost_whenAnUpdateAndADeletionArrive_thenListenersHearWhatItWasAndWhatItIs() throws Exception {
        send(ACTIVITY, "", sample("mastodon.json"), 200);
        send(ACTIVITY, "", sample("mastodon.json"), 200);
        assertEquals(List.of(), changes, "the same post again is no change");
        var note = sample("mastodon.json").replace("والقهوة جاهزة", "والحرب بدأت");
        send(
                ACTIVITY,
                "",
                "{\"@context\":\"x\",\"type\":\"Update\",\"actor\":\"" + HUDA + "\",\"object\":" + note + "}",
                200);
        assertEquals(1, changes.size());
        assertTrue(changes.getFirst().before().text().contains("والقهوة"));
        assertTrue(changes.getFirst().after().orElseThrow().text().contains("والحرب"));
        var gone = send(
                ACTIVITY,
                "",
                "{\"@context\":\"x\",\"type\":\"Delete\",\"actor\":\"" + HUDA + "\",\"object\":\"" + HUDAS + "\"}",
                200);
        assertTrue(gone.path("data").get(0).path("erased").booleanValue());
        assertEquals(2, changes.size());
        assertTrue(changes.getLast().after().isEmpty());
        assertTrue(engine.posts().find(HUDAS).isEmpty());
    }

    @Test
    void givenAKnownPost_whenItIsQuotedOrPassedOn_thenItsAuthorStandsThereToo() throws Exception {
        send(ACTIVITY, "", sample("mastodon.json"), 200);
        send(ACTIVITY, "", sample("misskey.json"), 200);
        send(ACTIVITY, "", sample("gotosocial-repost.json"), 200);
        var quoting =
                engine.posts().find("https://misskey.example/notes/9z8y7x").orElseThrow();
        assertEquals(List.of("https://misskey.example/users/7a6b", HUDA), quoting.authors());
        var repost = engine.posts()
                .find("https://gts.example/users/kim/statuses/01BOOST")
                .orElseThrow();
        assertEquals(List.of("https://gts.example/users/kim", HUDA), repost.authors());
        assertTrue(repost.text().contains("صباح الخير"), "readers see the words of the original");
    }

    @Test
    void givenWhatIsNoPublicPost_whenSent_thenItIsRefusedPreciselyAndNotKept() throws Exception {
        var hidden = sample("mastodon.json")
                .replace("\"to\":[\"https://www.w3.org/ns/activitystreams#Public\"]", "\"to\":[]");
        var problem = send(ACTIVITY, "", hidden, 422);
        assertEquals("not_public", problem.path("code").stringValue());
        assertTrue(problem.path("detail").stringValue().contains("followers"), problem.toString());
        assertTrue(engine.posts().find(HUDAS).isEmpty());
        var like = "{\"@context\":\"x\",\"type\":\"Like\",\"id\":\"i\",\"actor\":\"a\",\"object\":\"o\"}";
        assertEquals("no_post", send(ACTIVITY, "", like, 422).path("code").stringValue());
        var xml = send("application/rss+xml", "", "<rss><channel>", 400);
        assertEquals("malformed_xml", xml.path("code").stringValue());
        var record = send("application/json", "?format=atproto", "{\"text\":\"x\"}", 400);
        assertEquals("/uri", record.path("param").stringValue());
        var wrapped = send("application/json", "", "{\"format\":\"atproto\",\"posts\":[{\"uri\":\"x\"}]}", 400);
        assertEquals("/posts/0/uri", wrapped.path("param").stringValue());
        send("application/json", "?format=smoke", "{}", 400);
        send("application/json", "", "{\"format\":\"feed\",\"posts\":[{}]}", 415);
        send("text/plain", "", "{}", 415);
    }

    @Test
    void givenMoreWordsThanAreEverRead_whenSent_thenThePostIsKeptUnrated() throws Exception {
        var note =
                "{\"@context\":\"x\",\"type\":\"Note\",\"id\":\"long\",\"attributedTo\":\"a\",\"to\":\"as:Public\",\"contentMap\":"
                        + "{\"en\":\"" + "the sea is calm ".repeat(2_500) + "\",\"de\":\""
                        + "the sun is warm ".repeat(2_500) + "\"}}";
        var sent = send(ACTIVITY, "", note, 200).path("data").get(0);
        assertFalse(sent.path("rated").booleanValue(), "what was not read may hold anything");
    }

    @Test
    void givenASource_whenAddedPulledAndRemoved_thenItSaysHowItStands() throws Exception {
        var draft = "{\"kind\":\"FEED\",\"url\":\"http://127.0.0.1:1/feed.xml\"}";
        var json = "application/json";
        var id = send("POST", "/v1/sources", json, draft, 201).path("id").stringValue();
        assertEquals(
                id, send("POST", "/v1/sources", json, draft, 201).path("id").stringValue());
        assertEquals(1, send("GET", "/v1/sources", json, "", 200).path("data").size());
        var pulled = send("POST", "/v1/sources/" + id + "/pull", json, "", 200);
        assertTrue(pulled.path("trouble").stringValue().contains("private network"), pulled.toString());
        var stream = send("POST", "/v1/sources", json, "{\"kind\":\"JETSTREAM\",\"url\":\"wss://127.0.0.1:1/s\"}", 201);
        send("POST", "/v1/sources/" + stream.path("id").stringValue() + "/pull", json, "", 409);
        send("POST", "/v1/sources/" + id + "/remove", json, "", 200);
        send("GET", "/v1/sources/" + id, json, "", 404);
        send("POST", "/v1/sources", json, "{\"kind\":\"FEED\",\"url\":\"file:///etc/passwd\"}", 400);
    }
}
