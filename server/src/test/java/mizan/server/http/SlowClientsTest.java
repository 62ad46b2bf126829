package mizan.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Connections that hold on without giving or taking anything, beside honest ones.
@Timeout(60)
class SlowClientsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final byte[] LARGE = new byte[64 << 20];
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicBoolean disturbed = new AtomicBoolean();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Edge edge = edge();
    private final List<Socket> held = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        released.countDown();
        for (var socket : held) {
            socket.close();
        }
        client.close();
        edge.close();
    }

    @Test
    void givenHeadersThatComeByDrops_whenPatienceEnds_thenTheyAreCutAndOthersAreAnswered() throws Exception {
        holdEach("GET /quick HTTP/1.1\r\nHost: a\r\nX: ");
        assertHonestAreAnsweredWhileDropsComeUntilAllAreCut();
    }

    @Test
    void givenBodiesThatComeByDrops_whenPatienceEnds_thenTheyAreCutAndOthersAreAnswered() throws Exception {
        holdEach("POST /take HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n");
        assertHonestAreAnsweredWhileDropsComeUntilAllAreCut();
    }

    @Test
    void givenConnectionsThatSayNothing_whenPatienceEnds_thenTheyAreCut() throws Exception {
        holdEach("");
        for (var socket : held) {
            assertTrue(isCut(socket));
        }
    }

    @Test
    void givenReadersWhoTakeNothing_whenPatienceEnds_thenTheyAreCutInTheMiddleOfTheAnswer() throws Exception {
        for (int i = 0; i < 3; i++) {
            var socket = held("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            Thread.sleep(3 * PATIENCE.toMillis()); // it reads nothing for so long
            long read = 0;
            try {
                read = socket.getInputStream().readAllBytes().length;
            } catch (IOException _) {
                // Cut, and what the system had kept for it is thrown away.
            }
            assertTrue(read < LARGE.length, "all of it was sent");
        }
        assertEquals(200, get("/quick"));
    }

    @Test
    void givenAReaderWhoTakesALongAnswerSlowly_whenPiecesGo_thenItIsNotCut() throws Exception {
        var socket = held("GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        long read = 0;
        var in = socket.getInputStream();
        for (var piece = in.readNBytes(4 << 20); piece.length > 0; piece = in.readNBytes(4 << 20)) {
            read += piece.length;
            Thread.sleep(PATIENCE.toMillis() / 8); // 16 times: twice as long as patience in all
        }
        assertTrue(read > LARGE.length && read < LARGE.length + 2_000, read + " bytes, headers included");
    }

    @Test
    void givenAHandlerThatTakesLongerThanPatience_whenItIsDone_thenItWasNotDisturbedAndIsAnswered() throws Exception {
        var socket = held("GET /long HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        begun.await();
        Thread.sleep(3 * PATIENCE.toMillis());
        released.countDown();
        var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        assertTrue(!disturbed.get(), "the handler was interrupted");
    }

    private Edge edge() {
        var routes = List.of(
                Route.get("/quick", "quick", _ -> Answer.empty(200)).everybody().in(Traffic.DECISIONS),
                Route.post("/take", "take", _ -> Answer.empty(200)).everybody(),
                Route.get("/large", "large", _ -> Answer.bytes(200, "application/octet-stream", LARGE))
                        .everybody(),
                Route.get("/long", "long", _ -> waited()).everybody().in(Traffic.DECISIONS));
        var time = InstantSource.system();
        return new Edge(
                new Edge.Door("127.0.0.1", 0, Proxies.HERE, PATIENCE, 2),
                routes,
                new ApiKeys(),
                Reception.NONE,
                new RememberedAnswers(),
                Watch.NOBODY,
                Map.of(),
                time,
                new Ids(time, new SplittableRandom(1)));
    }

    private Answer waited() {
        begun.countDown();
        try {
            released.await();
        } catch (InterruptedException _) {
            disturbed.set(true);
        }
        return Answer.empty(200);
    }

    private void holdEach(String beginning) throws IOException {
        for (int i = 0; i < 50; i++) {
            held(beginning);
        }
    }

    private Socket held(String beginning) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), edge.port());
        socket.setSoTimeout((int) MOST.toMillis());
        socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
        held.add(socket);
        return socket;
    }

    private void assertHonestAreAnsweredWhileDropsComeUntilAllAreCut() throws Exception {
        var dripping = new ArrayList<>(held);
        while (!dripping.isEmpty()) {
            assertEquals(200, get("/quick"));
            dripping.removeIf(socket -> !drips(socket));
            Thread.sleep(20);
        }
        for (var socket : held) {
            assertTrue(isCut(socket));
        }
    }

    private static boolean drips(Socket socket) {
        try {
            socket.getOutputStream().write('a');
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean isCut(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (java.net.SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    private int get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
