package mizan.verifier;

import java.io.IOException;
import java.net.ConnectException;
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
    /// How often one file is asked for when the log says that it is asked too much, and the longest that is waited.
    private static final int MOST_TRIES = 20;

    private static final long MOST_SECONDS = 60;

    private final URI prefix;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final Pause pause;

    /// Lets time pass.
    interface Pause {
        void seconds(long seconds) throws InterruptedException;
    }

    /// @param prefix of the log's files; a `/` at its end is added
    HttpFiles(String prefix) {
        this(prefix, seconds -> Thread.sleep(Duration.ofSeconds(seconds)));
    }

    HttpFiles(String prefix, Pause pause) {
        this.pause = pause;
        this.prefix = URI.create(prefix.endsWith("/") ? prefix : prefix + "/");
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        var request =
                HttpRequest.newBuilder(prefix.resolve(name)).timeout(PATIENCE).build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            for (int tries = 1; answer.statusCode() == 429 && tries < MOST_TRIES; tries++) {
                answer.body().close();
                pause.seconds(retryAfter(answer));
                answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            }
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
        } catch (ConnectException e) {
            throw new IOException("nobody answers at " + prefix, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static long retryAfter(HttpResponse<?> answer) {
        var seconds = answer.headers().firstValue("retry-after").orElse("");
        return seconds.matches("[0-9]{1,5}") ? Math.clamp(Long.parseLong(seconds), 1, MOST_SECONDS) : 1;
    }

    @Override
    public void close() {
        client.close();
    }
}
