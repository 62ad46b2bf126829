package mizan.server.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final InstantSource STILL = InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z"));

    @Test
    void givenMoreKeysThanAreRemembered_whenANewOneComes_thenTheOneThatAskedLongestAgoIsForgottenAlone() {
        var limit = RateLimit.ofNewest(STILL, 1, 1, 2);
        assertFalse(limit.take("a").refused());
        assertFalse(limit.take("b").refused());
        assertTrue(limit.take("a").refused(), "b asked longest ago now");
        assertFalse(limit.take("c").refused());
        assertTrue(limit.take("a").refused());
        assertTrue(limit.take("c").refused());
        assertFalse(limit.take("b").refused(), "it begins anew");
    }
}
