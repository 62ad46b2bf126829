package mizan.server.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that never goes back: while the machine's is behind what it has been, time stands still.
///
/// Money that was held for an ad is given to others once its token has expired. Were it earlier again
/// afterwards, that token would be good again and could take money that another ad now holds. Safe from any
/// thread.
final class SteadyTime implements InstantSource {
    private final InstantSource clock;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);

    SteadyTime(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        var now = clock.instant();
        var before = latest.get();
        while (now.isAfter(before)) {
            if (latest.compareAndSet(before, now)) {
                return now;
            }
            before = latest.get();
        }
        return before;
    }

    /// How far the machine's clock is behind what it has been.
    Duration behind() {
        return Duration.between(clock.instant(), instant());
    }
}
