package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {
    private Instant clock = Instant.parse("2026-03-02T09:00:00Z");
    private final SteadyTime time = new SteadyTime(() -> clock);

    @Test
    void givenAClockThatJumps_whenItIsRead_thenItIsNeverEarlierThanItWasAndRightWhenTheClockIsNotBehind() {
        var random = new SplittableRandom(20261125);
        var latest = time.instant();
        for (int i = 0; i < 10_000; i++) {
            clock = clock.plusMillis(random.nextLong(-3_600_000, 3_700_000));
            latest = clock.isAfter(latest) ? clock : latest;
            assertEquals(latest, time.instant(), "step " + i);
            assertEquals(Duration.between(clock, latest), time.behind(), "step " + i);
            assertFalse(time.behind().isNegative(), "step " + i);
        }
    }
}
