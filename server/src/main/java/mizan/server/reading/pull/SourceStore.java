package mizan.server.reading.pull;

import java.util.List;

/// Where sources and how far they were read are kept across restarts.
public interface SourceStore extends AutoCloseable {
    /// A source and how far it was read.
    record Known(Source source, Progress progress) {}

    List<Known> all();

    /// Adds a source, or takes note of its progress; durable when it returns.
    void put(Known known);

    void remove(String id);

    @Override
    void close();

    /// Keeps nothing: after a restart there are no sources.
    static SourceStore none() {
        return new SourceStore() {
            @Override
            public List<Known> all() {
                return List.of();
            }

            @Override
            public void put(Known known) {}

            @Override
            public void remove(String id) {}

            @Override
            public void close() {}
        };
    }
}
