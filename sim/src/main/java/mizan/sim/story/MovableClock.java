package mizan.sim.story;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that the story turns, until it is let go and follows the machine's.
public final class MovableClock implements InstantSource {
    private final AtomicReference<Instant> at;
    private volatile boolean live;

    public MovableClock(Instant start) {
        at = new AtomicReference<>(start);
    }

    public void set(Instant instant) {
        at.set(instant);
    }

    /// From here on the time of the machine.
    public void letGo() {
        live = true;
    }

    @Override
    public Instant instant() {
        return live ? Instant.now() : at.get();
    }
}
