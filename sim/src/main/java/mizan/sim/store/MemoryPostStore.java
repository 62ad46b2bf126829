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

    private final Map<Waiting, Due> awaited = new LinkedHashMap<>();

    private record Waiting(String rater, String id) {}

    private record Due(String commitment, Instant at, int tries) {}

    @Override
    public synchronized void append(List<KnownPost> posts) {
        for (var post : posts) {
            versions.add(post);
            awaited.keySet().removeIf(w -> w.id().equals(post.id()));
            post.ratings()
                    .awaited()
                    .forEach(rater ->
                            awaited.put(new Waiting(rater, post.id()), new Due(post.commitment(), post.takenAt(), 0)));
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
        waiting(verdict.rater(), id, commitment).ifPresent(awaited::remove);
        find(id).filter(p -> p.commitment().equals(commitment)).ifPresent(p -> ask(p, question, Optional.empty()));
    }

    private Optional<Waiting> waiting(String rater, String id, String commitment) {
        var key = new Waiting(rater, id);
        return Optional.ofNullable(awaited.get(key))
                .filter(due -> due.commitment().equals(commitment))
                .map(_ -> key);
    }

    @Override
    public synchronized List<Awaited> awaiting(String rater, Instant now, int most) {
        return awaited.entrySet().stream()
                .filter(e ->
                        e.getKey().rater().equals(rater) && !e.getValue().at().isAfter(now))
                .sorted(Comparator.comparing(e -> e.getValue().at()))
                .flatMap(e -> find(e.getKey().id())
                        .map(post -> new Awaited(post, e.getValue().tries()))
                        .stream())
                .limit(most)
                .toList();
    }

    @Override
    public synchronized long awaitedCount(String rater) {
        return awaited.keySet().stream().filter(w -> w.rater().equals(rater)).count();
    }

    @Override
    public synchronized void postpone(String rater, String id, String commitment, Instant until) {
        waiting(rater, id, commitment)
                .ifPresent(key ->
                        awaited.computeIfPresent(key, (_, due) -> new Due(commitment, until, due.tries() + 1)));
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
            awaited.keySet().removeIf(w -> w.id().equals(id));
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
        awaited.keySet().removeIf(w -> versions.stream().noneMatch(p -> p.id().equals(w.id())));
        return size - kept.size();
    }

    @Override
    public void close() {}
}
