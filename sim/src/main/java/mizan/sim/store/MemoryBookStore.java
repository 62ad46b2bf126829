package mizan.sim.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mizan.server.booking.BookStore;
import mizan.server.booking.Change;

/// A book in memory that outlives whoever wrote it.
public final class MemoryBookStore implements BookStore {
    private final List<Change> versions = new ArrayList<>();

    @Override
    public void append(List<Change> changes) {
        versions.addAll(changes);
    }

    @Override
    public void read(long upToRevision, Consumer<Change> reader) {
        versions.stream().filter(c -> c.revision() <= upToRevision).forEach(reader);
    }

    @Override
    public List<Change> history(String id, int limit) {
        return versions.reversed().stream()
                .filter(c -> c.id().equals(id))
                .limit(limit)
                .toList();
    }

    @Override
    public void close() {}
}
