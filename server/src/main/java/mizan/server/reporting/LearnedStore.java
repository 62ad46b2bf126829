package mizan.server.reporting;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where what was learned from the journal is kept: sketches of reach, and models of clicks. All of it could be learned
/// again; keeping it saves the time, and the days before those that are read again after a start.
public interface LearnedStore extends AutoCloseable {
    /// Up to where in the journal reach was learned; 0 in the beginning.
    long reachPosition();

    /// Keeps whole days in place of what was kept of them, and the position, in one transaction.
    void keepReach(long position, List<Day> days);

    Optional<Day> reach(String campaign, long day);

    /// The days of a campaign within `[fromDay, toDay)`.
    List<Day> reach(String campaign, long fromDay, long toDay);

    /// One campaign on one day since 1970 (UTC).
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Day(String campaign, long day, byte[] viewers, byte[] frequencies) {}

    /// The newest model whose checksum is right.
    Optional<Model> newestModel();

    /// Keeps a model as the next version; the last three stay.
    void keepModel(long position, Instant at, byte[] body);

    /// @param position up to where in the journal it was learned
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Model(long version, long position, Instant at, byte[] body) {}

    @Override
    void close();

    /// Keeps nothing: each start learns the last days anew.
    static LearnedStore none() {
        return new LearnedStore() {
            @Override
            public long reachPosition() {
                return 0;
            }

            @Override
            public void keepReach(long position, List<Day> days) {}

            @Override
            public Optional<Day> reach(String campaign, long day) {
                return Optional.empty();
            }

            @Override
            public List<Day> reach(String campaign, long fromDay, long toDay) {
                return List.of();
            }

            @Override
            public Optional<Model> newestModel() {
                return Optional.empty();
            }

            @Override
            public void keepModel(long position, Instant at, byte[] body) {}

            @Override
            public void close() {}
        };
    }
}
