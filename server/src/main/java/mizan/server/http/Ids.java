package mizan.server.http;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import mizan.core.identity.SortableId;

/// New ids, from a clock and a source of randomness that are given. Safe for many threads.
public final class Ids {
    private final InstantSource time;
    private final RandomGenerator random;

    public Ids(InstantSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    public synchronized String next(String prefix) {
        return SortableId.of(prefix, time.millis(), random.nextLong(), random.nextLong());
    }
}
