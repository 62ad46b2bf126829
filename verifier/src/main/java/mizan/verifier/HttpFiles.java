package mizan.verifier;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// A log at its web address.
final class HttpFiles implements Source {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 32 << 20;

    private final URI prefix;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /// @param prefix of the log's files; a `/` at its end is added
    HttpFiles(String prefix) {
        this.prefix = URI.create(prefix.endsWith("/") ? prefix : prefix + "/");
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        var request =
                HttpRequest.newBuilder(prefix.resolve(name)).timeout(PATIENCE).build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                return switch (answer.statusCode()) {
                    case 200 -> {
                        var bytes = body.readNBytes(MOST_BYTES + 1);
                        if (bytes.length > MOST_BYTES) {
                            throw new IOException(name + " is larger than " + MOST_BYTES + " bytes");
                        }
                        yield Optional.of(bytes);
                    }
                    case 404, 410 -> Optional.empty();
                    default -> throw new IOException(prefix.resolve(name) + " answered " + answer.statusCode());
                };
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
