package mizan.server.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Requests of one kind, as many as can be answered in time; another one is refused at once, so whoever asked hears
/// it while it is still of use, and refusing costs little of what the others need.
final class Lane {
    private final int most;
    private final Place place;
    private final Runnable refused;
    private final AtomicInteger inside = new AtomicInteger();

    /// Where work is done.
    @FunctionalInterface
    interface Place {
        /// Answers when the work is done.
        <T> T done(Supplier<T> work);
    }

    /// @param most requests that wait or are worked on
    /// @param refused hears of each request that finds no place
    Lane(int most, Place place, Runnable refused) {
        this.most = most;
        this.place = place;
        this.refused = refused;
    }

    /// Does the work when its turn comes.
    ///
    /// @throws Refused when the lane is full
    <T> T work(Supplier<T> work) {
        if (inside.incrementAndGet() > most) {
            inside.decrementAndGet();
            refused.run();
            throw overloaded();
        }
        try {
            return place.done(work);
        } finally {
            inside.decrementAndGet();
        }
    }

    static Refused overloaded() {
        return Problem.of(ProblemCode.OVERLOADED).with("retry-after", "1").refused();
    }
}
