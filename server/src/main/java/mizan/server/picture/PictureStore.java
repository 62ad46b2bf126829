package mizan.server.picture;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where pictures are kept.
public interface PictureStore extends AutoCloseable {
    List<StoredPicture> all();

    /// Durable when it returns.
    void put(StoredPicture picture, byte[] bytes);

    Optional<byte[]> bytes(String name);

    /// Notes when pictures were last named by a creative.
    void needed(Collection<String> names, Instant at);

    /// Those that nobody has needed since.
    List<String> neededLastBefore(Instant at);

    void remove(String name);

    @Override
    void close();

    /// In memory alone.
    static PictureStore none() {
        return new PictureStore() {
            private final Map<String, StoredPicture> pictures = new HashMap<>();
            private final Map<String, byte[]> contents = new HashMap<>();
            private final Map<String, Instant> needed = new HashMap<>();

            @Override
            public synchronized List<StoredPicture> all() {
                return List.copyOf(pictures.values());
            }

            @Override
            public synchronized void put(StoredPicture picture, byte[] bytes) {
                pictures.put(picture.name(), picture);
                contents.put(picture.name(), bytes);
                needed.put(picture.name(), picture.addedAt());
            }

            @Override
            public synchronized Optional<byte[]> bytes(String name) {
                return Optional.ofNullable(contents.get(name));
            }

            @Override
            public synchronized void needed(Collection<String> names, Instant at) {
                names.forEach(name -> needed.replace(name, at));
            }

            @Override
            public synchronized List<String> neededLastBefore(Instant at) {
                return needed.entrySet().stream()
                        .filter(e -> e.getValue().isBefore(at))
                        .map(Map.Entry::getKey)
                        .toList();
            }

            @Override
            public synchronized void remove(String name) {
                pictures.remove(name);
                contents.remove(name);
                needed.remove(name);
            }

            @Override
            public void close() {}
        };
    }
}
