package mizan.server.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FairShareTest {
    @Test
    void givenAnyNumberOfGreedyTenants_whenEachTakesAllItCan_thenTheNextStillFindsRoom() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new SplittableRandom(seed);
            long most = random.nextLong(20, 5_000);
            var held = new long[random.nextInt(1, 6)];
            for (int tries = 0; tries < 20_000; tries++) {
                int one = random.nextInt(held.length);
                if (FairShare.hasRoom(
                        Optional.of("t"), most, LongStream.of(held).sum(), held[one])) {
                    held[one]++;
                }
            }
            long all = LongStream.of(held).sum();
            assertTrue(all < most, "seed " + seed + ": nothing is left of " + most);
            assertTrue(FairShare.hasRoom(Optional.of("next"), most, all, 0), "seed " + seed);
        }
    }

    @Test
    void givenThePlatform_whenItNeedsRoom_thenItHasAllOfItAndNoMore() {
        assertTrue(FairShare.hasRoom(Optional.empty(), 10, 9, 9));
        assertFalse(FairShare.hasRoom(Optional.empty(), 10, 10, 10));
    }
}
