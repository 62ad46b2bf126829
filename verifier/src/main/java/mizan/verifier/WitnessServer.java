package mizan.verifier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// A witness behind HTTP: `POST /add-checkpoint`.
public final class WitnessServer implements AutoCloseable {
    private static final int MOST_BYTES = 256 << 10;
    private final HttpServer server;

    /// @param port 0 for any free one
    public WitnessServer(Witness witness, String host, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/add-checkpoint", exchange -> answer(witness, exchange));
        server.start();
    }

    private static void answer(Witness witness, HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
            var answer = !exchange.getRequestMethod().equals("POST")
                    ? new Witness.Answer(405, "text/plain", "POST a checkpoint\n")
                    : body.length > MOST_BYTES
                            ? new Witness.Answer(413, "text/plain", "too large\n")
                            : witness.addCheckpoint(body);
            var text = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), text.length);
            exchange.getResponseBody().write(text);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
