package mizan.sim.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is disputed, answered and found: no showing is credited twice or above its price, and the ledger adds
/// up. More histories with `-Dmizan.disputes=N`.
class DisputesTest {
    private static final int SEEDS = Integer.getInteger("mizan.disputes", 12);
    private static final int STEPS = 60;

    @Test
    void givenDisputesAnswersAndLateFindingsInAnyOrder_whenMoneyGoesBack_thenEachShowingAtMostOnceAndItsPrice(
            @TempDir Path folder) {
        long credits = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            try (var world = new DisputedWorld(folder.resolve(Long.toString(seed)), seed)) {
                for (int step = 0; step < STEPS; step++) {
                    world.step();
                    assertEquals("", world.wrong(), "seed " + seed + ", step " + step);
                }
                credits += world.credits();
            }
        }
        // Or the histories say nothing.
        assertTrue(credits > SEEDS, credits + " credits");
    }
}
