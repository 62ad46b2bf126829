package mizan.server.findings;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mizan.core.receipt.ImpressionId;

/// Where it is kept which ads stood beside which posts, and what was found.
public interface FindingsStore extends AutoCloseable {
    /// Up to where the journal has been read.
    long position();

    /// An ad whose terms judged this post.
    ///
    /// @param position of its decision in the journal
    record Beside(String post, ImpressionId impression, long position, Instant servedAt) {}

    /// The latest change of a post, by its place in the journal.
    record Changed(String post, long position, Instant at) {}

    /// What was read from one position up to another.
    ///
    /// @param findings new ones, and those that have been credited since, whole
    record Batch(long from, long to, List<Beside> served, List<Changed> changes, List<Finding> findings) {
        public Batch {
            served = List.copyOf(served);
            changes = List.copyOf(changes);
            findings = List.copyOf(findings);
        }
    }

    /// Writes a batch in one transaction; durable when it returns.
    ///
    /// @throws IllegalStateException changing nothing, when `from` is not the stored position
    void commit(Batch batch);

    /// The ads beside this post that were served at or after a moment.
    List<Beside> beside(String post, Instant since);

    /// The newest changes, newest first.
    List<Changed> newestChanges(int limit);

    Optional<Finding> finding(ImpressionId impression);

    /// Findings whose ad has not been charged yet.
    List<Finding> open();

    /// A finding and its number; numbers grow.
    record Numbered(long number, Finding finding) {}

    /// Newest first.
    ///
    /// @param advertiser whose; empty for everybody's
    /// @param below numbers below this one
    List<Numbered> newest(Optional<String> advertiser, long below, int limit);

    /// Forgets ads and changes from before a moment. Findings stay.
    void prune(Instant before);

    @Override
    void close();

    /// Remembers nothing, finds nothing.
    FindingsStore NONE = new FindingsStore() {
        @Override
        public long position() {
            return Long.MAX_VALUE;
        }

        @Override
        public void commit(Batch batch) {}

        @Override
        public List<Beside> beside(String post, Instant since) {
            return List.of();
        }

        @Override
        public List<Changed> newestChanges(int limit) {
            return List.of();
        }

        @Override
        public Optional<Finding> finding(ImpressionId impression) {
            return Optional.empty();
        }

        @Override
        public List<Finding> open() {
            return List.of();
        }

        @Override
        public List<Numbered> newest(Optional<String> advertiser, long below, int limit) {
            return List.of();
        }

        @Override
        public void prune(Instant before) {}

        @Override
        public void close() {}
    };
}
