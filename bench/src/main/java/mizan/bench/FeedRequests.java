package mizan.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import mizan.server.http.StrictJson;
import mizan.server.rating.IncomingPost;
import mizan.sim.story.Marsa;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The decision requests of a run, as the bytes that go over the wire: pages of 20 posts, each for a reader
/// of its own, because one reader would soon have met every frequency cap.
final class FeedRequests {
    static final String KEY = "mz_test_bench";
    static final int POSTS = 400;
    private static final int PAGE = 20;

    private final SplittableRandom random = new SplittableRandom(7);
    private final List<IncomingPost> arabic;

    FeedRequests() {
        var arabicOnly = new ArrayList<IncomingPost>();
        var marsa = new Marsa(new SplittableRandom(3));
        while (arabicOnly.size() < 200) {
            var post = marsa.write(0);
            if (post.content().text().orElse("").codePoints().anyMatch(c -> c >= 0x600 && c < 0x700)) {
                arabicOnly.add(post);
            }
        }
        arabic = List.copyOf(arabicOnly);
    }

    /// The id of a post that the platform sent before.
    static String post(int number) {
        return "post_" + number;
    }

    static byte[] get(String path) {
        return Connection.ascii("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    }

    /// @param inline how many of the 20 posts are Arabic and sent along
    List<byte[]> decisions(int count, int inline) {
        var requests = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            requests.add(request("/v1/decisions", "Authorization: Bearer " + KEY, StrictJson.bytes(body(i, inline))));
        }
        return requests;
    }

    /// What a reader's browser reports of the ads with these tokens.
    static byte[] events(String kind, List<String> tokens) {
        var root = JsonNodeFactory.instance.objectNode();
        var events = root.putArray("events");
        tokens.forEach(token -> events.addObject().put("kind", kind).put("token", token));
        return request(
                "/v1/events",
                "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                StrictJson.bytes(root));
    }

    private static byte[] request(String path, String header, byte[] body) {
        var head = Connection.ascii("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n");
        var request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private ObjectNode body(int reader, int inline) {
        var root = JsonNodeFactory.instance.objectNode().put("placement", "home");
        var viewer = root.putObject("viewer")
                .put("key", "reader_" + reader)
                .put("country", BenchBook.COUNTRIES.get(random.nextInt(BenchBook.COUNTRIES.size())))
                .put("language", random.nextInt(10) < 6 ? "ar" : "en")
                .put("device", random.nextInt(4) == 0 ? "desktop" : "phone")
                .put("personalised", true);
        var interests = viewer.putArray("interests");
        for (int i = random.nextInt(3); i < BenchBook.INTERESTS.size(); i += 3) {
            interests.add(BenchBook.INTERESTS.get(i));
        }
        var posts = root.putArray("posts");
        for (int i = 0; i < PAGE - inline; i++) {
            posts.add(post(random.nextInt(POSTS)));
        }
        for (int i = 0; i < inline; i++) {
            int number = random.nextInt(arabic.size());
            var post = arabic.get(number);
            posts.addObject()
                    .put("id", "inline_" + number)
                    .put("author", post.authors().getFirst())
                    .put("text", post.content().text().orElseThrow());
        }
        return root;
    }
}
