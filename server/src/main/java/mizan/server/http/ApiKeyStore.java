package mizan.server.http;

import java.util.List;

/// Where API keys are kept across restarts.
public interface ApiKeyStore extends AutoCloseable {
    List<ApiKey> load();

    /// Adds a key, or replaces the one of the same hash; durable when it returns.
    void put(ApiKey key);

    @Override
    void close();
}
