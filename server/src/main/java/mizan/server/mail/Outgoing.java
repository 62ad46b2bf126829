package mizan.server.mail;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import mizan.server.people.PeopleStore;

/// Letters go out once each, and again later while nobody takes them.
public final class Outgoing {
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(6));

    private final Post post;
    private final PeopleStore store;
    private final InstantSource time;

    /// Letters that nobody took yet. With a restart they are tried at once.
    private final Map<String, Failed> failed = new HashMap<>();

    private record Failed(int tries, Instant nextAt) {}

    Outgoing(Post post, PeopleStore store, InstantSource time) {
        this.post = post;
        this.store = store;
        this.time = time;
    }

    boolean wasSent(String key) {
        return store.wasWritten(key);
    }

    /// Sends a letter unless it was sent, or was refused a short time ago.
    ///
    /// @param key of what it says and to whom
    /// @return whether it was taken now
    public boolean send(String key, Supplier<Letter> letter) {
        var now = time.instant();
        var before = failed.getOrDefault(key, new Failed(0, Instant.EPOCH));
        if (now.isBefore(before.nextAt()) || wasSent(key)) {
            return false;
        }
        try {
            post.send(letter.get());
            store.written(key, now);
            failed.remove(key);
            return true;
        } catch (Post.Undelivered undelivered) {
            var pause = PAUSES.get(Math.min(before.tries(), PAUSES.size() - 1));
            failed.put(key, new Failed(before.tries() + 1, now.plus(pause)));
            System.getLogger("mizan").log(System.Logger.Level.WARNING, undelivered.getMessage());
            return false;
        }
    }

    /// Nobody waits for this one any more.
    void giveUp(String key) {
        failed.remove(key);
    }
}
