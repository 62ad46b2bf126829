package mizan.server.reading.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is meant for one server, when that server points to another.
class OutboundTest {
    private static final String SECRET = "Bearer meant-for-one";
    private final Outbound outbound = Outbound.alsoPrivate(InstantSource.system());
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private HttpServer one;
    private HttpServer other;

    @BeforeEach
    void start() throws IOException {
        other = server("other");
        one = server("one");
    }

    @AfterEach
    void stop() {
        one.stop(0);
        other.stop(0);
    }

    /// Answers at `/here`; points to its own `/here` from `/near`, and to the other's from `/far`.
    private HttpServer server(String name) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            heard.add(name + " " + exchange.getRequestHeaders().getFirst("authorization"));
            var to = Map.of("/near", "/here", "/far", other == null ? "" : at(other, "/here"))
                    .get(exchange.getRequestURI().getPath());
            if (to != null) {
                exchange.getResponseHeaders().add("location", to);
            }
            exchange.sendResponseHeaders(to == null ? 200 : 302, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String at(HttpServer server, String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Test
    void givenAPasswordForOneServer_whenItPointsToAnother_thenTheOtherIsNotTold() throws Exception {
        outbound.get(URI.create(at(one, "/far")), Map.of("authorization", SECRET, "accept", "*/*"));
        assertEquals(List.of("one " + SECRET, "other null"), heard);
    }

    @Test
    void givenAPasswordForOneServer_whenItPointsToItself_thenItIsToldAgain() throws Exception {
        outbound.get(URI.create(at(one, "/near")), Map.of("authorization", SECRET, "accept", "*/*"));
        assertEquals(List.of("one " + SECRET, "one " + SECRET), heard);
    }
}
