package mizan.sim.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mizan.server.rating.KnownPost;
import mizan.server.rating.PostStore;

/// Posts in memory that outlive whoever wrote them.
public class MemoryPostStore implements PostStore {
    private List<KnownPost> versions = new ArrayList<>();
    private final Set<KnownPost> erased = new HashSet<>();

    @Override
    public synchronized void append(List<KnownPost> posts) {
        versions.addAll(posts);
    }

    @Override
    public synchronized Optional<KnownPost> find(String id) {
        return versions.reversed().stream()
                .filter(p -> p.id().equals(id))
                .findFirst()
                .filter(p -> !erased.contains(p));
    }

    @Override
    public synchronized Optional<KnownPost> opening(String commitment) {
        return versions.stream()
                .filter(p -> p.commitment().equals(commitment) && !erased.contains(p))
                .findFirst();
    }

    @Override
    public synchronized int erase(Collection<String> ids) {
        int found = 0;
        for (var id : new HashSet<>(ids)) {
            var gone = versions.stream()
                    .filter(p -> p.id().equals(id) && !erased.contains(p))
                    .toList();
            erased.addAll(gone);
            found += gone.isEmpty() ? 0 : 1;
        }
        return found;
    }

    @Override
    public synchronized int prune(Instant before, long newest) {
        int size = versions.size();
        var kept = versions.stream()
                .skip(Math.max(0, size - newest))
                .filter(p -> !p.takenAt().isBefore(before))
                .toList();
        versions = new ArrayList<>(kept);
        return size - kept.size();
    }

    @Override
    public void close() {}
}
