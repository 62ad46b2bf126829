package mizan.server.serve;

import java.util.Map;
import mizan.core.pacing.HourlyRate;
import mizan.core.pacing.PaceState;

/// Where the pace is kept, so that a restart does not begin from nothing. Losing it costs an hour of learning,
/// never money.
public interface PaceStore extends AutoCloseable {
    Kept load();

    /// Adds or replaces; what is not named stays.
    void save(Kept changed);

    @Override
    void close();

    /// @param levels by the name of the budget, such as `cmp_.../day`
    /// @param traffic by what it is about: `feeds`, or the id of a campaign
    record Kept(Map<String, PaceState> levels, Map<String, HourlyRate> traffic) {
        public Kept {
            levels = Map.copyOf(levels);
            traffic = Map.copyOf(traffic);
        }
    }

    /// Keeps nothing.
    PaceStore NONE = new PaceStore() {
        @Override
        public Kept load() {
            return new Kept(Map.of(), Map.of());
        }

        @Override
        public void save(Kept changed) {}

        @Override
        public void close() {}
    };
}
