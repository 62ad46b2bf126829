package mizan.server.reading.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mizan.server.http.Ids;
import mizan.server.rating.Posts;
import mizan.server.rating.Raters;
import mizan.server.reading.PostIntake;
import mizan.server.store.SqlitePostStore;
import mizan.server.store.SqliteSourceStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sources against servers that answer as real ones do, started here.
class SourcesTest {
    private static final String ALL = "\"to\":[\"https://www.w3.org/ns/activitystreams#Public\"]";
    private final Outbound outbound = Outbound.alsoPrivate(InstantSource.system());
    private final Map<String, Served> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Instant now = Instant.parse("2026-11-25T08:00:00Z");

    @TempDir
    Path folder;

    private Runnable before = () -> {};
    private HttpServer http;
    private String base;
    private Posts posts;
    private Sources sources;

    private record Served(int status, String type, String body, String etag) {}

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
        base = "http://127.0.0.1:" + http.getAddress().getPort();
        posts = new Posts(
                Raters.builtIn(), SqlitePostStore.open(folder.resolve("posts.db")), () -> now, new SplittableRandom(1));
        sources = sources();
    }

    private Sources sources() {
        return new Sources(
                SqliteSourceStore.open(folder.resolve("sources.db")),
                new PostIntake(posts),
                () -> now,
                new Ids(() -> now, new SplittableRandom(2)));
    }

    @AfterEach
    void stop() {
        sources.close();
        posts.close();
        http.stop(0);
    }

    private void answer(HttpExchange call) throws IOException {
        before.run();
        var path = call.getRequestURI().toString();
        asked.add(path);
        var served = pages.getOrDefault(path, new Served(404, "text/plain", "", ""));
        if (!served.etag().isEmpty()) {
            call.getResponseHeaders().set("etag", served.etag());
        }
        if (served.status() >= 300 && served.status() < 400) {
            call.getResponseHeaders().set("location", served.body());
            call.sendResponseHeaders(served.status(), -1);
        } else if (served.etag().equals(call.getRequestHeaders().getFirst("if-none-match"))) {
            call.sendResponseHeaders(304, -1);
        } else {
            var bytes = served.body().getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().set("content-type", served.type());
            call.sendResponseHeaders(served.status(), bytes.length == 0 ? -1 : bytes.length);
            call.getResponseBody().write(bytes);
        }
        call.close();
    }

    private void serve(String path, String type, String body) {
        pages.put(path, new Served(200, type, body.replace("BASE", base), ""));
    }

    private Progress pull(Source.Kind kind, String address) {
        var id = sources.add(kind, URI.create(address)).source().id();
        return sources.pull(id, outbound).orElseThrow().progress();
    }

    private String note(int n, String text) {
        return "{\"type\":\"Create\",\"id\":\"BASE/a/" + n + "\",\"actor\":\"BASE/u/huda\"," + ALL
                + ",\"object\":{\"type\":\"Note\",\"id\":\"BASE/n/" + n + "\",\"attributedTo\":\"BASE/u/huda\"," + ALL
                + ",\"content\":\"<p>" + text + "</p>\"}}";
    }

    private void outbox(String... items) {
        serve(
                "/u/huda",
                "application/activity+json",
                "{\"id\":\"BASE/u/huda\",\"type\":\"Person\",\"outbox\":\"BASE/u/huda/outbox\"}");
        serve(
                "/u/huda/outbox",
                "application/activity+json",
                "{\"type\":\"OrderedCollection\",\"totalItems\":9,\"first\":\"BASE/u/huda/outbox?page=true\"}");
        serve(
                "/u/huda/outbox?page=true",
                "application/activity+json",
                "{\"type\":\"OrderedCollectionPage\",\"next\":\"BASE/u/huda/outbox?max_id=3&page=true\",\"orderedItems\":["
                        + String.join(",", items) + "]}");
        serve(
                "/u/huda/outbox?max_id=3&page=true",
                "application/activity+json",
                "{\"type\":\"OrderedCollectionPage\",\"orderedItems\":[" + note(2, "The oldest note of them all")
                        + "]}");
    }

    @Test
    void givenAnOutboxOfSeveralPages_whenPulledTwice_thenAllAreKeptOnceAndTheSecondPullReadsOnePage() {
        outbox(note(4, "The bread is warm this morning"), note(3, "The sea was calm and we swam"));
        var first = pull(Source.Kind.ACTIVITYPUB, base + "/u/huda");
        assertEquals(Optional.empty(), first.trouble());
        assertEquals(3, first.kept());
        assertEquals(
                "The oldest note of them all",
                posts.find(base + "/n/2").orElseThrow().text());
        asked.clear();
        outbox(note(4, "The bread is cold this morning"), note(3, "The sea was calm and we swam"));
        pull(Source.Kind.ACTIVITYPUB, base + "/u/huda");
        assertEquals(List.of("/u/huda", "/u/huda/outbox", "/u/huda/outbox?page=true"), asked);
        assertEquals(
                "The bread is cold this morning",
                posts.find(base + "/n/4").orElseThrow().text(),
                "edited");
    }

    @Test
    void givenAPostThatVanishedFromTheOutbox_whenItsServerSaysItIsGone_thenItsWordsAreErased() {
        outbox(note(5, "This one will be deleted soon"), note(4, "This one will stay where it is"));
        pull(Source.Kind.ACTIVITYPUB, base + "/u/huda");
        assertTrue(posts.find(base + "/n/5").isPresent());
        outbox(note(4, "This one will stay where it is"));
        assertEquals(1, pull(Source.Kind.ACTIVITYPUB, base + "/u/huda").erased());
        assertTrue(posts.find(base + "/n/5").isEmpty());
        assertTrue(posts.find(base + "/n/4").isPresent());
    }

    @Test
    void givenAnOutboxWithPostsOfOthers_whenPulled_thenOnlyItsOwnAreBelievedAndARepostIsReadAtItsOrigin() {
        var foreign = note(9, "Words put into the mouth of another").replace("BASE/n/9", "https://victim.example/n/9");
        var repost = "{\"type\":\"Announce\",\"id\":\"BASE/a/8\",\"actor\":\"BASE/u/huda\"," + ALL
                + ",\"object\":\"BASE/n/77\"}";
        serve(
                "/n/77",
                "application/activity+json",
                "{\"type\":\"Note\",\"id\":\"BASE/n/77\",\"attributedTo\":\"BASE/u/mia\"," + ALL
                        + ",\"content\":\"The river is high today\"}");
        var hidden = note(7, "For my followers only")
                .replace("https://www.w3.org/ns/activitystreams#Public", base + "/u/huda/followers");
        outbox(foreign, repost, hidden, "\"" + base + "/a/1\"");
        var read = pull(Source.Kind.ACTIVITYPUB, base + "/u/huda");
        assertTrue(posts.find("https://victim.example/n/9").isEmpty());
        assertEquals(
                "The river is high today",
                posts.find(base + "/a/8").orElseThrow().text());
        assertEquals(
                List.of(base + "/u/huda", base + "/u/mia"),
                posts.find(base + "/a/8").orElseThrow().authors());
        assertTrue(posts.find(base + "/n/7").isEmpty());
        assertEquals(3, read.refused());
    }

    @Test
    void givenFeedsOfEachForm_whenPulled_thenTheyAreKeptAndAnUnchangedOneIsNotSentAgain() throws IOException {
        for (var sample : List.of("rss.xml", "atom.xml", "jsonfeed.json")) {
            // Served as many servers do: with a media type that says nothing.
            pages.put(
                    "/" + sample,
                    new Served(
                            200,
                            "text/html",
                            Files.readString(Path.of("src/test/resources/mizan/server/reading", sample)),
                            "\"v1\""));
            var first = pull(Source.Kind.FEED, base + "/" + sample);
            assertEquals(Optional.empty(), first.trouble(), sample);
            assertTrue(first.kept() >= 1, sample);
            assertEquals(Optional.of("\"v1\""), first.etag());
            var again = pull(Source.Kind.FEED, base + "/" + sample);
            assertEquals(first.kept(), again.kept(), sample);
            assertEquals(Optional.empty(), again.trouble());
        }
    }

    @Test
    void givenASourceInTrouble_whenPulled_thenItSaysWhyAndWaitsLongerEachTime() {
        pages.put("/loop", new Served(302, "", "/loop", ""));
        assertTrue(
                pull(Source.Kind.FEED, base + "/loop").trouble().orElseThrow().contains("redirects"));
        assertTrue(pull(Source.Kind.FEED, base + "/missing")
                .trouble()
                .orElseThrow()
                .contains("404"));
        serve("/page", "text/html", "<html><p>no feed</html>");
        assertEquals(1, pull(Source.Kind.FEED, base + "/page").refused());
        serve("/big", "application/feed+json", " ".repeat(Outbound.MAX_BODY + 1));
        assertTrue(pull(Source.Kind.FEED, base + "/big").trouble().orElseThrow().contains("more than"));
        serve(
                "/u/away",
                "application/activity+json",
                "{\"type\":\"Person\",\"outbox\":\"https://elsewhere.example/outbox\"}");
        assertTrue(pull(Source.Kind.ACTIVITYPUB, base + "/u/away")
                .trouble()
                .orElseThrow()
                .contains("elsewhere"));
        var first = pull(Source.Kind.FEED, base + "/missing");
        var second = pull(Source.Kind.FEED, base + "/missing");
        assertEquals(3, second.failures());
        assertTrue(Duration.between(now, second.nextAt()).compareTo(Duration.between(now, first.nextAt())) > 0);
        pages.put("/moved", new Served(301, "", base + "/feed", ""));
        serve("/feed", "application/feed+json", "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[]}");
        assertEquals(Optional.empty(), pull(Source.Kind.FEED, base + "/moved").trouble());
    }

    @Test
    void givenASourceThatIsBeingRead_whenPulled_thenTheAnswerWaitsForThatReading() throws Exception {
        var asks = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var body =
                "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"content_text\":\"A calm sea\","
                        + "\"authors\":[{\"name\":\"mia\"}]}]}";
        serve("/slow", "application/feed+json", body);
        before = () -> {
            asks.countDown();
            await(go);
        };
        var id = sources.add(Source.Kind.FEED, URI.create(base + "/slow"))
                .source()
                .id();
        sources.tick(outbound);
        await(asks);
        var pulled = new AtomicReference<Optional<SourceStore.Known>>(Optional.empty());
        var second = Thread.ofVirtual().start(() -> pulled.set(sources.pull(id, outbound)));
        go.countDown();
        second.join();
        assertEquals(1, pulled.get().orElseThrow().progress().kept());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String event(long micros, String key, String operation, String text) {
        var record = operation.equals("delete")
                ? ""
                : ",\"record\":{\"$type\":\"app.bsky.feed.post\",\"text\":\"" + text + "\"}";
        return "{\"did\":\"did:plc:a\",\"time_us\":" + micros + ",\"kind\":\"commit\",\"commit\":{\"operation\":\""
                + operation + "\",\"collection\":\"app.bsky.feed.post\",\"rkey\":\"" + key + "\"" + record + "}}";
    }

    private static List<String> events() {
        return List.of(
                event(10_000_000, "1", "create", "The cat sleeps in the sun"),
                "{\"did\":\"did:plc:a\",\"time_us\":10000001,\"kind\":\"identity\",\"identity\":{}}",
                event(20_000_000, "2", "create", "This will be taken back"),
                "not json",
                event(30_000_000, "1", "update", "The cat sleeps in the shade"),
                event(40_000_000, "2", "delete", ""));
    }

    private void assertFollowed(Progress progress) {
        assertEquals(Optional.empty(), progress.trouble());
        assertEquals(Optional.of("40000000"), progress.cursor());
        assertEquals(3, progress.kept());
        assertEquals(1, progress.erased());
        assertEquals(1, progress.refused());
        assertEquals(
                "The cat sleeps in the shade",
                posts.find("at://did:plc:a/app.bsky.feed.post/1").orElseThrow().text());
        assertFalse(posts.find("at://did:plc:a/app.bsky.feed.post/2").isPresent());
    }

    @Test
    void givenLinesOfEvents_whenFollowedAndTheServerStartsAgain_thenItGoesOnAtTheCursor() {
        serve("/stream?wantedCollections=app.bsky.feed.post", "application/jsonl", String.join("\n", events()));
        assertFollowed(pull(Source.Kind.JETSTREAM, base + "/stream"));
        sources.close();
        sources = sources();
        asked.clear();
        pull(Source.Kind.JETSTREAM, base + "/stream");
        assertEquals(1, asked.size());
        assertTrue(asked.getFirst().contains("cursor=35000000"), asked::toString);
    }

    @Test
    void givenAJetstream_whenFollowed_thenEventsOfAllKindsAreTakenInTheirOrder() {
        var opened = new ArrayList<String>();
        var jetstream = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .addRouting(WsRouting.builder().endpoint("/subscribe", new WsListener() {
                    @Override
                    public void onOpen(WsSession session) {
                        opened.add("open");
                        events().forEach(e -> session.send(e, true));
                        session.close(1_000, "done");
                    }
                }))
                .build()
                .start();
        try {
            assertFollowed(pull(Source.Kind.JETSTREAM, "ws://127.0.0.1:" + jetstream.port() + "/subscribe"));
            assertEquals(List.of("open"), opened);
        } finally {
            jetstream.stop();
        }
    }
}
