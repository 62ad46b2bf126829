package mizan.sim.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Ratings.Question;
import mizan.server.rating.KnownPost;
import mizan.server.rating.PostStore;

/// Posts in memory that outlive whoever wrote them.
public class MemoryPostStore implements PostStore {
    private List<KnownPost> versions = new ArrayList<>();
    private final Set<KnownPost> erased = new HashSet<>();
    private final Map<String, Open> open = new LinkedHashMap<>();

    @Override
    public synchronized void append(List<KnownPost> posts) {
        for (var post : posts) {
            versions.add(post);
            ask(post, post.ratings().question(), Optional.empty());
        }
    }

    private void ask(KnownPost post, Optional<Question> question, Optional<String> report) {
        open.remove(post.id());
        question.ifPresent(q -> open.put(post.id(), new Open(post, q, report)));
    }

    @Override
    public synchronized void add(String id, String commitment, PostVerdict verdict, Optional<Question> question) {
        versions.replaceAll(p -> p.id().equals(id) && p.commitment().equals(commitment) && !erased.contains(p)
                ? p.with(p.ratings().with(verdict))
                : p);
        find(id).filter(p -> p.commitment().equals(commitment)).ifPresent(p -> ask(p, question, Optional.empty()));
    }

    @Override
    public synchronized boolean report(String id, String words) {
        var post = find(id);
        post.ifPresent(p -> ask(p, Optional.of(Question.REPORTED), Optional.of(words)));
        return post.isPresent();
    }

    @Override
    public synchronized List<Open> open(int most) {
        return open.values().stream()
                .sorted(Comparator.comparing(Open::question)
                        .thenComparing(Comparator.comparingInt((Open o) -> versions.lastIndexOf(o.post()))
                                .reversed()))
                .limit(most)
                .toList();
    }

    @Override
    public synchronized long openCount() {
        return open.size();
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
            open.remove(id);
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
        open.values().removeIf(o -> !versions.contains(o.post()));
        return size - kept.size();
    }

    @Override
    public void close() {}
}
