package mizan.server.booking;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Where versions are kept, append-only.
public interface BookStore extends AutoCloseable {
    /// Appends versions in one transaction; durable when it returns. Revisions follow each other without a
    /// gap.
    void append(List<Change> changes);

    /// Every version after one revision up to another, oldest first.
    void read(long after, long upTo, Consumer<Change> reader);

    /// One thing as it was.
    ///
    /// @param version empty when it was not booked yet
    /// @param count how many versions it had
    record Past(Kind kind, String id, Optional<Change> version, int count) {}

    /// Every thing that has a version after one revision up to another, as it was at the former.
    void readPast(long revision, long changedUpTo, Consumer<Past> reader);

    /// The versions of one thing, newest first.
    List<Change> history(String id, int limit);

    /// A whole book in a form that is quick to read, so that a start need not read the history. A saving of
    /// time only: it may be absent or old, and is not believed without a check against the history.
    ///
    /// @param bytes see [BookImage]
    @SuppressWarnings("ArrayRecordComponent") // Passed on as it is.
    record Image(long revision, byte[] bytes) {}

    /// The newest image.
    Optional<Image> image();

    /// Keeps an image in place of the one before.
    void keep(Image image);

    @Override
    void close();
}
