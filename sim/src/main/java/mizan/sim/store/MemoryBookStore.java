package mizan.sim.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mizan.server.booking.BookStore;
import mizan.server.booking.Change;
import mizan.server.booking.Kind;

/// A book in memory that outlives whoever wrote it.
public final class MemoryBookStore implements BookStore {
    private final List<Change> versions = new ArrayList<>();
    private Optional<Image> image = Optional.empty();

    @Override
    public void append(List<Change> changes) {
        versions.addAll(changes);
    }

    @Override
    public void read(long after, long upTo, Consumer<Change> reader) {
        versions.stream()
                .filter(c -> c.revision() > after && c.revision() <= upTo)
                .forEach(reader);
    }

    @Override
    public void readPast(long revision, long changedUpTo, Consumer<Past> reader) {
        var touched = new LinkedHashMap<String, Kind>();
        read(revision, changedUpTo, c -> touched.put(c.id(), c.kind()));
        touched.forEach((id, kind) -> {
            var before = versions.stream()
                    .filter(c -> c.id().equals(id) && c.revision() <= revision)
                    .toList();
            var last = before.isEmpty() ? Optional.<Change>empty() : Optional.of(before.getLast());
            reader.accept(new Past(kind, id, last, before.size()));
        });
    }

    @Override
    public List<Change> history(String id, int limit) {
        return versions.reversed().stream()
                .filter(c -> c.id().equals(id))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Image> image() {
        return image;
    }

    @Override
    public void keep(Image newest) {
        image = Optional.of(newest);
    }

    @Override
    public void close() {}
}
