package mizan.server.findings;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mizan.core.receipt.ImpressionId;

/// Where it is kept which decisions placed ads beside which posts, and what was found.
public interface FindingsStore extends AutoCloseable {
    /// Up to where the journal has been read.
    long position();

    /// Decisions that showed ads whose terms judged this post. All of a batch together: written one by one,
    /// they took an eighth of the CPU time of serving.
    ///
    /// @param positions of theirs in the journal, growing
    /// @param last the moment of the latest of them
    record Beside(String post, List<Long> positions, Instant last) {
        public Beside {
            positions = List.copyOf(positions);
        }
    }

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

    /// Where the decisions stand that showed ads beside this post at or after a moment, growing. A few that are
    /// older may be among them: those that were written down together with a younger one.
    List<Long> beside(String post, Instant since);

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

    /// Forgets decisions and changes from before a moment. Findings stay.
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
        public List<Long> beside(String post, Instant since) {
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
