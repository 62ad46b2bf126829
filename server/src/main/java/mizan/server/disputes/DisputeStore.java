package mizan.server.disputes;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import mizan.core.receipt.ImpressionId;

/// Where disputes are kept, with what each of them credits.
public interface DisputeStore extends AutoCloseable {
    /// One showing that a dispute credits.
    ///
    /// @param credited what the ledger took: the price, or 0 when the showing had been credited before; absent
    ///     until the ledger was asked
    record Credit(ImpressionId impression, long micros, OptionalLong credited) {}

    /// Writes a dispute as it is now and what it is to credit, in one transaction; durable when it returns.
    void put(Dispute dispute, List<Credit> credits);

    /// Notes what the ledger took.
    void settled(String dispute, List<Credit> credits);

    Optional<Dispute> find(String id);

    /// Its credits in the order of their showings, after one of them.
    List<Credit> credits(String dispute, String after, int limit);

    /// What the ledger has not been asked yet, in the order of their showings.
    List<Credit> pending(String dispute, int limit);

    /// Disputes with something pending.
    List<Dispute> unsettled();

    /// What the ledger took for a dispute.
    Credited credited(String dispute);

    record Credited(long showings, long micros) {}

    record Numbered(long number, Dispute dispute) {}

    /// Newest first.
    ///
    /// @param advertiser whose; empty for everybody's
    /// @param below numbers below this one
    List<Numbered> newest(Optional<String> advertiser, Optional<Dispute.State> state, long below, int limit);

    @Override
    void close();

    /// Keeps nothing: a simulation without disputes.
    DisputeStore NONE = new DisputeStore() {
        @Override
        public void put(Dispute dispute, List<Credit> credits) {
            throw new UnsupportedOperationException("nothing is kept here");
        }

        @Override
        public void settled(String dispute, List<Credit> credits) {}

        @Override
        public Optional<Dispute> find(String id) {
            return Optional.empty();
        }

        @Override
        public List<Credit> credits(String dispute, String after, int limit) {
            return List.of();
        }

        @Override
        public List<Credit> pending(String dispute, int limit) {
            return List.of();
        }

        @Override
        public List<Dispute> unsettled() {
            return List.of();
        }

        @Override
        public Credited credited(String dispute) {
            return new Credited(0, 0);
        }

        @Override
        public List<Numbered> newest(
                Optional<String> advertiser, Optional<Dispute.State> state, long below, int limit) {
            return List.of();
        }

        @Override
        public void close() {}
    };
}
