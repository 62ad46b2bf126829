package mizan.server.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import mizan.server.http.Refused;
import mizan.server.http.StrictJson;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class BrokenPostsTest {
    private static final String NOTE = "\"@context\":\"https://www.w3.org/ns/activitystreams\",\"type\":\"Note\"";
    private static final String TO_ALL = "\"to\":[\"as:Public\"]";

    @Test
    void givenABrokenObject_whenRead_thenTheFieldAndTheFaultAreNamed() {
        assertBroken("{" + NOTE + "," + TO_ALL + ",\"attributedTo\":\"a\"}", "/id required");
        assertBroken("{" + NOTE + ",\"id\":7," + TO_ALL + ",\"attributedTo\":\"a\"}", "/id wrong_type");
        assertBroken("{" + NOTE + ",\"id\":\"a b\"," + TO_ALL + ",\"attributedTo\":\"a\"}", "/id invalid_value");
        assertBroken(
                "{" + NOTE + ",\"id\":\"" + "x".repeat(501) + "\"," + TO_ALL + ",\"attributedTo\":\"a\"}",
                "/id too_long");
        assertBroken("{" + NOTE + ",\"id\":\"i\"," + TO_ALL + "}", "/attributedTo required");
        assertBroken("{" + NOTE + ",\"id\":\"i\"," + TO_ALL + ",\"attributedTo\":[{}]}", "/attributedTo invalid_value");
        assertBroken(
                "{" + NOTE + ",\"id\":\"i\"," + TO_ALL + ",\"attributedTo\":\"a\",\"content\":[\"x\"]}",
                "/content wrong_type");
        assertBroken("{\"@context\":\"x\",\"id\":\"i\"}", "/type required");
        assertBroken("{\"@context\":\"x\",\"type\":\"Create\",\"actor\":\"a\"}", "/object required");
        assertBroken(
                "{\"@context\":\"x\",\"type\":\"Create\",\"actor\":\"a\",\"object\":\"https://a.example/1\"}",
                "/object wrong_type");
        assertBroken("{\"@context\":\"x\",\"type\":\"Delete\",\"actor\":\"a\"}", "/object required");
        assertBroken("{\"@context\":\"x\",\"type\":\"Announce\",\"id\":\"i\",\"object\":\"o\"}", "/actor required");
        assertBroken(
                "{\"uri\":\"https://x.example\",\"record\":{\"$type\":\"app.bsky.feed.post\",\"text\":\"t\"}}",
                "/uri invalid_value");
        assertBroken(
                "{\"uri\":\"at://did:plc:a/app.bsky.feed.post/1\",\"record\":{\"$type\":\"app.bsky.feed.post\"}}",
                "/record/text required");
        assertBroken(
                "{\"uri\":\"at://did:plc:a/app.bsky.feed.post/1\",\"record\":{\"$type\":\"app.bsky.feed.post\",\"text\":\""
                        + "x".repeat(4_000) + "\"}}",
                "/record/text too_long");
        assertBroken("{\"version\":\"https://jsonfeed.org/version/1.1\"}", "/items required");
        assertBroken("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{}]}", "/items/0/authors required");
    }

    private static void assertBroken(String json, String expected) {
        var reading = PostReaders.read(PostFormat.JSON, json.getBytes(StandardCharsets.UTF_8))
                .getFirst();
        var errors = assertInstanceOf(Reading.Broken.class, reading, json).errors();
        assertTrue(
                errors.stream().anyMatch(e -> (e.param() + " " + e.code().text()).equals(expected)),
                () -> json + " " + errors);
    }

    @Test
    void givenAFeedThatIsNoFeed_whenRead_thenTheProblemSaysWhere() {
        for (var broken : Map.of(
                        "<rss><channel>",
                        "malformed_xml",
                        "<rss><channel><item><title>a & b</title></item></channel></rss>",
                        "malformed_xml",
                        "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss>&x;</rss>",
                        "malformed_xml",
                        "<html><body>no</body></html>",
                        "invalid_value",
                        "<d>".repeat(100) + "</d>".repeat(100),
                        "malformed_xml",
                        "",
                        "malformed_xml")
                .entrySet()) {
            var reading = PostReaders.read(PostFormat.FEED, broken.getKey().getBytes(StandardCharsets.UTF_8));
            var errors = assertInstanceOf(Reading.Broken.class, reading.getFirst(), broken.getKey())
                    .errors();
            assertEquals(broken.getValue(), errors.getFirst().code().text(), broken.getKey());
        }
    }

    @Test
    void givenAPostForSomeReadersOnly_whenRead_thenItIsKeptOutAndTheReasonIsPrecise() {
        for (var addressed : Map.of(
                        "\"to\":[\"https://a.example/u/followers\"]", Audience.FOLLOWERS,
                        "\"to\":[\"https://b.example/lina\"],\"cc\":[]", Audience.NAMED,
                        "\"to\":[]", Audience.NOBODY,
                        "\"name\":\"x\"", Audience.NOBODY,
                        "\"to\":[\"https://a.example/#Public\"]", Audience.NAMED,
                        "\"to\":[\"as:Public\"],\"directMessage\":true", Audience.NAMED)
                .entrySet()) {
            var json = "{" + NOTE + ",\"id\":\"i\",\"attributedTo\":\"a\",\"content\":\"secret\"," + addressed.getKey()
                    + "}";
            var reading = PostReaders.read(PostFormat.JSON, json.getBytes(StandardCharsets.UTF_8))
                    .getFirst();
            assertEquals(
                    addressed.getValue(),
                    assertInstanceOf(Reading.NotPublic.class, reading, json).audience());
        }
        for (var everybody : List.of(
                "\"https://www.w3.org/ns/activitystreams#Public\"",
                "\"as:Public\"",
                "\"Public\"",
                "[{\"id\":\"as:Public\"}]",
                "[\"https://a.example/u/followers\",\"Public\"]")) {
            for (var field : List.of("to", "cc")) {
                var json = "{" + NOTE + ",\"id\":\"i\",\"attributedTo\":\"a\",\"" + field + "\":" + everybody + "}";
                assertInstanceOf(
                        Reading.Post.class,
                        PostReaders.read(PostFormat.JSON, json.getBytes(StandardCharsets.UTF_8))
                                .getFirst(),
                        json);
            }
        }
    }

    @Test
    void givenWhatEndsAPost_whenRead_thenItIsGone() {
        for (var json : List.of(
                "{\"@context\":\"x\",\"type\":\"Delete\",\"actor\":\"a\",\"object\":\"https://a.example/1\"}",
                "{\"@context\":\"x\",\"type\":\"Delete\",\"actor\":\"a\",\"object\":{\"type\":\"Tombstone\",\"id\":\"https://a.example/1\"}}",
                "{\"@context\":\"x\",\"type\":\"Tombstone\",\"id\":\"https://a.example/1\",\"deleted\":\"2026-01-01T00:00:00Z\"}",
                "{\"@context\":\"x\",\"type\":\"Undo\",\"actor\":\"a\",\"object\":{\"type\":\"Announce\",\"id\":\"https://a.example/1\"}}")) {
            var reading = PostReaders.read(PostFormat.JSON, json.getBytes(StandardCharsets.UTF_8))
                    .getFirst();
            assertEquals(
                    "https://a.example/1",
                    assertInstanceOf(Reading.Gone.class, reading, json).id());
        }
        var event = "{\"did\":\"did:plc:a\",\"time_us\":1725911162329308,\"kind\":\"commit\",\"commit\":"
                + "{\"operation\":\"delete\",\"collection\":\"app.bsky.feed.post\",\"rkey\":\"3\"}}";
        var reading = PostReaders.read(PostFormat.JSON, event.getBytes(StandardCharsets.UTF_8))
                .getFirst();
        assertEquals(
                "at://did:plc:a/app.bsky.feed.post/3",
                assertInstanceOf(Reading.Gone.class, reading).id());
    }

    @Test
    void givenAPostThatIsUnpinned_whenRead_thenItIsNotTakenForDeleted() {
        var unpin =
                "{\"@context\":\"x\",\"type\":\"Remove\",\"actor\":\"a\",\"object\":\"https://a.example/1\",\"target\":\"t\"}";
        assertInstanceOf(
                Reading.NoPost.class,
                PostReaders.read(PostFormat.JSON, unpin.getBytes(StandardCharsets.UTF_8))
                        .getFirst());
    }

    @Test
    void givenHtmlMadeToExplode_whenRead_thenItsWordsComeOut() {
        for (var tags : List.of(
                "<div>".repeat(12_000),
                "<b>".repeat(20_000),
                "<table><tr><td>".repeat(4_000),
                "<!--".repeat(9_000) + "-->",
                "<a href=\"https://a.example/" + "x".repeat(5_000) + "\">",
                "<p ".repeat(9_000) + ">",
                "&".repeat(60_000))) {
            assertTrue(HtmlText.of(tags + " calm sea").text().contains("calm sea"), tags.substring(0, 5));
        }
        var read = HtmlText.of("a<br>b<script>c</script><p>d<style>e</style></p><template>f</template>g &lt;h&gt;");
        assertEquals("a\nb\nd\ng <h>", read.text());
    }

    /// Every value of every sample is replaced by what does not belong there, or dropped: the readers always
    /// answer, and never with a failure.
    @Test
    void givenRealPostsWithAnythingWrong_whenRead_thenTheyAreReadOrRefusedAndNothingBreaks() throws IOException {
        var folder = Path.of("src/test/resources/mizan/server/reading");
        List<Path> files;
        try (var listed = Files.list(folder)) {
            files = listed.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
        int read = 0;
        for (long seed = 0; seed < 4_000; seed++) {
            var random = new SplittableRandom(seed);
            var json = StrictJson.value(Files.readAllBytes(files.get(random.nextInt(files.size()))));
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                harm(json, random);
            }
            try {
                read += PostReaders.read(PostFormat.JSON, StrictJson.bytes(json))
                        .size();
            } catch (Refused refused) {
                assertTrue(refused.problem().code().status() < 500, "seed " + seed); // too deep or long for any JSON
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " " + json, e);
            }
        }
        assertTrue(read > 3_000, "only " + read + " were recognised");
    }

    private static void harm(JsonNode root, SplittableRandom random) {
        var places = new ArrayList<JsonNode>();
        places.add(root);
        for (int i = 0; i < places.size(); i++) {
            places.get(i).forEach(n -> {
                if (n.isContainer() && !n.isEmpty()) {
                    places.add(n);
                }
            });
        }
        var make = JsonNodeFactory.instance;
        var values = List.<JsonNode>of(
                make.nullNode(),
                make.numberNode(-1),
                make.booleanNode(true),
                make.stringNode(""),
                make.stringNode("<p>".repeat(3_000)),
                make.stringNode("\u0000\u202Ex"),
                make.arrayNode(),
                make.objectNode(),
                make.arrayNode().add(make.nullNode()),
                make.objectNode().put("id", 3),
                make.stringNode("x".repeat(60_000)));
        var value = values.get(random.nextInt(values.size()));
        switch (places.get(random.nextInt(places.size()))) {
            case ObjectNode object -> {
                var names = List.copyOf(object.propertyNames());
                object.set(names.get(random.nextInt(names.size())), value);
            }
            case ArrayNode array -> array.set(random.nextInt(array.size()), value);
            default -> throw new IllegalStateException("only containers were collected");
        }
    }
}
