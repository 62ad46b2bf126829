package mizan.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import mizan.server.http.StrictJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells a running server where to pull posts from, and shows what the first pull brought.
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        description =
                "Pull posts from an actor, a feed or a stream into a running server. MIZAN_KEY is a key with posts:write.")
final class ConnectCommand implements Callable<Integer> {
    private enum Kind {
        ACTIVITYPUB,
        RSS,
        JETSTREAM;

        /// As the API calls it.
        String text() {
            return this == RSS ? "FEED" : name();
        }
    }

    @Parameters(index = "0", description = "activitypub, rss (also Atom and JSON Feed) or jetstream")
    private String kind = "";

    @Parameters(index = "1", description = "the address: an actor or outbox, a feed, or a stream (wss or https)")
    private URI address = URI.create("");

    @Option(
            names = "--server",
            defaultValue = "http://127.0.0.1:8080",
            description = "the running server (${DEFAULT-VALUE})")
    private URI server = URI.create("");

    @Override
    public Integer call() throws IOException, InterruptedException {
        var key = System.getenv("MIZAN_KEY");
        Kind wanted;
        try {
            wanted = Kind.valueOf(kind.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            System.err.println("mizan: connect activitypub, rss or jetstream, not " + kind + ". See --help.");
            return Main.USAGE;
        }
        if (key == null || key.isBlank()) {
            System.err.println("mizan: MIZAN_KEY is not set. Next: set it to an API key with posts:write.");
            return Main.USAGE;
        }
        var draft =
                JsonNodeFactory.instance.objectNode().put("kind", wanted.text()).put("url", address.toString());
        try (var client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            var source = send(client, key, "/v1/sources", draft.toString());
            if (wanted != Kind.JETSTREAM) {
                source = send(client, key, "/v1/sources/" + source.path("id").stringValue() + "/pull", "");
            }
            System.out.println(source.path("id").stringValue() + "  " + address);
            System.out.println("  kept " + source.path("kept").asLong() + ", erased "
                    + source.path("erased").asLong() + ", refused "
                    + source.path("refused").asLong());
            if (source.has("trouble")) {
                System.out.println("  trouble: " + source.path("trouble").stringValue() + "; it is tried again at "
                        + source.path("next_at").stringValue());
                return Main.PROBLEM;
            }
            System.out.println("Next: GET /v1/sources shows how far it is read.");
            return 0;
        }
    }

    private ObjectNode send(HttpClient client, String key, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofMinutes(5))
                .header("authorization", "Bearer " + key)
                .POST(body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        var answer = client.send(
                (body.isEmpty() ? request : request.header("content-type", "application/json")).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        var json = StrictJson.object(answer.body());
        if (answer.statusCode() >= 300) {
            throw new IOException(json.path("title").asString("refused") + ": "
                    + json.path("detail").asString(Integer.toString(answer.statusCode())));
        }
        return json;
    }
}
