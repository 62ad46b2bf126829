package mizan.core.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who depends on what: for each owner the things that refer to it.
final class Links<O, T> {
    private final Map<O, List<T>> byOwner = new HashMap<>();

    void add(O owner, T thing) {
        byOwner.computeIfAbsent(owner, _ -> new ArrayList<>(1)).add(thing);
    }

    void remove(O owner, T thing) {
        byOwner.getOrDefault(owner, List.of()).remove(thing);
    }

    List<T> of(O owner) {
        return byOwner.getOrDefault(owner, List.of());
    }
}
