package mizan.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A server that was closed, in a process that lives on: in tests, and in programs that hold one inside.
class ClosedServerTest {
    @Test
    void givenAServerThatAnswered_whenItIsClosed_thenNothingHoldsWhatItReferredTo() throws Exception {
        var answered = answeredAndClosed();
        for (int i = 0; i < 50 && !answered.refersTo(null); i++) {
            System.gc();
        }
        assertTrue(answered.refersTo(null), "something that outlives a closed server refers to it");
    }

    private static WeakReference<Edge> answeredAndClosed() throws IOException, InterruptedException {
        var time = InstantSource.system();
        try (var edge = new Edge(
                        Edge.Door.at("127.0.0.1", 0, Proxies.HERE),
                        List.of(Route.get("/quick", "quick", _ -> Answer.empty(204))
                                .everybody()),
                        new ApiKeys(),
                        Reception.NONE,
                        new RememberedAnswers(),
                        Watch.NOBODY,
                        Map.of(),
                        time,
                        new Ids(time, new SplittableRandom(1)));
                var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + "/quick"))
                    .build();
            assertEquals(
                    204,
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
            return new WeakReference<>(edge);
        }
    }
}
