package mizan.verifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A log that asks its readers to be slower.
final class HttpFilesTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Long> waited = new ArrayList<>();

    private byte[] checkpoint(int refusals) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/log/checkpoint", exchange -> {
            try (exchange) {
                boolean refused = asked.incrementAndGet() <= refusals;
                exchange.getResponseHeaders().set("Retry-After", "7");
                exchange.sendResponseHeaders(refused ? 429 : 200, 2);
                exchange.getResponseBody().write(new byte[] {'o', 'k'});
            }
        });
        server.start();
        try (var files = new HttpFiles("http://127.0.0.1:" + server.getAddress().getPort() + "/log", waited::add)) {
            return files.read("checkpoint").orElseThrow();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void givenALogThatIsAskedTooMuch_whenItSaysHowLongToWait_thenTheFileIsReadAfterwards() throws IOException {
        assertArrayEquals(new byte[] {'o', 'k'}, checkpoint(2));
        assertEquals(List.of(7L, 7L), waited);
    }

    @Test
    void givenAnAddressWhereNobodyListens_whenItIsAsked_thenThatIsSaid() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (var files = new HttpFiles("http://127.0.0.1:" + port + "/log")) {
            var why = assertThrows(IOException.class, () -> files.read("checkpoint"));
            assertEquals("nobody answers at http://127.0.0.1:" + port + "/log/", why.getMessage());
        }
    }

    @Test
    void givenALogThatNeverAnswers_whenItWasAskedOftenEnough_thenThatIsSaid() {
        assertThrows(IOException.class, () -> checkpoint(1_000));
        assertEquals(20, asked.get());
    }
}
