package mizan.server.reconciliation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where comparisons are kept.
public interface ReconciliationStore extends AutoCloseable {
    /// Durable when it returns.
    void put(Kept kept);

    Optional<Kept> find(String id);

    /// Newest first.
    ///
    /// @param advertiser whose; empty for everybody's
    List<Kept> newest(Optional<String> advertiser, int limit);

    /// How many of an advertiser's were made since a moment.
    long since(String advertiser, Instant moment);

    @Override
    void close();

    /// Keeps nothing.
    ReconciliationStore NONE = new ReconciliationStore() {
        @Override
        public void put(Kept kept) {
            throw new UnsupportedOperationException("nothing is kept here");
        }

        @Override
        public Optional<Kept> find(String id) {
            return Optional.empty();
        }

        @Override
        public List<Kept> newest(Optional<String> advertiser, int limit) {
            return List.of();
        }

        @Override
        public long since(String advertiser, Instant moment) {
            return 0;
        }

        @Override
        public void close() {}
    };
}
