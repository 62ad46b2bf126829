package mizan.server.booking;

import java.util.List;
import java.util.function.Consumer;

/// Where versions are kept, append-only.
public interface BookStore extends AutoCloseable {
    /// Appends versions in one transaction; durable when it returns. Revisions follow each other without a
    /// gap.
    void append(List<Change> changes);

    /// Every version up to a revision, oldest first.
    void read(long upToRevision, Consumer<Change> reader);

    /// The versions of one thing, newest first.
    List<Change> history(String id, int limit);

    @Override
    void close();
}
