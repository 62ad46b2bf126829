package mizan.server.http;

import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import mizan.core.identity.SortableId;

/// New ids, from a clock and a source of randomness that are given. Safe for many threads.
///
/// Ids have to be different, not secret: nothing is granted to whoever knows one. So the given source only
/// begins a fast sequence; a cryptographic one costs a microsecond for each number, thirteen a decision.
public final class Ids {
    private final InstantSource time;
    private final SplittableRandom random;

    public Ids(InstantSource time, RandomGenerator random) {
        this.time = time;
        this.random = new SplittableRandom(random.nextLong());
    }

    public synchronized String next(String prefix) {
        return SortableId.of(prefix, time.millis(), random.nextLong(), random.nextLong());
    }
}
